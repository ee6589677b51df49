import type { SessionCalendar } from '../market/session.js';
import { type DurationMs, type EpochMs, formatIst, SECOND_MS } from '../primitives/time.js';
import type { Finding } from '../risk/account-event.js';
import { nextOpen } from './next-open.js';

/** What a feed watch works with. */
export interface FeedWatchParts {
  readonly calendar: SessionCalendar;
  /** Before this it is history, which may have gaps. */
  readonly from: EpochMs;
  /** A feed that brings nothing for longer than this, within a session, is stale; `null`: nobody minds. */
  readonly staleAfterMs: DurationMs | null;
  /** By how much the clocks here and at the exchange may differ; `null`: nobody minds. */
  readonly skewMaxMs: DurationMs | null;
  readonly found: (finding: Finding) => void;
}

/** Clocks are held against each other over stretches of this length: one late message is no skew. */
const SKEW_WINDOW_MS = 10 * SECOND_MS;

/** Watches over the market data: a feed that has gone silent, and clocks that do not agree. */
export class FeedWatch {
  readonly #parts: FeedWatchParts;
  #lastPoint: EpochMs = -Infinity;
  #dueAt: EpochMs = Infinity;
  #windowEnds: EpochMs = -Infinity;
  #leastSkewMs = Infinity;

  constructor(parts: FeedWatchParts) {
    this.#parts = parts;
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
    if (receivedTime >= this.#windowEnds) {
      if (Number.isFinite(this.#leastSkewMs) && this.#leastSkewMs > skewMaxMs) {
        found({
          code: 'system/clock-skew',
          reason: `The clocks here and at the exchange differ by at least ${this.#leastSkewMs} ms, limit ${skewMaxMs} ms.`,
          limit: skewMaxMs,
          value: this.#leastSkewMs,
        });
      }
      this.#windowEnds = receivedTime + SKEW_WINDOW_MS;
      this.#leastSkewMs = Infinity;
    }
    // What is on the way takes time; the least difference is that of the clocks.
    this.#leastSkewMs = Math.min(this.#leastSkewMs, Math.abs(receivedTime - exchangeTime));
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
