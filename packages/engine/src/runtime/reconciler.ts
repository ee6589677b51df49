import type { InstrumentKey } from '../market/instrument.js';
import { type BookOrder, newsFromBook } from '../orders/book.js';
import { mayLag } from '../orders/look.js';
import { isSettled, isTerminal, type OrderState } from '../orders/order-life.js';
import type { ClientOrderId } from '../primitives/ids.js';
import { type EpochMs, SECOND_MS } from '../primitives/time.js';
import type { AccountBroker } from './account-broker.js';
import type { AccountDesk } from './account-desk.js';
import type { OrderDesk } from './order-desk.js';
import type { RunClock } from './run-clock.js';
import type { Post, SetRunner } from './set-runner.js';

/** A difference counts when it is still the same after this long: news of a deal may have been on its way. */
const AGAIN_AFTER_MS = 5 * SECOND_MS;

/** After a broker that did not answer, it is asked again. */
const ASK_AGAIN_AFTER_MS = 15 * SECOND_MS;

/** What a reconciler works with. */
export interface ReconcilerParts {
  readonly account: AccountDesk;
  readonly orders: OrderDesk;
  readonly broker: AccountBroker;
  readonly clock: RunClock;
  readonly post: Post;
  /** How often it compares by itself; `null`: only when it is asked to. */
  readonly everyMs: number | null;
}

interface Suspicion {
  /** Units that the broker has more than we have. */
  readonly difference: number;
  readonly since: EpochMs;
}

/**
 * Makes the broker's book and positions and ours agree, for one account: first what the book knows of our orders and we do not; then what is held.
 * What cannot be explained halts the account. A broker that does not answer proves nothing, and is asked again.
 */
export class Reconciler {
  readonly #parts: ReconcilerParts;
  #dueAt: EpochMs = Infinity;
  /** When the comparison under way began; `null` while none is. One that the broker never answers is given up for another. */
  #askedAt: EpochMs | null = null;
  #suspected = new Map<InstrumentKey, Suspicion>();

  constructor(parts: ReconcilerParts) {
    this.#parts = parts;
  }

  /** When the next comparison is due. */
  get nextTime(): EpochMs {
    return this.#askedAt === null ? this.#dueAt : this.#askedAt + ASK_AGAIN_AFTER_MS;
  }

  /** Compares as soon as the mailbox has been worked off. */
  soon(): void {
    this.#dueAt = Math.min(this.#dueAt, this.#parts.clock.now);
  }

  /** A day begins: from now on it compares by itself, where it is to. */
  beginDay(): void {
    const { clock, everyMs } = this.#parts;
    if (everyMs !== null) this.#dueAt = Math.min(this.#dueAt, clock.now + everyMs);
  }

  /** Begins a comparison. */
  compare(): void {
    const { clock, orders, broker, everyMs } = this.#parts;
    const askedAt = clock.now;
    this.#askedAt = askedAt;
    this.#dueAt = everyMs === null ? Infinity : clock.now + everyMs;
    broker.readBook((book) => {
      if (this.#askedAt !== askedAt) return;
      if (book === null) {
        this.#askAgain();
        return;
      }
      for (const entry of book.orders) {
        if (entry.orderId === null) {
          for (const fill of entry.fills) {
            const { brokerOrderId, instrument, product, side } = entry;
            orders.attribute({ ...fill, brokerOrderId, instrument, product, side, by: 'byHandAtBroker' });
          }
          continue;
        }
        const runner = orders.owners.of(entry.orderId);
        if (runner !== undefined) this.#tell(runner, entry.orderId, entry);
      }
      broker.readPositions((found) => {
        if (this.#askedAt === askedAt) this.#compared(found);
      });
    });
  }

  /** What the book knows of an order: the answer to whoever looks for it, and news where nobody had a reason to. */
  #tell(runner: SetRunner, orderId: ClientOrderId, entry: BookOrder): void {
    const { clock, orders, post } = this.#parts;
    const order = runner.state.orders.find(({ request }) => request.orderId === orderId);
    // A change under way is answered by news, or the order is looked for: the book may still have the terms of before.
    if (order === undefined || (order.look === null && order.change !== null)) return;
    if (order.look !== null) {
      post(runner, { kind: 'looked', orderId, found: entry, chargesPaise: {}, squareOffAt: runner.leavesAt, at: clock.now });
    } else for (const news of newsFromBook(order, entry, clock.now)) orders.news(news);
  }

  #compared(positions: ReadonlyMap<InstrumentKey, number> | null): void {
    const { account, clock } = this.#parts;
    if (positions === null) {
      this.#askAgain();
      return;
    }
    this.#askedAt = null;
    const suspected = new Map<InstrumentKey, Suspicion>();
    let waiting = false;
    for (const instrument of this.#instruments(positions)) {
      if (this.#isUnderWay(instrument)) {
        waiting = true;
        continue;
      }
      const expected = account.quantityOf(instrument);
      const found = positions.get(instrument) ?? 0;
      const difference = found - account.ignoredOf(instrument) - expected;
      if (difference === 0) {
        if (account.disputed.includes(instrument)) account.compared(instrument, expected, found);
        continue;
      }
      const before = this.#suspected.get(instrument);
      const suspicion = before?.difference === difference ? before : { difference, since: clock.now };
      suspected.set(instrument, suspicion);
      if (clock.now - suspicion.since >= AGAIN_AFTER_MS) account.compared(instrument, expected, found);
    }
    this.#suspected = suspected;
    const settled = [...suspected.values()].every(({ since }) => clock.now - since >= AGAIN_AFTER_MS);
    // What was passed over is compared when it is clear.
    if (!settled || waiting) this.#dueAt = Math.min(this.#dueAt, clock.now + AGAIN_AFTER_MS);
    else if (suspected.size === 0) account.reconciled = true;
  }

  #askAgain(): void {
    this.#askedAt = null;
    this.#dueAt = Math.min(this.#dueAt, this.#parts.clock.now + ASK_AGAIN_AFTER_MS);
  }

  /** What the broker or we have something of, or may have. */
  #instruments(positions: ReadonlyMap<InstrumentKey, number>): ReadonlySet<InstrumentKey> {
    const instruments = new Set([...positions.keys(), ...this.#parts.account.disputed]);
    for (const { state } of this.#parts.account.runners) {
      if (state.holding.quantity !== 0 && state.leg !== null) instruments.add(state.leg.instrument);
      for (const order of state.orders) if (isUnclear(order)) instruments.add(order.request.instrument);
    }
    return instruments;
  }

  /**
   * While nobody can say what became of an order, or of a change of one that the book was not asked about, nobody can say what should be held; nor
   * while an order is looked for that was there before.
   */
  #isUnderWay(instrument: InstrumentKey): boolean {
    return this.#parts.account.runners.some(({ state }) =>
      state.orders.some(
        (order) => order.request.instrument === instrument && (isUnclear(order) || isBeingClearedUp(order, this.#parts.clock.now)),
      ),
    );
  }
}

const isBeingClearedUp = ({ change, look }: OrderState, at: EpochMs): boolean => (look === null ? change !== null : mayLag(look, at));

const isUnclear = (order: OrderState): boolean =>
  order.status === 'submitted' || order.status === 'unknown' || (isTerminal(order) && !isSettled(order));
