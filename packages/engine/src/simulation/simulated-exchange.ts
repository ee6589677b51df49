import type { FaultKind } from '../config/run-config.js';
import type { InstrumentKey } from '../market/instrument.js';
import type { PriceBand } from '../orders/protected-limit.js';
import type { Venue } from '../plugins/broker.js';
import { assert } from '../primitives/assert.js';
import type { AccountId } from '../primitives/ids.js';
import type { Paise } from '../primitives/money.js';
import { seededRandom } from '../primitives/seeded-random.js';
import { addDays, type EpochMs, type TradingDate } from '../primitives/time.js';
import { type AccountFunds, AccountLine } from './account-line.js';
import { Agenda } from './agenda.js';
import { type SquareOffParts, squareOff } from './auto-square-off.js';
import { intradayRefusal } from './broker-checks.js';
import { type AccountOfExchange, ExchangeAccount, type HeldBefore } from './exchange-account.js';
import { exchangeRefusal } from './exchange-checks.js';
import { type ExchangeListeners, ListenerRelay } from './exchange-listeners.js';
import type { ExchangeMarket } from './exchange-market.js';
import type { ExchangeModel } from './exchange-model.js';
import { type ExchangeOrder, rests, tell, waitsForTrigger } from './exchange-order.js';
import type { ExchangeParts } from './exchange-parts.js';
import { FaultDesk, type FaultTarget } from './fault-desk.js';
import { Ids } from './ids.js';
import { latencies } from './latency.js';
import { Matching } from './matching.js';
import { OrderChanges } from './order-changes.js';
import { OrderMargin } from './order-margin.js';
import { PriceBands } from './price-bands.js';
import type { Refused } from './refused.js';
import { type LaneRequest, RequestLane } from './request-lane.js';
import type { RestingBand } from './resting-book.js';
import { type SettlementParts, settle } from './settlement.js';
import { type DayEvent, TradingDay, tradedSegment } from './trading-day.js';

/** An account's line to its broker and through it to the exchange. */
export interface ExchangeLine extends Venue {
  funds(): AccountFunds;
}

/** An account with its line. */
interface Opened {
  readonly line: ExchangeLine;
  readonly account: ExchangeAccount;
}

/**
 * An exchange in memory, with the brokers of its accounts. A request arrives a latency after it was sent, in the market that prevails then: not in
 * the one that it was decided on, and not in one that only came later. Limit and stop orders rest until the market comes to them. The day brings the
 * broker's square-off, the close, and the settlement of what expires.
 *
 * It waits for nobody: whoever runs it lets time come ({@link happen}) and prices move ({@link priceMoved}).
 */
export class SimulatedExchange {
  readonly #market: ExchangeMarket;
  readonly #lines = new Map<AccountId, Opened & { readonly relay: ListenerRelay }>();
  readonly #lane = new RequestLane();
  readonly #agenda = new Agenda();
  readonly #ids = new Ids();
  readonly #day: TradingDay;
  readonly #bands: PriceBands;
  readonly #matching: Matching;
  readonly #changes: OrderChanges;
  readonly #parts: ExchangeParts;
  readonly #dayParts: SettlementParts & SquareOffParts;
  readonly #faults: FaultDesk | null;
  readonly #notes = new Set<string>();
  #date: TradingDate | null = null;
  #dayBegan: EpochMs = -Infinity;

  constructor(model: ExchangeModel, market: ExchangeMarket) {
    this.#market = market;
    this.#day = new TradingDay(market.calendar, model.autoSquareOff);
    this.#bands = new PriceBands(model.priceBand);
    this.#matching = new Matching(market, model, this.#ids);
    const margin = new OrderMargin(market, this.#day, model.margin);
    this.#changes = new OrderChanges(market, this.#matching, margin);
    this.#parts = {
      market,
      lane: this.#lane,
      day: this.#day,
      bands: this.#bands,
      margin,
      ids: this.#ids,
      latency: latencies(model.latency, seededRandom(model.seed)),
    };
    const { slippage } = model;
    this.#dayParts = { market, ids: this.#ids, changes: this.#changes, slippage, note: (text) => void this.#notes.add(text) };
    const isFaulty = model.faults.length > 0 || model.faultObserver !== undefined;
    this.#faults = isFaulty ? new FaultDesk(model, { ...this.#parts, agenda: this.#agenda, changes: this.#changes, slippage }) : null;
  }

  /**
   * Opens a line for an account. What happens on it is told to the listeners, in the order in which it happens unless a fault will have it
   * otherwise. An account that comes back finds everything as it is by now; what happens from then on is told to the new listeners.
   */
  connect(account: AccountOfExchange, listeners: ExchangeListeners): ExchangeLine {
    const known = this.#lines.get(account.id);
    if (known !== undefined) {
      known.relay.to = listeners;
      if (this.#faults?.isDown(account.id) === true) listeners.onLine('down', this.#market.now());
      return known.line;
    }
    const relay = new ListenerRelay(listeners);
    const opened: Opened = this.#faults === null ? this.#open(account, relay) : this.#faults.connect(account, relay);
    this.#lines.set(account.id, { line: opened.line, account: opened.account, relay });
    return opened.line;
  }

  /**
   * Takes over what an account held when an engine and its exchange stopped together: a journal remembers it. Orders that rested are gone.
   *
   * @param realisedPaise what the account had earned.
   */
  takeOver(id: AccountId, held: readonly HeldBefore[], realisedPaise: Paise): void {
    const account = this.#lines.get(id)?.account;
    assert(account !== undefined, 'An account is connected before it takes something over.');
    account.earnedBefore(realisedPaise);
    for (const one of held) {
      const { instrument } = this.#market.view(one.instrument, 'buy', this.#market.now());
      account.takeOver(account.holding(instrument), one);
    }
  }

  /** When something happens here by itself: a request arrives, news is delivered, the day's timetable or a fault has its time. `Infinity`: nothing does. */
  get nextTime(): EpochMs {
    let { next } = this.#lane;
    if (this.#agenda.next < next) next = this.#agenda.next;
    return Math.min(next, this.#day.next);
  }

  /** Lets everything happen that is due, in the order of its time. */
  happen(now: EpochMs): void {
    for (;;) {
      const at = this.nextTime;
      if (at > now) return;
      if (this.#lane.next <= at) this.#arrive(this.#lane.take());
      else if (this.#agenda.next <= at) this.#agenda.actNext();
      else this.#timetable(this.#day.takeNext());
    }
  }

  /** A date begins: its timetable is set, yesterday's book is closed, and what expired without a close is settled. The same date again sets its timetable anew. */
  beginDay(date: TradingDate): void {
    const at = this.#market.now();
    const isNew = date !== this.#date;
    this.#day.begin(date, isNew ? -Infinity : at);
    if (!isNew) return;
    this.#date = date;
    this.#dayBegan = at;
    this.#bands.newDay();
    for (const { account } of this.#lines.values()) {
      if (account.isIdle) continue;
      this.#expire(account, () => true, at);
      settle(account, { date: addDays(date, -1), at, isLate: true }, this.#dayParts);
      account.newDay();
    }
    this.#faults?.beginDay(date);
  }

  /** Prices at which something that rests in an instrument is due. Whoever runs the exchange has to tell when the market has come to them. */
  band(instrument: InstrumentKey): RestingBand {
    return this.#matching.band(instrument);
  }

  /** The market in an instrument has come to a point at or beyond its band, or to any point if the band asks for all of them. */
  priceMoved(instrument: InstrumentKey, at: EpochMs): void {
    this.#matching.priceMoved(instrument, at);
  }

  /** Between which prices orders are taken today; `null`: any, or not known yet. */
  bandOf(instrument: InstrumentKey): PriceBand | null {
    if (this.#bands.areOff) return null;
    const view = this.#market.view(instrument, 'buy', this.#market.now());
    return this.#bands.of(view.instrument, view.price);
  }

  /** What the figures of the run cannot say, each once. */
  notes(): readonly string[] {
    return [...this.#notes];
  }

  /**
   * Lets one fault happen: those by hand and a lost line at once, the others at the next opportunity: the next request, news or question of the
   * account, or of the order.
   *
   * @returns whether there was something that it could be applied to. It needs a model with faults, or with an observer of them.
   */
  inject(kind: FaultKind, target: FaultTarget): boolean {
    assert(this.#faults !== null, 'Faults are injected into an exchange that was made for them.');
    return this.#faults.inject(kind, target);
  }

  #open(of: AccountOfExchange, listeners: ExchangeListeners): Opened {
    const account = new ExchangeAccount(of, listeners);
    return { account, line: new AccountLine(account, this.#parts) };
  }

  #arrive(request: LaneRequest | undefined): void {
    if (request === undefined) return;
    const { order, change, arrival } = request;
    if (change === 'cancel') this.#changes.cancel(order, 'Cancelled on request.', arrival);
    else if (change !== null) this.#changes.modify(order, change, arrival);
    else if (order.status === 'acknowledged') this.#orderArrived(order, arrival);
  }

  #orderArrived(order: ExchangeOrder, at: EpochMs): void {
    const { instrument, side } = order.request;
    const view = this.#market.view(instrument, side, at);
    const refusal =
      order.doom ?? this.#lateRefusal(order, at) ?? exchangeRefusal(side, waitsForTrigger(order) ? order.triggerPrice : null, view);
    if (refusal === null) {
      this.#matching.arrived(order, view, at);
      return;
    }
    order.account.ended(order, 'rejected', refusal.reason);
    tell(order, { kind: 'rejected', ...refusal }, at);
  }

  /** The broker has closed what is held for the day while the order was on its way. */
  #lateRefusal({ request: { instrument, product } }: ExchangeOrder, at: EpochMs): Refused | null {
    return product === 'MIS' ? intradayRefusal(this.#day.squareOffOf(instrument, at), at) : null;
  }

  #timetable(event: DayEvent | undefined): void {
    if (event === undefined) return;
    const { kind, segment } = event;
    // A run that begins in the middle of a day finds hours that have passed already.
    const at = Math.max(event.at, this.#dayBegan);
    for (const { account } of this.#lines.values()) {
      if (account.isIdle) continue;
      if (kind === 'squareOff') {
        squareOff(account, segment, at, this.#dayParts);
      } else {
        this.#expire(account, ({ request }) => tradedSegment(request.instrument) === segment, at);
        if (segment === 'fno') settle(account, { date: this.#day.dateAt(at), at, isLate: false }, this.#dayParts);
      }
    }
  }

  #expire(account: ExchangeAccount, isMeant: (order: ExchangeOrder) => boolean, at: EpochMs): void {
    for (const order of [...account.orders.values()]) {
      if (rests(order) && isMeant(order)) this.#changes.end(order, 'expired', 'The day is over.', at);
    }
  }
}
