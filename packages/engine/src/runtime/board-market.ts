import type { Instrument, InstrumentKey } from '../market/instrument.js';
import type { RuleBook } from '../market/rule-book.js';
import { segmentOf } from '../market/segment-of.js';
import type { SessionCalendar } from '../market/session.js';
import type { Side } from '../orders/order-request.js';
import type { Price } from '../primitives/price.js';
import { type EpochMs, tradingDate } from '../primitives/time.js';
import type { ExchangeMarket, MarketView } from '../simulation/exchange-market.js';
import type { SimulatedExchange } from '../simulation/simulated-exchange.js';
import type { Board } from './board.js';
import type { RunClock } from './run-clock.js';
import type { Slot } from './slot.js';
import { newWatcher, type Watcher } from './watcher.js';

type Writable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

/** Somebody at the exchange waits for a price of an instrument. */
interface Resting {
  readonly slot: Slot;
  /** One for each line of the slot: what falls is looked at on the first, what rises on the last. */
  readonly watchers: readonly Watcher[];
}

/** The market as the simulated exchange sees it: the run's own board of prices. */
export class BoardMarket implements ExchangeMarket {
  readonly calendar: SessionCalendar;
  /** The data has ended: what is still open is closed at the last price, whatever the hour. */
  alwaysOpen = false;
  readonly #clock: RunClock;
  readonly #board: Board;
  readonly #rules: RuleBook;
  readonly #resting = new Map<InstrumentKey, Resting>();
  readonly #view: Writable<MarketView>;
  #exchange: SimulatedExchange | null = null;

  constructor({ clock, board, rules }: { readonly clock: RunClock; readonly board: Board; readonly rules: RuleBook }) {
    this.calendar = rules.calendar;
    this.#clock = clock;
    this.#board = board;
    this.#rules = rules;
    this.#view = { instrument: NO_INSTRUMENT, open: false, price: Number.NaN, bid: Number.NaN, ask: Number.NaN, volume: Number.NaN };
  }

  /** The exchange that is woken when prices come to what rests there. */
  serve(exchange: SimulatedExchange): void {
    this.#exchange = exchange;
  }

  now(): EpochMs {
    return this.#clock.now;
  }

  view(key: InstrumentKey, side: Side, at: EpochMs): MarketView {
    const slot = this.#board.slot(key);
    slot.instrument ??= this.#rules.instrument(key, tradingDate(at));
    const view = this.#view;
    view.instrument = slot.instrument;
    view.open = this.alwaysOpen || this.calendar.sessionAt(at, segmentOf(key)) !== undefined;
    view.price = slot.price(at, slot.lineFor(side));
    view.bid = slot.bid;
    view.ask = slot.ask;
    view.volume = slot.volume;
    return view;
  }

  bandChanged(instrument: InstrumentKey): void {
    const band = this.#exchange?.band(instrument);
    if (band === undefined) return;
    const waits = band.everyPoint || band.low > -Infinity || band.high < Infinity;
    const known = this.#resting.get(instrument);
    if (!waits && known === undefined) return;
    const { slot, watchers } = known ?? this.#beginWaiting(instrument);
    const last = watchers.length - 1;
    const { now } = this.#clock;
    for (let line = 0; line <= last; line += 1) {
      const watcher = watchers[line] as Watcher;
      watcher.low = line === 0 ? band.low : -Infinity;
      watcher.high = line === last ? band.high : Infinity;
      // Once for each point, whichever line brings it.
      watcher.followAbove = band.everyPoint && line === 0 ? -Infinity : Infinity;
      if (waits) slot.attach(watcher, now);
      else slot.detach(watcher, now);
    }
    if (waits) return;
    this.#resting.delete(instrument);
    this.#board.release(slot);
  }

  #beginWaiting(instrument: InstrumentKey): Resting {
    const slot = this.#board.slot(instrument);
    const wake = (_: Price): void => this.#exchange?.priceMoved(instrument, this.#clock.now);
    const watchers = slot.lines.map((_, line) => ({ ...newWatcher(wake, wake), line }));
    const resting = { slot, watchers };
    this.#resting.set(instrument, resting);
    this.#board.use(slot, this.#clock.now);
    return resting;
  }
}

/** Before the first look. */
const NO_INSTRUMENT: Instrument = {
  kind: 'index',
  key: 'NSE_INDEX:NONE',
  exchange: 'NSE_INDEX',
  symbol: 'NONE',
  tickSize: 0.05,
  lotSize: 1,
  freezeQuantity: null,
};
