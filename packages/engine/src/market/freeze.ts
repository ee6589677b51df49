import type { TradingDate } from '../primitives/time.js';
import type { Fact } from './rules/fact.js';
import { NSE_FREEZE, NSE_FREEZE_SEEN_TO, OTHER_FREEZE } from './rules/freeze-quantities.js';

/** The largest quantity of one order for an index's contracts on a date, in units; `null` where none is known. */
export function freezeQuantity(name: string, on: TradingDate): Fact<number> | null {
  let found: Fact<number> | null = null;
  for (const { from, quantities, status, source } of [...NSE_FREEZE, ...OTHER_FREEZE]) {
    const quantity = quantities[name];
    if (from > on || quantity === undefined || quantity === null) continue;
    found = { value: quantity, status, source };
  }
  const monthly = NSE_FREEZE[0]?.quantities[name] !== undefined;
  return found !== null && monthly && on > NSE_FREEZE_SEEN_TO ? { ...found, status: 'unverified' } : found;
}

/** The largest whole number of lots that one order can have, in units: 1755 for a freeze quantity of 1800 and a lot of 65; `null` without a limit. */
export const orderQuantityMax = ({
  freezeQuantity: freeze,
  lotSize,
}: {
  readonly freezeQuantity: number | null;
  readonly lotSize: number;
}): number | null => (freeze === null ? null : Math.floor(freeze / lotSize) * lotSize);
