import type { SavedReport } from './saved-form.js';

/** Columns of a chart, one value a day. */
export interface Curves {
  /** Seconds since 1970 of the dates' midnights, UTC; the first is the day before the first date if `fromStart`. */
  readonly times: readonly number[];
  /** Rupees. */
  readonly equity: readonly number[];
  /** The fall below the highest equity so far as a share of it, 0 or below. */
  readonly drawdown: readonly number[];
  /** Whether the first point is the capital before the first day. */
  readonly fromStart: boolean;
}

const DAY_SECONDS = 86_400;

/** Equity and drawdown at the end of each day, from the capital on where the report names it. */
export function curvesOf({ equity: days, capitalPaise }: Pick<SavedReport, 'equity' | 'capitalPaise'>): Curves {
  const times: number[] = [];
  const equity: number[] = [];
  const drawdown: number[] = [];
  let peak = -Infinity;
  const add = (time: number, paise: number): void => {
    peak = Math.max(peak, paise);
    times.push(time);
    equity.push(paise / 100);
    drawdown.push(peak > 0 ? (paise - peak) / peak : 0);
  };
  const first = days[0];
  const fromStart = first !== undefined && capitalPaise !== undefined;
  if (fromStart) add(midnight(first.date) - DAY_SECONDS, capitalPaise);
  for (const { date, equityPaise } of days) add(midnight(date), equityPaise);
  return { times, equity, drawdown, fromStart };
}

const midnight = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 1000;
