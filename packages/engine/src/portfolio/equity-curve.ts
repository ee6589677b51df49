import type { Paise } from '../primitives/money.js';
import { type EpochMs, type TradingDate, tradingDate } from '../primitives/time.js';

/** Equity at the end of a trading day. */
export interface EquityPoint {
  readonly date: TradingDate;
  readonly equityPaise: Paise;
}

/** Equity of an account from day to day. */
export interface EquityCurve {
  /** Before the first day. */
  readonly startPaise: Paise;
  /** One for each trading day, oldest first, also where nothing was traded. */
  readonly days: readonly EquityPoint[];
}

/** A stretch of days that end below an earlier peak. */
export interface Drawdown {
  /** The last day that ended at the peak; `null`: the peak is the start. */
  readonly peakDate: TradingDate | null;
  readonly troughDate: TradingDate;
  /** The first day that ended at the peak again, or above; `null`: not yet. */
  readonly recoveryDate: TradingDate | null;
  readonly peakPaise: Paise;
  /** The largest fall from the peak, above 0. */
  readonly paise: Paise;
  /** The same as a share of the peak; 1 and more when everything is lost. */
  readonly share: number;
  /** Trading days that ended below the peak. */
  readonly days: number;
}

/** The last mark of each date in India; marks come oldest first. */
export function dailyEquity(marks: Iterable<{ readonly time: EpochMs; readonly equityPaise: Paise }>): readonly EquityPoint[] {
  const days: EquityPoint[] = [];
  for (const { time, equityPaise } of marks) {
    const date = tradingDate(time);
    if (days.at(-1)?.date === date) days.pop();
    days.push({ date, equityPaise });
  }
  return days;
}

/** All drawdowns at the ends of days, oldest first; the last one may still be open. */
export function drawdowns({ startPaise, days }: EquityCurve): readonly Drawdown[] {
  const found: Drawdown[] = [];
  let peakDate: TradingDate | null = null;
  let peakPaise = startPaise;
  let open: Drawdown | null = null;
  for (const { date, equityPaise } of days) {
    if (equityPaise < peakPaise) {
      open = deepened(open, { peakDate, peakPaise, date, paise: peakPaise - equityPaise });
      continue;
    }
    if (open !== null) found.push({ ...open, recoveryDate: date });
    open = null;
    peakDate = date;
    peakPaise = equityPaise;
  }
  if (open !== null) found.push(open);
  return found;
}

function deepened(
  open: Drawdown | null,
  { peakDate, peakPaise, date, paise }: Pick<Drawdown, 'peakDate' | 'peakPaise' | 'paise'> & { readonly date: TradingDate },
): Drawdown {
  const days = (open?.days ?? 0) + 1;
  if (open !== null && open.paise >= paise) return { ...open, days };
  const share = peakPaise > 0 ? paise / peakPaise : 1;
  return { peakDate, peakPaise, troughDate: date, recoveryDate: null, paise, share, days };
}

/**
 * Returns of the days: equity at a day's end by equity at the end of the day before, less 1.
 * `null` where equity was used up on some day but the last: what comes after has no return.
 */
export function dailyReturns({ startPaise, days }: EquityCurve): readonly number[] | null {
  const returns: number[] = [];
  let before = startPaise;
  for (const { equityPaise } of days) {
    if (before <= 0) return null;
    returns.push(equityPaise / before - 1);
    before = equityPaise;
  }
  return returns;
}
