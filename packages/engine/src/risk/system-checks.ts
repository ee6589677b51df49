import type { OrderCheck } from './gate-context.js';
import type { Refusal } from './refusal.js';

/** What everything meets that the engine would send by itself while trading is halted. */
const TRADING_HALTED: Refusal = {
  code: 'system/halted',
  reason: 'TRADING IS HALTED: the engine sends nothing by itself.',
  limit: 'active',
  value: 'halted',
};

/** The trading switch: nothing by itself when halted, exits alone when so set. A person's command passes. */
export const switchAllows: OrderCheck = ({ purpose }, { tradingSwitch, byPerson }) => {
  if (tradingSwitch === 'active' || byPerson) return null;
  if (tradingSwitch === 'halted') return TRADING_HALTED;
  if (purpose !== 'entry') return null;
  return { code: 'system/exits-only', reason: 'The trading switch is on exits only: no entries.', limit: 'active', value: tradingSwitch };
};

/** Level 3, for every order. */
export const systemChecks: readonly OrderCheck[] = [switchAllows];
