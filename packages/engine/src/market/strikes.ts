import type { TradingDate } from '../primitives/time.js';
import type { Fact } from './rules/fact.js';
import { INDEX_STEPS, STOCK_STEP_CHANGES, STOCK_STEPS, STOCK_STEPS_FROM, STOCK_STEPS_SEEN_TO } from './rules/strike-steps.js';

/** Distance of neighbouring strikes of an index near the money on a date. Before its first source it is the same and unverified. */
export function indexStrikeStep(name: string, on: TradingDate): Fact<number> | null {
  const row = INDEX_STEPS.find(({ underlying }) => underlying === name);
  if (row === undefined) return null;
  return { value: row.step, status: on < row.seenFrom ? 'unverified' : row.status, source: row.source };
}

/** Distance of neighbouring strikes of an NSE stock near the money; `null` before 2025-11-14. */
export function stockStrikeStep(name: string, on: TradingDate): Fact<number> | null {
  if (on < STOCK_STEPS_FROM) return null;
  const change = STOCK_STEP_CHANGES.find(({ symbols, from }) => on >= from && symbols.split(' ').includes(name));
  if (change !== undefined) return { value: change.step, status: change.status, source: change.source };
  const step = STEPS.get(name);
  return step === undefined
    ? null
    : { value: step, status: on > STOCK_STEPS_SEEN_TO ? 'unverified' : 'data', source: 'bhavcopy 2025-11-14' };
}

/** The strike nearest to a price on a grid of strikes; of two that are equally near the higher one. */
export const nearestStrike = (price: number, step: number): number => Number((Math.floor(price / step + 0.5) * step).toFixed(2));

/** Step by symbol, from lines of `step: symbols`; a line without a step goes on with the one before. */
const STEPS: ReadonlyMap<string, number> = (() => {
  const steps = new Map<string, number>();
  let step = 0;
  for (const line of STOCK_STEPS.trim().split('\n')) {
    const colon = line.indexOf(':');
    if (colon >= 0) step = Number(line.slice(0, colon));
    for (const symbol of line
      .slice(colon + 1)
      .trim()
      .split(' '))
      steps.set(symbol, step);
  }
  return steps;
})();
