import { normalSessions } from '../market/calendar.js';
import type { Exchange, InstrumentKey } from '../market/instrument.js';
import { segmentOf } from '../market/segment-of.js';
import type { Segment } from '../market/session.js';
import { atIst, dayOfDate, type EpochMs, type TradingDate } from '../primitives/time.js';

/** From when to when an instrument trades on an ordinary day. */
export interface TradingHours {
  readonly open: EpochMs;
  readonly close: EpochMs;
}

/** Trading began at 09:00 before the pre-open session was introduced on this day, and begins at 09:15 since. */
const PRE_OPEN_SINCE: TradingDate = '2010-10-18';

/**
 * The ordinary hours of a date on NSE and BSE, by which a recording is judged where no calendar is asked; `null` for exchanges with other hours.
 *
 * @param segment whose hours; the instrument's own if not given.
 */
export function ordinaryHours(date: TradingDate, instrument: InstrumentKey, segment: Segment = segmentOf(instrument)): TradingHours | null {
  const exchange = exchangeOf(instrument);
  const session = exchange === 'MCX' || exchange === 'CDS' ? undefined : normalSessions(dayOfDate(date), segment)[0];
  if (session === undefined) return null;
  return { open: date < PRE_OPEN_SINCE ? atIst(date, 540) : session.open, close: session.close };
}

const EXCHANGES: readonly Exchange[] = ['NSE', 'BSE', 'NFO', 'BFO', 'MCX', 'CDS', 'NSE_INDEX', 'BSE_INDEX'];

/** The exchange that a key names; `undefined` if it names none. */
export const exchangeOf = (key: InstrumentKey): Exchange | undefined =>
  EXCHANGES.find((exchange) => key.startsWith(`${exchange}:`) && key.length > exchange.length + 1);
