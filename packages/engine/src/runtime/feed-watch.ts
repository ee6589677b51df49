import type { SessionCalendar } from '../market/session.js';
import { type DurationMs, type EpochMs, formatIst, SECOND_MS } from '../primitives/time.js';
import type { Finding } from '../risk/account-event.js';
import { nextOpen } from './next-open.js';

/** What a feed watch works with. */
export interface FeedWatchParts {
  readonly calendar: SessionCalendar;
  /** Before this it is history, which may have gaps. */
  readonly from: EpochMs;
  /** Whether points come when they happen: then one that never comes is missed, too. */
  readonly isLive: boolean;
  /** A feed that brings nothing for longer than this, within a session, is stale; `null`: nobody minds. */
  readonly staleAfterMs: DurationMs | null;
  /** By how much the clocks here and at the exchange may differ; `null`: nobody minds. */
  readonly skewMaxMs: DurationMs | null;
  readonly found: (finding: Finding) => void;
}

/** Clocks differ that do so for this long on end: one late message is no skew. */
const SKEW_FOR_MS = 10 * SECOND_MS;

/** After a longer silence nobody can say that they have differed all the time. */
const SKEW_GAP_MS = 5 * SECOND_MS;

/** Watches over the market data: a feed that has gone silent, and clocks that do not agree. */
export class FeedWatch {
  readonly #parts: FeedWatchParts;
  #lastPoint: EpochMs = -Infinity;
  #dueAt: EpochMs = Infinity;
  /** Since when every tick has come with too large a difference; `Infinity`: the last one has not. */
  #skewedSince: EpochMs = Infinity;
  #lastStamp: EpochMs = -Infinity;
  #leastSkewMs = Infinity;

  constructor(parts: FeedWatchParts) {
    this.#parts = parts;
    const { isLive, staleAfterMs, from } = parts;
    if (isLive && staleAfterMs !== null && Number.isFinite(from)) this.#dueAt = from + staleAfterMs;
  }

  /** When silence becomes too long, or has become that once more; `Infinity` where nobody minds. */
  get nextTime(): EpochMs {
    return this.#dueAt;
  }

  /** A point of the market has come. */
  point(at: EpochMs): void {
    this.#lastPoint = at;
    const { staleAfterMs, from } = this.#parts;
    if (staleAfterMs !== null) this.#dueAt = Math.max(at, from) + staleAfterMs;
  }

  /** A tick with the exchange's own time has come. */
  stamped(exchangeTime: EpochMs, receivedTime: EpochMs): void {
    const { skewMaxMs, found, from } = this.#parts;
    if (skewMaxMs === null || receivedTime < from || Number.isNaN(exchangeTime)) return;
    const skewMs = Math.abs(receivedTime - exchangeTime);
    const goesOn = receivedTime - this.#lastStamp <= SKEW_GAP_MS;
    this.#lastStamp = receivedTime;
    if (skewMs <= skewMaxMs) {
      this.#skewedSince = Infinity;
      return;
    }
    if (!goesOn || this.#skewedSince === Infinity) {
      this.#skewedSince = receivedTime;
      this.#leastSkewMs = Infinity;
    }
    // What is on the way takes time; the least difference is that of the clocks.
    this.#leastSkewMs = Math.min(this.#leastSkewMs, skewMs);
    if (receivedTime - this.#skewedSince < SKEW_FOR_MS) return;
    // Whoever trades again in spite of it is told again.
    this.#skewedSince = Infinity;
    found({
      code: 'system/clock-skew',
      reason: `The clocks here and at the exchange differ by at least ${this.#leastSkewMs} ms, limit ${skewMaxMs} ms.`,
      limit: skewMaxMs,
      value: this.#leastSkewMs,
    });
  }

  /** The time has come at which silence may be too long. Outside of sessions it is nothing strange; the next session is waited for. */
  look(now: EpochMs): void {
    const { calendar, staleAfterMs, found, from } = this.#parts;
    this.#dueAt = Infinity;
    if (staleAfterMs === null) return;
    const session = calendar.sessionAt(now, 'index');
    if (session === undefined) {
      this.#dueAt = nextOpen(calendar, 'index', now) + staleAfterMs;
      return;
    }
    // The night before a session is no silence.
    const since = Math.max(this.#lastPoint, session.open, from);
    const silentMs = now - since;
    if (silentMs < staleAfterMs) {
      this.#dueAt = since + staleAfterMs;
      return;
    }
    // Whoever trades again in spite of it is told again.
    this.#dueAt = now + staleAfterMs;
    found({
      code: 'system/feed-stale',
      reason: `No price has come since ${formatIst(since)}: ${silentMs / 1000} seconds, limit ${staleAfterMs / 1000}.`,
      limit: staleAfterMs,
      value: silentMs,
    });
  }
}
