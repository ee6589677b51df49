import { UNREGISTERED_ORDERS_PER_SECOND } from '../market/algo-rules.js';
import type { RuleBook } from '../market/rule-book.js';
import { segmentOf } from '../market/segment-of.js';
import type { Approved } from '../orders/approved.js';
import type { BrokerNews } from '../orders/broker-news.js';
import type { OrderState } from '../orders/order-life.js';
import type { OrderRequest } from '../orders/order-request.js';
import type { OutsideFill } from '../orders/outside-fill.js';
import type { Answer, Broker, ChangeAnswer, Soon } from '../plugins/broker.js';
import { InvariantError } from '../primitives/assert.js';
import type { ClientOrderId } from '../primitives/ids.js';
import { type EpochMs, SECOND_MS } from '../primitives/time.js';
import type { TradingSwitch } from '../risk/trading-switch.js';
import { orderOf } from '../sets/evolve-orders.js';
import type { RequestedChange } from '../sets/set-event.js';
import type { AccountBroker } from './account-broker.js';
import type { AccountDesk } from './account-desk.js';
import type { GateKeeper } from './gate-keeper.js';
import type { Mailbox } from './mailbox.js';
import { nextOpen } from './next-open.js';
import { OrderOwners } from './order-owners.js';
import type { OrderPricer } from './order-pricer.js';
import { Outbox } from './outbox.js';
import { attributed } from './outside-fills.js';
import type { RunClock } from './run-clock.js';
import type { Post, SetRunner } from './set-runner.js';

/** What the desk works with. */
export interface OrderDeskParts {
  readonly clock: RunClock;
  readonly rules: RuleBook;
  readonly pricer: OrderPricer;
  readonly keeper: GateKeeper;
  readonly post: Post;
  readonly mailbox: Mailbox;
  readonly broker: AccountBroker;
  /** The broker has told of something that no order of ours explains. */
  readonly unexplained: () => void;
}

/** So long an exit waits for orders of the account's own that are in its way: enough for a cancellation. */
const BEHIND_OWN_MS = 2 * SECOND_MS;

/** Sends one account's orders: through the gate, in their turn, to the broker; and brings what the broker says to the set that it is about. */
export class OrderDesk {
  readonly #account: AccountDesk;
  readonly #parts: OrderDeskParts;
  readonly #outbox: Outbox;
  /** Orders that the gate has approved and that are not sent yet. */
  readonly #approved = new Map<ClientOrderId, Approved<OrderRequest>>();
  /** Exits that wait for orders of the account's own to end, and until when at most. */
  readonly #behindOwn = new Map<ClientOrderId, EpochMs>();
  /** Whose news of an order is. */
  readonly owners = new OrderOwners();

  constructor(account: AccountDesk, parts: OrderDeskParts) {
    this.#account = account;
    this.#parts = parts;
    this.#outbox = new Outbox({
      clock: parts.clock,
      rate: account.rate,
      // Without a limit of its own an account has the exchange's: what goes beyond is refused there, exits included.
      perSecond: account.limits.ordersPerSecond ?? UNREGISTERED_ORDERS_PER_SECOND,
      whenDecided: (act) => parts.mailbox.expect(undefined, act),
    });
  }

  /** When something that waits has its turn. */
  get nextTime(): EpochMs {
    const next = this.#outbox.nextTime;
    if (this.#behindOwn.size === 0) return next;
    const { now } = this.#parts.clock;
    // One whose time has come goes by the outbox, or waits for the trading switch.
    return Math.min(next, ...[...this.#behindOwn.values()].filter((until) => until > now));
  }

  pump(): void {
    this.#outbox.pump();
  }

  /** The gate's word first, when the order's turn has come; what it approves comes back to the set, which says whether it still wants it. */
  request(runner: SetRunner, order: OrderRequest): void {
    const { keeper } = this.#parts;
    this.#outbox.add({
      orderId: order.orderId,
      urgent: order.purpose !== 'entry',
      // An entry that the trading switch forbids is refused at once; what leaves waits until it may.
      mayGo: () => order.purpose === 'entry' || keeper.mayGo(runner),
      go: () => {
        const answer = keeper.check(runner, this.#account, order);
        const isBehindOwn = 'refused' in answer && answer.refused.code === 'order/crosses-own-order' && order.purpose === 'exit';
        if (isBehindOwn) this.#waitBehindOwn(runner, order);
        else this.#answer(runner, order, answer);
      },
    });
  }

  /**
   * An exit would meet an order of the account's own. Entries among those are given up, and it goes as soon as nothing is in its way any more. It
   * waits for that only briefly: then it passes beside what still rests, and follows the market from there.
   */
  #waitBehindOwn(runner: SetRunner, order: OrderRequest): void {
    const { keeper, clock } = this.#parts;
    const { orderId } = order;
    const account = this.#account;
    const until = clock.now + BEHIND_OWN_MS;
    this.#behindOwn.set(orderId, until);
    this.#giveWay(keeper.entriesMet(account, order));
    this.#outbox.add({
      orderId,
      urgent: true,
      mayGo: () => keeper.mayGo(runner) && (clock.now >= until || !keeper.meetsOwn(account, order)),
      go: () => {
        this.#behindOwn.delete(orderId);
        this.#answer(runner, order, keeper.check(runner, account, order, true));
      },
    });
  }

  /** Entries that are in the way of an exit are given up. */
  #giveWay(entering: readonly SetRunner[]): void {
    const { post, clock } = this.#parts;
    const reason = 'It is in the way of an exit of the account.';
    for (const runner of entering) post(runner, { kind: 'giveUpEntry', reason, at: clock.now });
  }

  /** Tells a set what the gate has said. */
  #answer(runner: SetRunner, order: OrderRequest, answer: ReturnType<GateKeeper['check']>): void {
    const { post, clock } = this.#parts;
    const { orderId } = order;
    const at = clock.now;
    if ('refused' in answer) {
      const { code, reason, limit } = answer.refused;
      const atMost = code === 'account/position-mismatch' && typeof limit === 'number' ? limit : 0;
      post(runner, { kind: 'refused', orderId, code, reason, retryAt: this.#retryAt(code, order), atMost, at });
      return;
    }
    this.#account.rate.record(at);
    const { approved } = answer;
    this.#approved.set(orderId, approved);
    const { kind: orderKind, price, triggerPrice } = approved;
    post(runner, { kind: 'approved', orderId, orderKind, price, triggerPrice, at });
  }

  /** The trading switch was set: what waited for it goes, and where nothing is to be entered any more, entries under way are given up. */
  switched(to: TradingSwitch): void {
    this.#outbox.pump();
    if (to !== 'exits-only') return;
    const { post, clock } = this.#parts;
    for (const runner of this.#account.runners) {
      if (runner.state.phase === 'entering')
        post(runner, { kind: 'giveUpEntry', reason: 'The trading switch was set to exits only.', at: clock.now });
    }
  }

  /** It is not wanted any more, and is not sent. */
  withdraw(orderId: ClientOrderId): void {
    this.#behindOwn.delete(orderId);
    this.#outbox.remove(orderId);
    this.#approved.delete(orderId);
  }

  /** Sends what was approved. */
  submit(orderId: ClientOrderId): void {
    const approved = this.#approved.get(orderId);
    if (approved === undefined) throw new InvariantError(`The order ${orderId} is to be sent without having been approved.`);
    this.#approved.delete(orderId);
    const { broker, clock } = this.#parts;
    broker.ask<Answer>(
      (line) => line.submit(approved),
      (reason) => ({ kind: 'unknown', orderId, reason, at: clock.now }),
      this.#heard,
    );
  }

  change(runner: SetRunner, orderId: ClientOrderId, change: RequestedChange): void {
    const { keeper, clock } = this.#parts;
    // One that waits already, as the switch may have it wait for long, is the same wish or an older one.
    this.#outbox.remove(orderId);
    this.#outbox.add({
      orderId,
      urgent: true,
      mayGo: () => keeper.mayGo(runner),
      go: () => {
        const order = orderOf(runner.state, orderId);
        // It has ended while the change waited for its turn.
        if (order === undefined || order.change === null) return;
        if (change.kind !== 'cancel') {
          this.#modify(runner, order, change);
          return;
        }
        this.#account.rate.record(clock.now);
        this.#send('cancel', orderId, (line) => line.cancel(orderId));
      },
    });
  }

  #modify(runner: SetRunner, order: OrderState, change: Exclude<RequestedChange, { kind: 'cancel' }>): void {
    const { keeper, pricer, post, clock } = this.#parts;
    const { orderId } = order.request;
    const { request } = order;
    const wanted = pricer.changed(order, change);
    if (request.purpose !== 'entry') this.#giveWay(keeper.entriesMet(this.#account, request, wanted));
    const changed = keeper.aside(this.#account, request, wanted);
    const { quantity, price, triggerPrice } = changed;
    if (changed.kind === order.kind && price === order.price && triggerPrice === order.triggerPrice) {
      // The market has not moved, or a band keeps the limit where it is: nothing is sent that would change nothing.
      const status = order.status === 'triggerPending' ? order.status : 'open';
      this.news({ kind: 'working', orderId, status, quantity, price, triggerPrice, at: clock.now });
      return;
    }
    const answer = keeper.checkChange(runner, this.#account, order, changed);
    if ('refused' in answer) {
      const { code, reason } = answer.refused;
      this.news({ kind: 'changeRejected', orderId, change: 'modify', code, reason, at: clock.now });
      // An entry that may not follow the market does not stay behind it, either.
      if (request.purpose === 'entry') post(runner, { kind: 'giveUpEntry', reason, at: clock.now });
      return;
    }
    this.#account.rate.record(clock.now);
    this.#send('modify', orderId, (line) => line.modify(answer.approved));
  }

  #send(change: 'modify' | 'cancel', orderId: ClientOrderId, ask: (line: Broker) => Soon<ChangeAnswer>): void {
    const { broker, clock } = this.#parts;
    broker.ask<ChangeAnswer>(ask, (reason) => ({ kind: 'changeUnknown', orderId, change, reason, at: clock.now }), this.#heard);
  }

  /** A broker that only takes note says nothing yet: news will. */
  readonly #heard = (answer: BrokerNews | null): void => {
    if (answer !== null) this.news(answer);
  };

  /** Looks for an order in the broker's book of the day. */
  look(runner: SetRunner, orderId: ClientOrderId): void {
    this.#parts.broker.readBook((book) => {
      const found = book === null ? 'unanswered' : (book.orders.find((order) => order.orderId === orderId) ?? 'absent');
      this.#parts.post(runner, {
        kind: 'looked',
        orderId,
        found,
        chargesPaise: {},
        squareOffAt: runner.leavesAt,
        at: this.#parts.clock.now,
      });
    });
  }

  /** Asks for the account's position in what a set leaves. */
  askPosition(runner: SetRunner): void {
    const { state } = runner;
    if (state.phase !== 'exiting') return;
    const { instrument } = state.position;
    this.#parts.broker.readPositions((positions) => {
      const found = positions === null ? null : (positions.get(instrument) ?? 0) - this.#account.ignoredOf(instrument);
      const expected = this.#account.quantityOf(instrument);
      this.#parts.post(runner, { kind: 'positionTold', expected, found, at: this.#parts.clock.now });
    });
  }

  /** News of an order from the broker, whoever's it is. */
  readonly news = (news: BrokerNews): void => {
    const runner = this.owners.of(news.orderId);
    if (runner === undefined) {
      // A deal that nobody remembers having asked for: the broker's positions tell what it has done.
      if (news.kind === 'filled') this.#parts.unexplained();
      return;
    }
    this.#parts.post(runner, {
      kind: 'news',
      news,
      chargesPaise: 0,
      squareOffAt: runner.leavesAt,
      at: Math.max(news.at, this.#parts.clock.now),
    });
  };

  /** The broker tells of a deal that no order of ours made. */
  readonly outsideFill = (fill: OutsideFill): void => this.attribute(fill, this.#parts.unexplained);

  /**
   * Has sets take over a deal that no order of ours made, as far as they hold what it closes, when everything that was told before is decided.
   *
   * @param unexplained called when a part of it concerns nobody.
   */
  attribute(fill: OutsideFill, unexplained: () => void = () => undefined): void {
    this.#parts.mailbox.expect(undefined, () => {
      const attribution = attributed(fill, this.#account.runners, this.#account.takenOver(fill.fillId));
      const at = Math.max(fill.time, this.#parts.clock.now);
      for (const { runner, fill: part } of attribution.parts)
        this.#parts.post(runner, { kind: 'outsideFill', fill: part, by: fill.by, chargesPaise: 0, at });
      if (attribution.unexplained > 0) unexplained();
    });
  }

  #retryAt(code: string, order: OrderRequest): EpochMs | null {
    const { rules, clock } = this.#parts;
    return code === 'order/outside-trading-hours' ? nextOpen(rules.calendar, segmentOf(order.instrument), clock.now) : null;
  }
}
