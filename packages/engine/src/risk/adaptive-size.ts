import { roundTripFigures } from '../portfolio/statistics.js';
import type { Paise } from '../primitives/money.js';
import type { AdaptiveLimits } from './account-limits.js';

/** Recent results, as far as sizes follow them. */
export interface RecentResults {
  /** Net of the last round trips, oldest first. */
  readonly netPaise: readonly Paise[];
  /** How far equity lies below its peak, as a share of the peak. */
  readonly drawdown: number;
  /** The fall from the peak at which nothing is entered any more, as a share; `null`: 15 %, the usual one. */
  readonly maxDrawdown: number | null;
}

/** What results are held against: half of the round trips won, and one and a half times as much won as lost. */
const USUAL = { winRate: 0.5, profitFactor: 1.5, profitFactorMax: 3, maxDrawdown: 0.15 } as const;

/**
 * What sizes of entries are multiplied with: the mean of win rate ÷ 50 % and profit factor ÷ 1.5, the latter counted up to 3, times what is left
 * of the way to the largest drawdown allowed; kept within the limits. 1 until there are as many round trips as are looked back over.
 *
 * The formula is ours; its parts are those of the specification of risk. Usual results at the peak give 1.
 */
export function adaptiveScale({ netPaise, drawdown, maxDrawdown }: RecentResults, { roundTrips, min, max }: AdaptiveLimits): number {
  if (netPaise.length < roundTrips) return 1;
  const figures = roundTripFigures(netPaise.slice(-roundTrips).map((net) => ({ grossPaise: net, chargesPaise: 0, netPaise: net })));
  const winRate = (figures.winRate ?? 0) / USUAL.winRate;
  // Nothing lost at all is as good as it gets.
  const profitFactor = Math.min(figures.profitFactor ?? USUAL.profitFactorMax, USUAL.profitFactorMax) / USUAL.profitFactor;
  const farthest = maxDrawdown ?? USUAL.maxDrawdown;
  const room = drawdown >= farthest ? 0 : 1 - drawdown / farthest;
  return Math.min(max, Math.max(min, ((winRate + profitFactor) / 2) * room));
}
