import type { CandleColumns } from '../market/candle.js';
import type { InstrumentKey } from '../market/instrument.js';
import type { RuleBook } from '../market/rule-book.js';
import type { Tick, TickColumns } from '../market/tick.js';
import type { DayBlock } from '../plugins/feed.js';
import type { Price } from '../primitives/price.js';
import type { EpochMs } from '../primitives/time.js';
import type { Board } from './board.js';
import type { PointSink } from './feed-cursor.js';
import type { Slot } from './slot.js';

/** What a host's intake passes the market on to. */
export interface HostIntakeParts {
  readonly board: Board;
  readonly rules: RuleBook;
  /** Told of every point of the market when it is there, one at a time. */
  readonly onTick: (tick: Tick) => void;
}

/** Takes in the points of the feeds for an exchange: prices go to its board, and out to whoever watches the market. */
export class HostIntake implements PointSink {
  readonly #parts: HostIntakeParts;

  constructor(parts: HostIntakeParts) {
    this.#parts = parts;
  }

  slot(key: InstrumentKey): Slot {
    return this.#parts.board.slot(key);
  }

  dayOpened({ sessions, instruments }: DayBlock): void {
    const { rules } = this.#parts;
    if (sessions !== null) rules.addSessions(sessions);
    if (instruments.length > 0) rules.addInstruments(instruments);
  }

  ticked(slot: Slot, at: EpochMs, columns: TickColumns, row: number): void {
    slot.volume = columns.volume[row] as number;
    slot.openInterest = columns.openInterest[row] as number;
    slot.bid = columns.bid[row] as number;
    slot.ask = columns.ask[row] as number;
    slot.recordedAt = at;
    slot.jump(at, columns.price[row] as number);
    this.#parts.onTick({
      instrument: slot.key,
      exchangeTime: at,
      receivedTime: at,
      price: columns.price[row] as number,
      volume: numberOrNull(slot.volume),
      openInterest: numberOrNull(slot.openInterest),
      bid: numberOrNull(slot.bid),
      ask: numberOrNull(slot.ask),
    });
  }

  /** Somebody may want to deal at any point. */
  passes(): boolean {
    return false;
  }

  candleOpened(slot: Slot, at: EpochMs, price: Price): void {
    slot.recordedAt = at;
    slot.jump(at, price);
    this.#told(slot, at, price);
  }

  arrived(slot: Slot, at: EpochMs): void {
    slot.arrived(at);
    this.#told(slot, at, slot.price(at));
  }

  candleDone(slot: Slot, at: EpochMs, columns: CandleColumns, row: number): void {
    slot.recordedAt = at;
    slot.candleEnded(at, columns.high[row] as number, columns.low[row] as number);
  }

  #told({ key: instrument, volume }: Slot, at: EpochMs, price: Price): void {
    this.#parts.onTick({
      instrument,
      exchangeTime: at,
      receivedTime: at,
      price,
      volume: numberOrNull(volume),
      openInterest: null,
      bid: null,
      ask: null,
    });
  }
}

const numberOrNull = (value: number): number | null => (Number.isNaN(value) ? null : value);
