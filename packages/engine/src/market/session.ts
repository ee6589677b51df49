import type { EpochMs, TradingDate } from '../primitives/time.js';

/** A stretch of continuous trading of one exchange segment on one date. A date can have two (some Saturdays). */
export interface Session {
  readonly date: TradingDate;
  readonly open: EpochMs;
  readonly close: EpochMs;
}

/** Segments whose hours differ. `index` is the hours in which an index is computed and trades in its derivatives are decided. */
export type Segment = 'equity' | 'fno' | 'index';

/** Which hours an exchange keeps. Every answer is for Indian dates. */
export interface SessionCalendar {
  /** Sessions of a date, in order; empty on a day without trading. */
  sessionsOn(date: TradingDate, segment: Segment): readonly Session[];
  /** The session that `time` lies in, open included, close not; `undefined` outside. */
  sessionAt(time: EpochMs, segment: Segment): Session | undefined;
  isTradingDay(date: TradingDate): boolean;
  /** The nearest trading day before (`-1`) or after (`1`) a date, the date itself not included. */
  nextTradingDay(date: TradingDate, step: 1 | -1): TradingDate;
  /** Trading days after `from` up to and including `to`; negative when `to` is earlier. */
  tradingDaysBetween(from: TradingDate, to: TradingDate): number;
}
