import type { Instrument } from '../market/instrument.js';
import type { Price } from '../primitives/price.js';
import { type Side, signOf } from './order-request.js';
import { protectedLimit } from './protected-limit.js';

/**
 * How far an entry's limit follows the market by default, as a share of the price at the decision. An option's price moves by several per cent in
 * seconds on a quiet day; a share or a future that does so is another market than the one that was decided on.
 */
const WITHIN = { option: 0.2, other: 0.02 } as const;

/**
 * The farthest limit to which an entry may follow the market: a share of the price at its decision away from it, and never nearer than the limit
 * with which it would have been sent at that price.
 *
 * @param decided the price at the decision.
 * @param within a share; `null`: 20 % for options, 2 % for everything else.
 */
export function chaseBound(
  decided: Price,
  {
    side,
    instrument,
    within,
  }: { readonly side: Side; readonly instrument: Pick<Instrument, 'kind' | 'tickSize'>; readonly within: number | null },
): Price {
  const share = within ?? (instrument.kind === 'option' ? WITHIN.option : WITHIN.other);
  const bound = decided * (1 + signOf(side) * share);
  const sent = protectedLimit(decided, { side, instrument, band: null });
  return side === 'buy' ? Math.max(bound, sent) : Math.min(bound, sent);
}
