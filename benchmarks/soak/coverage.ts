import { FAULT_KINDS, type FaultKind } from '../../packages/engine/src/config/run-config.js';
import { isSettled, isTerminal, type OrderStatus } from '../../packages/engine/src/orders/order-life.js';
import type { Floor } from '../../packages/engine/src/runtime/floor.js';

/** What goes wrong: a fault of the line, the death of the process, or news of an order that has ended. */
export type Mishap = FaultKind | 'restart' | 'newsAfterTheEnd';

const MISHAPS: readonly Mishap[] = [...FAULT_KINDS, 'restart', 'newsAfterTheEnd'];

/** At the exchange, or on the way there. */
const SENT: readonly OrderStatus[] = ['submitted', 'acknowledged', 'open', 'triggerPending', 'partiallyFilled', 'unknown'];

/** Of which something can be asked. */
const ASKABLE: readonly OrderStatus[] = ['submitted', 'acknowledged', 'open', 'triggerPending', 'partiallyFilled'];

const NOT_OVER: readonly OrderStatus[] = ['requested', ...SENT];

/**
 * What has to be tried: each mishap on an order in every state in which it can strike by itself. Requests go wrong when there is one: nothing is
 * asked of an order that is not sent, has ended, or of which nobody knows whether it is there. News goes wrong of what the exchange has. What
 * strikes a whole account strikes every order of it that is not over. Other pairs come up where news and book have overtaken each other.
 */
const REQUIRED: Readonly<Record<Mishap, readonly OrderStatus[]>> = {
  reject: ASKABLE,
  rejectAfterAck: ['submitted'],
  duplicate: SENT,
  reorder: SENT,
  silence: SENT,
  timeoutAfterAcceptance: ASKABLE,
  timeoutBeforeArrival: ASKABLE,
  disconnect: NOT_OVER,
  cancelByHand: SENT,
  modifyByHand: SENT,
  squareOffByHand: NOT_OVER,
  bookUnanswered: NOT_OVER,
  bookStale: NOT_OVER,
  // A fill that is told of after the order's end: a stop that has been filled waits for no trigger any more.
  lateFillNews: ['submitted', 'acknowledged', 'open', 'partiallyFilled'],
  restart: NOT_OVER,
  // Repeated, or overtaken by what ended it. Nothing of an order expires twice, and by then nothing of it is on its way.
  newsAfterTheEnd: ['filled', 'cancelled', 'rejected'],
};

const STATUSES: readonly OrderStatus[] = [
  'requested',
  'submitted',
  'acknowledged',
  'open',
  'triggerPending',
  'partiallyFilled',
  'unknown',
  'filled',
  'cancelled',
  'rejected',
  'expired',
];

/** Counts what has gone wrong with an order in which state, as the engine knew it at that moment. */
export class Coverage {
  readonly #counts = new Map<string, number>();

  /** A fault of the line. One that is about no order is about all that are not over. */
  struck(kind: FaultKind, orderId: string | null, { runners }: Floor): void {
    for (const { state } of runners) {
      for (const order of state.orders) {
        const isMeant = orderId === null ? !isSettled(order) : order.request.orderId === orderId;
        if (isMeant) this.#count(kind, order.status);
      }
    }
  }

  /** The process has died; what counts is what it knew. */
  restarted({ runners }: Floor): void {
    for (const { state } of runners) for (const order of state.orders) if (!isSettled(order)) this.#count('restart', order.status);
  }

  /** The broker tells of an order; what counts is whether the engine has heard of its end already. */
  told(orderId: string, { runners }: Floor): void {
    for (const { state } of runners) {
      const order = state.orders.find(({ request }) => request.orderId === orderId);
      if (order !== undefined && isTerminal(order)) this.#count('newsAfterTheEnd', order.status);
    }
  }

  /** Takes over what another one has counted. */
  add(counts: Readonly<Record<string, number>>): void {
    for (const [pair, count] of Object.entries(counts)) this.#counts.set(pair, this.#of(pair) + count);
  }

  counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts);
  }

  /** Pairs that have to be tried and came up less often than this. */
  rarerThan(least: number): readonly string[] {
    return MISHAPS.flatMap((kind) => REQUIRED[kind].map((status) => pairOf(kind, status)))
      .filter((pair) => this.#of(pair) < least)
      .map((pair) => `${pair}: ${this.#of(pair)}`);
  }

  /** A table: a line for each mishap, a column for each state. Pairs that need not be tried are in brackets; a dash: it never came up. */
  table(): string {
    const width = Math.max(...MISHAPS.map(({ length }) => length));
    const head = ['fault'.padEnd(width), ...STATUSES.map((status) => status.padStart(CELL))].join(' ');
    const rows = MISHAPS.map((kind) =>
      [kind.padEnd(width), ...STATUSES.map((status) => this.#cell(kind, status).padStart(CELL))].join(' '),
    );
    return [head, ...rows].join('\n');
  }

  #cell(kind: Mishap, status: OrderStatus): string {
    const count = this.#of(pairOf(kind, status));
    if (REQUIRED[kind].includes(status)) return String(count);
    return count === 0 ? '–' : `(${count})`;
  }

  #of(pair: string): number {
    return this.#counts.get(pair) ?? 0;
  }

  #count(kind: Mishap, status: OrderStatus): void {
    const pair = pairOf(kind, status);
    this.#counts.set(pair, this.#of(pair) + 1);
  }
}

const CELL = 15;

const pairOf = (kind: Mishap, status: OrderStatus): string => `${kind} × ${status}`;
