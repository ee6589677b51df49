import { type Paise, roundHalfEven } from '../primitives/money.js';
import type { Price } from '../primitives/price.js';
import type { ExitDistance, SetConfig, SizeRule } from './set-config.js';
import type { ChosenLeg } from './set-state.js';
import type { Signal } from './signal.js';

/** What the size of an entry is decided from. */
export interface SizingView {
  readonly leg: ChosenLeg;
  /** The set's stop, for rules that size by risk. */
  readonly stopLoss: ExitDistance | null;
  readonly availablePaise: Paise;
  /** Of the account, for rules that size by a share of it. */
  readonly capitalPaise: Paise;
  /** By how much the account wants sizes scaled; 1 as configured. */
  readonly sizeScale: number;
}

/** Whole lots, or why there are none. */
export type Size = { readonly lots: number } | { readonly code: string; readonly reason: string };

/** The smallest answer of several sizing rules, scaled as the account wants it, in whole lots. Under one lot there is no entry, and the reason says which rule and what it came to. */
export function sizeOf(rules: readonly SizeRule[], view: SizingView): Size {
  let smallest: { readonly lots: number; readonly words: string } | null = null;
  for (const rule of rules) {
    const size = lotsBy(rule, view);
    if ('code' in size) return size;
    if (smallest === null || size.lots < smallest.lots) smallest = size;
  }
  if (smallest === null) return { code: 'sizing/no-rule', reason: 'No size is configured for the leg.' };
  const lots = Math.floor(smallest.lots * view.sizeScale + EPSILON);
  if (lots >= 1) return { lots };
  if (smallest.lots >= 1) {
    return {
      code: 'sizing/scaled-under-one-lot',
      reason: `${smallest.words}, scaled by ${view.sizeScale.toFixed(2)} for recent results, is under one lot.`,
    };
  }
  return { code: 'sizing/under-one-lot', reason: `${smallest.words} is under one lot of ${view.leg.lotSize}.` };
}

/** Forgives what binary fractions take from a whole number of paise or lots. */
const EPSILON = 1e-6;

type Lots = { readonly lots: number; readonly words: string } | { readonly code: string; readonly reason: string };

function lotsBy(rule: SizeRule, view: SizingView): Lots {
  const { leg, availablePaise, capitalPaise } = view;
  const { costPerLotPaise, lotSize } = leg;
  switch (rule.kind) {
    case 'lots':
      return { lots: rule.lots, words: `${rule.lots} lots` };
    case 'units':
      return { lots: Math.floor(rule.quantity / lotSize), words: `A quantity of ${rule.quantity}` };
    case 'capital':
      return {
        lots: Math.floor(rule.capitalPaise / costPerLotPaise),
        words: `₹${rule.capitalPaise / 100} at ₹${costPerLotPaise / 100} a lot`,
      };
    case 'marginShare': {
      const share = Math.floor(availablePaise * rule.share + EPSILON);
      return {
        lots: Math.floor(share / costPerLotPaise),
        words: `₹${share / 100} of the available margin at ₹${costPerLotPaise / 100} a lot`,
      };
    }
    case 'risk':
      return lotsByRisk(rule.riskPaise, view);
    case 'riskShare':
      return lotsByRisk(roundHalfEven(rule.share * capitalPaise), view);
  }
}

function lotsByRisk(riskPaise: Paise, { leg: { price, lotSize }, stopLoss }: SizingView): Lots {
  const points = stopDistance(stopLoss, price);
  if (points === null || points === 0) {
    return { code: 'sizing/no-stop', reason: 'A size by risk needs a stop at a known distance: per cent, points or a price.' };
  }
  return {
    lots: Math.floor(riskPaise / (points * 100 * lotSize) + EPSILON),
    words: `₹${riskPaise / 100} at ${points} points of risk a unit`,
  };
}

/** Points from the price to the stop; `null` where there is no stop, or only one that depends on the size itself. */
export function stopDistance(stop: ExitDistance | null, price: Price): number | null {
  if (stop === null || stop.kind === 'money') return null;
  if (stop.kind === 'percent') return price * stop.share;
  return stop.kind === 'points' ? stop.points : Math.abs(price - stop.price);
}

/** The stop of an entry: the signal's own before that of the configuration. */
export const stopOfEntry = ({ exits }: Pick<SetConfig, 'exits'>, { stop }: Signal): ExitDistance | null =>
  stop === undefined ? exits.stopLoss : { kind: 'price', price: stop };
