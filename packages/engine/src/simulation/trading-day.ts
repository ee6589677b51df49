import { plainMarketOrdersBarred } from '../market/algo-rules.js';
import type { InstrumentKey } from '../market/instrument.js';
import { segmentOf } from '../market/segment-of.js';
import type { Session, SessionCalendar } from '../market/session.js';
import {
  atIst,
  DAY_MS,
  type EpochMs,
  istDay,
  MINUTE_MS,
  type MinuteOfDay,
  startOfIstDay,
  type TradingDate,
  tradingDate,
} from '../primitives/time.js';

/** Segments in which something is traded. */
export type TradedSegment = 'equity' | 'fno';

/** Something that the day's timetable brings to a segment: the broker closes intraday positions, or trading ends. */
export interface DayEvent {
  readonly at: EpochMs;
  readonly kind: 'squareOff' | 'close';
  readonly segment: TradedSegment;
}

/** So long before the close at the latest does a broker close intraday positions. */
const BEFORE_CLOSE_MS = 5 * MINUTE_MS;

const SEGMENTS: readonly TradedSegment[] = ['equity', 'fno'];

/** What is true of one day at the exchange: its date, its timetable, and the rules that its date brings. */
export class TradingDay {
  readonly #calendar: SessionCalendar;
  readonly #autoSquareOff: MinuteOfDay | null;
  /** By time; what comes first is last. */
  #events: DayEvent[] = [];
  #next: EpochMs = Infinity;
  #squareOffs: Readonly<Record<TradedSegment, EpochMs>> = { equity: Infinity, fno: Infinity };
  #timetableEnds: EpochMs = -Infinity;
  #starts: EpochMs = Infinity;
  #date: TradingDate = '';
  #marketBarred = false;

  constructor(calendar: SessionCalendar, autoSquareOff: MinuteOfDay | null) {
    this.#calendar = calendar;
    this.#autoSquareOff = autoSquareOff;
  }

  /** Sets the timetable of a date, with what comes after a time. */
  begin(date: TradingDate, after: EpochMs): void {
    this.#timetableEnds = atIst(date, 0) + DAY_MS;
    const events: DayEvent[] = [];
    const squareOffs = { equity: Infinity, fno: Infinity };
    for (const segment of SEGMENTS) {
      const session = this.#calendar.sessionsOn(date, segment).at(-1);
      if (session === undefined) continue;
      events.push({ at: session.close, kind: 'close', segment });
      if (this.#autoSquareOff === null) continue;
      squareOffs[segment] = squareOffAt(atIst(date, this.#autoSquareOff), session);
      events.push({ at: squareOffs[segment], kind: 'squareOff', segment });
    }
    this.#squareOffs = squareOffs;
    this.#events = events.filter(({ at }) => at > after).sort((one, other) => other.at - one.at);
    this.#next = this.#events.at(-1)?.at ?? Infinity;
  }

  /** When the timetable has its next entry; `Infinity` when the day is over. */
  get next(): EpochMs {
    return this.#next;
  }

  takeNext(): DayEvent | undefined {
    const event = this.#events.pop();
    this.#next = this.#events.at(-1)?.at ?? Infinity;
    return event;
  }

  dateAt(at: EpochMs): TradingDate {
    if (at < this.#starts || at >= this.#starts + DAY_MS) this.#lookAt(at);
    return this.#date;
  }

  /** Whether exchanges take no plain market order from an algorithm on this day. */
  marketBarredAt(at: EpochMs): boolean {
    this.dateAt(at);
    return this.#marketBarred;
  }

  /** When the broker closes, or closed, what is held for the day in an instrument; `Infinity`: not on the day of the timetable. */
  squareOffOf(instrument: InstrumentKey, at: EpochMs): EpochMs {
    return at < this.#timetableEnds ? this.#squareOffs[tradedSegment(instrument)] : Infinity;
  }

  #lookAt(at: EpochMs): void {
    this.#starts = startOfIstDay(istDay(at));
    this.#date = tradingDate(at);
    this.#marketBarred = plainMarketOrdersBarred(this.#date);
  }
}

/** The segment whose hours an instrument keeps; nobody trades an index. */
export const tradedSegment = (instrument: InstrumentKey): TradedSegment => (segmentOf(instrument) === 'equity' ? 'equity' : 'fno');

/** At the time that was asked for, if the last session has begun then; in any case a while before it ends. */
function squareOffAt(wanted: EpochMs, { open, close }: Session): EpochMs {
  const latest = close - BEFORE_CLOSE_MS;
  return wanted > open && wanted < latest ? wanted : latest;
}
