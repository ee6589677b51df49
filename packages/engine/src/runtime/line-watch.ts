import type { DurationMs, EpochMs } from '../primitives/time.js';
import type { Finding } from '../risk/account-event.js';

/** What a line watch works with. */
export interface LineWatchParts {
  /** A line that is lost for longer trips a breaker; `null`: nobody minds. */
  readonly lostForMs: DurationMs | null;
  readonly changed: (line: 'up' | 'down', at: EpochMs) => void;
  readonly found: (finding: Finding) => void;
}

/** Watches over an account's line to its broker. */
export class LineWatch {
  readonly #parts: LineWatchParts;
  #downSince: EpochMs | null = null;
  #dueAt: EpochMs = Infinity;

  constructor(parts: LineWatchParts) {
    this.#parts = parts;
  }

  /** When a lost line has been lost for too long. */
  get nextTime(): EpochMs {
    return this.#dueAt;
  }

  get isDown(): boolean {
    return this.#downSince !== null;
  }

  changed(line: 'up' | 'down', at: EpochMs): void {
    const { lostForMs, changed } = this.#parts;
    if ((line === 'down') === (this.#downSince !== null)) return;
    this.#downSince = line === 'down' ? at : null;
    this.#dueAt = line === 'down' && lostForMs !== null ? at + lostForMs : Infinity;
    changed(line, at);
  }

  /** The line is still lost. */
  look(now: EpochMs): void {
    const { lostForMs, found } = this.#parts;
    this.#dueAt = Infinity;
    if (this.#downSince === null || lostForMs === null) return;
    const lostMs = now - this.#downSince;
    found({
      code: 'account/broker-lost',
      reason: `The line to the broker is lost for ${lostMs / 1000} seconds, limit ${lostForMs / 1000}.`,
      limit: lostForMs,
      value: lostMs,
    });
  }
}
