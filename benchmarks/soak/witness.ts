import type { FaultKind } from '../../packages/engine/src/config/run-config.js';
import type { JournalRecord } from '../../packages/engine/src/journal/journal.js';
import { isSettled, type OrderStatus } from '../../packages/engine/src/orders/order-life.js';
import { type OrderModification, type OrderRequest, signOf } from '../../packages/engine/src/orders/order-request.js';
import type { FillId } from '../../packages/engine/src/primitives/ids.js';
import { turnoverPaise } from '../../packages/engine/src/primitives/price.js';
import type { AccountEvent } from '../../packages/engine/src/risk/account-event.js';
import type { AccountDesk } from '../../packages/engine/src/runtime/account-desk.js';
import type { Alert } from '../../packages/engine/src/runtime/alert.js';
import { outsideIdOf } from '../../packages/engine/src/runtime/outside-fills.js';
import type { RunObserver } from '../../packages/engine/src/runtime/run-observer.js';
import type { SetEvent } from '../../packages/engine/src/sets/set-event.js';
import type { Stage } from './stage.js';

/** Something was not as it always has to be. */
export class Violation extends Error {}

/** Faults by which others than the engine deal on the account, or change its orders. */
const BY_HAND: readonly FaultKind[] = ['squareOffByHand', 'modifyByHand'];

/** States in which an order can be dealt with. */
const IN_BOOK: readonly OrderStatus[] = ['open', 'partiallyFilled'];

/** Watches a stage, and says so when something is not as it always has to be. */
export class Witness implements RunObserver {
  /** Orders that went out to the exchange, by their ids. */
  readonly #sent = new Map<string, OrderRequest>();
  /** Orders that were kept as about to be sent. */
  readonly #journalled = new Set<string>();
  /** Exits that were asked for. */
  readonly #exits = new Set<string>();
  /** How each order was when it was last looked at. */
  readonly #known = new Map<string, { readonly status: OrderStatus; readonly filled: number; readonly settled: boolean }>();
  readonly #struck = new Set<FaultKind>();
  readonly #truth: (account: string, instrument: string) => number | null;
  /** What was broken first. */
  #broken: Violation | null = null;
  /** Set instances and accounts of which a person was told something, most lately at. */
  readonly #alerts: Pick<Alert, 'instance' | 'account' | 'at'>[] = [];

  /** @param truth what an account has of an instrument at the exchange; `null` while nobody can be asked. */
  constructor(truth: (account: string, instrument: string) => number | null) {
    this.#truth = truth;
  }

  /** A decision is kept. */
  keeps({ events }: JournalRecord): void {
    for (const event of events) {
      if (event.kind === 'orderSubmitted') this.#journalled.add(event.orderId);
      else if (event.kind === 'legOrderRequested' && event.purpose === 'exit') this.#exits.add(event.order.orderId);
      else if (event.kind === 'orderRefused' && event.code === 'order/crosses-own-order') {
        this.demand(!this.#exits.has(event.orderId), `no exit is refused for an order of our own: ${event.orderId}`);
      }
    }
  }

  /** @throws Violation unless it holds; and again at the next look, since whoever called may have swallowed it. */
  demand(holds: boolean, what: string): asserts holds {
    if (holds) return;
    this.#broken ??= new Violation(what);
    throw this.#broken;
  }

  fault(kind: FaultKind): void {
    this.#struck.add(kind);
  }

  /** An order goes out. */
  submits(order: OrderRequest, stage: Stage): void {
    const { orderId, purpose, account: id } = order;
    this.demand(!this.#sent.has(orderId), `none sent twice: ${orderId}`);
    this.demand(this.#journalled.has(orderId), `journalled before it is sent: ${orderId}`);
    this.#sent.set(orderId, order);
    this.#meetsNothingOwn(order, order, stage);
    if (purpose !== 'entry') return;
    const account = stage.floor.accounts.find((place) => place.account.name === id)?.account;
    this.demand(account?.money.halted === null, `halted means no entry: ${orderId}`);
    this.demand(stage.floor.system.tradingSwitch === 'active', `no entry with the switch off: ${orderId}`);
  }

  /** A change goes out. */
  modifies(change: OrderModification, stage: Stage): void {
    const order = this.#sent.get(change.orderId);
    this.demand(order !== undefined, `none changed that was not sent: ${change.orderId}`);
    this.#meetsNothingOwn(order, change, stage);
    if (order.purpose === 'entry') this.demand(stage.floor.system.tradingSwitch === 'active', `no entry follows with the switch off`);
  }

  /** As far as is known, no limit goes out that would deal with another order of the account. */
  #meetsNothingOwn({ orderId, account, instrument, side }: OrderRequest, { kind, price }: OrderModification, { floor }: Stage): void {
    if (kind !== 'limit' || price === null) return;
    for (const { state, instance } of floor.runners) {
      if (instance.account !== account) continue;
      for (const { request, status, price: other } of state.orders) {
        if (request.instrument !== instrument || request.side === side || other === null || !IN_BOOK.includes(status)) continue;
        const apart = side === 'buy' ? price < other : price > other;
        this.demand(apart, `no deal with ourselves: ${orderId} at ${price}, ${request.orderId} at ${other}`);
      }
    }
  }

  /** After everything that happens. */
  look({ floor }: Stage): void {
    if (this.#broken !== null) throw this.#broken;
    for (const { state, id } of floor.runners) {
      for (const order of state.orders) {
        const { orderId } = order.request;
        const before = this.#known.get(orderId);
        const settled = isSettled(order);
        this.demand((before?.filled ?? 0) <= order.filledQuantity, `filled quantity never falls: ${orderId}`);
        this.demand(before?.settled !== true || (settled && before.status === order.status), `terminal states are final: ${orderId}`);
        if (
          before === undefined ||
          before.status !== order.status ||
          before.filled !== order.filledQuantity ||
          before.settled !== settled
        ) {
          this.#known.set(orderId, { status: order.status, filled: order.filledQuantity, settled });
        }
      }
      // Whoever deals by hand can turn a position round; the engine alone never does.
      if ((state.phase === 'open' || state.phase === 'exiting') && !this.#isByHand) {
        const held = signOf(state.position.side) * state.holding.quantity;
        this.demand(held >= 0, `never leaves with more than it holds: ${id} holds ${held}`);
      }
    }
  }

  /** At the end, when everything has had its time. */
  conclude(stage: Stage): void {
    const { records } = stage;
    this.#everythingLeft(stage);
    this.#onePosition(records);
    this.#cash(stage, records);
    this.#exitsReached(stage, records);
    for (const { account } of stage.floor.accounts) this.#book(stage, account, records);
  }

  // What a floor tells of: only what people are told matters here, the rest is in the journal.
  event(): void {}
  systemEvent(): void {}
  point(): void {}
  range(): void {}
  dayEnded(): void {}
  ended(): void {}

  /** A difference is told of only where there is one, and only where somebody else has dealt: what our own orders did, the book explains. */
  accountEvent(account: AccountDesk, event: AccountEvent): void {
    if (event.kind !== 'positionMismatched') return;
    const { instrument, expected, found } = event;
    this.demand(this.#struck.has('squareOffByHand'), `the book explains every difference: ${instrument} ${found} for ${expected}`);
    const truth = this.#truth(account.name, instrument);
    this.demand(truth !== null, `nobody knows a difference without an answer: ${instrument}`);
    const ignored = account.ignoredOf(instrument);
    this.demand(truth - ignored === found, `differences are there: ${instrument} ${truth}, ignored ${ignored}, told ${found}`);
  }

  alert({ instance, account, at, severity }: Alert): void {
    if (severity !== 'info') this.#alerts.push({ instance, account, at });
  }

  get #isByHand(): boolean {
    return BY_HAND.some((kind) => this.#struck.has(kind));
  }

  #onePosition(records: readonly JournalRecord[]): void {
    const open = new Map<string, number>();
    for (const { instance, event } of setEvents(records)) {
      if (event.kind === 'setOpened') open.set(instance, (open.get(instance) ?? 0) + 1);
      if (event.kind === 'setClosed') open.set(instance, (open.get(instance) ?? 0) - 1);
      this.demand((open.get(instance) ?? 0) <= 1 && (open.get(instance) ?? 0) >= 0, `one position an instance: ${instance}`);
    }
  }

  /** What an account's cash has moved is what was paid and received, less charges; and what was realised, with nothing open. */
  #cash({ floor }: Stage, records: readonly JournalRecord[]): void {
    for (const { account } of floor.accounts) {
      let moved = 0;
      let net = 0;
      for (const { instance, event } of setEvents(records)) {
        if (!instance.endsWith(`|${account.name}`)) continue;
        if (event.kind === 'legFilled') {
          moved -= signOf(event.fill.side) * turnoverPaise(event.fill.price, event.fill.quantity) + event.chargesPaise;
        } else if (event.kind === 'setClosed') net += event.grossPaise - event.chargesPaise;
      }
      this.demand(account.money.cashPaise === moved, `cash is conserved: ${account.money.cashPaise} for ${moved}`);
      this.demand(account.money.realisedPaise - account.money.chargesPaise === net, `round trips are the cash: ${net}`);
      this.demand(moved === net, `nothing is open and nothing missing: ${moved} for ${net}`);
      this.demand(account.money.reservedPaise === 0, `nothing is set aside: ${account.money.reservedPaise}`);
    }
  }

  #everythingLeft({ floor }: Stage): void {
    for (const { state, id } of floor.runners) {
      this.demand(state.holding.quantity === 0, `everything has left: ${id} holds ${state.holding.quantity}, ${state.phase}`);
      for (const { request, status } of state.orders.filter((order) => !isSettled(order))) {
        this.demand(false, `no order is lost: ${request.orderId} is ${status}`);
      }
    }
  }

  /** An exit has come to the exchange, or to an end without; or a person knows. */
  #exitsReached(stage: Stage, records: readonly JournalRecord[]): void {
    const atExchange = new Set<string>();
    for (const id of stage.lines.keys()) for (const { orderId } of stage.bookOf(id)) if (orderId !== null) atExchange.add(orderId);
    const waiting = new Map<string, number>();
    for (const { instance, event } of setEvents(records)) {
      if (event.kind === 'exitTriggered') waiting.set(instance, event.at);
      const leaves = event.kind === 'legOrderRequested' && event.purpose !== 'entry' && atExchange.has(event.order.orderId);
      if (leaves || event.kind === 'setClosed' || event.kind === 'positionReduced') waiting.delete(instance);
    }
    for (const [instance, since] of waiting) {
      const told = this.#alerts.some(
        (alert) => alert.at >= since && (alert.instance === instance || instance.endsWith(`|${alert.account}`)),
      );
      this.demand(told, `every exit reaches the exchange or an alert: ${instance}`);
    }
  }

  /** The exchange's book and ours tell the same of every order, and so do the positions. */
  #book(stage: Stage, account: AccountDesk, records: readonly JournalRecord[]): void {
    const filled = filledByOrder(records);
    const takenOver = takenOverByDeal(records);
    for (const entry of stage.bookOf(account.name)) {
      if (entry.orderId === null) {
        for (const { fillId, quantity } of entry.fills) {
          const taken = takenOver.get(fillId) ?? 0;
          this.demand(taken <= quantity, `a deal of somebody else counts once: ${fillId} of ${quantity}, we took over ${taken}`);
        }
        continue;
      }
      this.demand(this.#journalled.has(entry.orderId), `no order without a decision: ${entry.orderId}`);
      this.demand(
        (filled.get(entry.orderId) ?? 0) === entry.filledQuantity,
        `every fill counts once: ${entry.orderId} has ${entry.filledQuantity}, we counted ${filled.get(entry.orderId) ?? 0}`,
      );
      this.demand(
        entry.status !== 'open' && entry.status !== 'triggerPending',
        `no order is left behind: ${entry.orderId} is ${entry.status}`,
      );
    }
    for (const { key: instrument } of stage.world.quotes) {
      const quantity = stage.holdingOf(account.name, instrument) ?? Number.NaN;
      const ours = account.quantityOf(instrument);
      this.demand(
        quantity - account.ignoredOf(instrument) === ours,
        `position equals the exchange's: ${instrument} ${quantity}, ours ${ours}, ignored ${account.ignoredOf(instrument)}`,
      );
    }
    const explained = this.#isByHand || Object.values(account.state.ignored).every((quantity) => quantity === 0);
    this.demand(explained, 'without a hand in it, nothing has to be ignored');
  }
}

function* setEvents(records: readonly JournalRecord[]): Generator<{ readonly instance: string; readonly event: SetEvent }> {
  for (const { instance, events } of records) {
    if (!instance.includes('|')) continue;
    for (const event of events as readonly SetEvent[]) yield { instance, event };
  }
}

function filledByOrder(records: readonly JournalRecord[]): ReadonlyMap<string, number> {
  const filled = new Map<string, number>();
  for (const { event } of setEvents(records)) {
    if (event.kind === 'legFilled' && event.by === null) {
      filled.set(event.fill.orderId, (filled.get(event.fill.orderId) ?? 0) + event.fill.quantity);
    }
  }
  return filled;
}

/** Units that sets have taken over of deals that were not theirs, by the deal. */
function takenOverByDeal(records: readonly JournalRecord[]): ReadonlyMap<FillId, number> {
  const taken = new Map<FillId, number>();
  for (const { event } of setEvents(records)) {
    const deal = event.kind === 'legFilled' && event.by !== null ? outsideIdOf(event.fill.fillId) : null;
    if (event.kind === 'legFilled' && deal !== null) taken.set(deal, (taken.get(deal) ?? 0) + event.fill.quantity);
  }
  return taken;
}
