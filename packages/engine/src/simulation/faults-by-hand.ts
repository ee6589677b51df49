import type { FaultKind, SlippageConfig } from '../config/run-config.js';
import type { Product } from '../orders/order-request.js';
import type { EpochMs } from '../primitives/time.js';
import type { Agenda } from './agenda.js';
import type { ExchangeAccount } from './exchange-account.js';
import type { ExchangeMarket } from './exchange-market.js';
import { type ExchangeOrder, rests } from './exchange-order.js';
import { isAtTime } from './fault-plan.js';
import { termsByHand } from './hand-terms.js';
import type { Holding } from './holding.js';
import type { Ids } from './ids.js';
import type { LineFaults, Strike } from './line-faults.js';
import type { OrderChanges } from './order-changes.js';
import { closeFromOutside } from './outside-deals.js';
import { marketPrice } from './slippage.js';

/** What somebody does by hand takes at least and at most so long. */
const BY_HAND_WITHIN_MS = { min: 200, max: 30_000 };

/** What can be done by hand in a broker's app. */
export const HAND_FAULTS = ['cancelByHand', 'modifyByHand', 'squareOffByHand'] as const satisfies readonly FaultKind[];

/** One of {@link HAND_FAULTS}. */
export type HandFault = (typeof HAND_FAULTS)[number];

/** What {@link FaultsByHand} is made of. */
export interface FaultsByHandParts {
  readonly account: ExchangeAccount;
  readonly faults: LineFaults;
  readonly agenda: Agenda;
  readonly market: ExchangeMarket;
  readonly changes: OrderChanges;
  readonly ids: Ids;
  readonly slippage: SlippageConfig;
}

/** Somebody who looks at the broker's app of an account, and now and then does something there. */
export class FaultsByHand {
  readonly #parts: FaultsByHandParts;

  constructor(parts: FaultsByHandParts) {
    this.#parts = parts;
  }

  /** An order rests: somebody may cancel it, or change it. */
  sawResting(order: ExchangeOrder, at: EpochMs): void {
    this.#mayFollow('cancelByHand', order, at, (now) => this.cancel(order, now));
    this.#mayFollow('modifyByHand', order, at, (now) => this.modify(order, now));
  }

  /** Something is held: somebody may close it. */
  sawHolding(holding: Holding, product: Product, at: EpochMs): void {
    this.#mayFollow('squareOffByHand', null, at, (now) => this.squareOff(holding, product, now, false));
  }

  /** A stretch of the day begins in which something is done by hand to what is there already. */
  lookAround(kind: HandFault, at: EpochMs): void {
    const { account } = this.#parts;
    if (kind === 'squareOffByHand') {
      for (const holding of account.holdings.values()) {
        for (const { product } of holding.positions()) this.sawHolding(holding, product, at);
      }
      return;
    }
    for (const order of account.orders.values()) {
      if (rests(order))
        this.#mayFollow(kind, order, at, (now) => (kind === 'cancelByHand' ? this.cancel(order, now) : this.modify(order, now)));
    }
  }

  /** Says whether it could be done. */
  cancel(order: ExchangeOrder, at: EpochMs): boolean {
    if (!rests(order)) return false;
    this.#parts.faults.tell('cancelByHand', order.request.orderId);
    this.#parts.changes.end(order, 'cancelled', 'Cancelled by hand in the app of the broker.', at);
    return true;
  }

  modify(order: ExchangeOrder, at: EpochMs): boolean {
    const { faults, changes } = this.#parts;
    const terms = rests(order) ? termsByHand(order, faults.random) : null;
    if (terms === null || changes.refusalOf(order, terms, at) !== null) return false;
    faults.tell('modifyByHand', order.request.orderId);
    changes.apply(order, terms, at);
    return true;
  }

  /** @param all the whole position; otherwise chance decides whether it is only a part. */
  squareOff(holding: Holding, product: Product, at: EpochMs, all: boolean): boolean {
    const { account, faults, market, ids, slippage } = this.#parts;
    const held = holding.quantityOf(product);
    const { key, tickSize, lotSize } = holding.instrument;
    const side = held > 0 ? 'sell' : 'buy';
    const view = market.view(key, side, at);
    if (held === 0 || !view.open || Number.isNaN(view.price)) return false;
    const price = marketPrice(side, view, slippage, tickSize);
    const lots = Math.floor(Math.abs(held) / lotSize);
    const part = !all && lots > 1 && faults.random.below(2) === 0 ? (1 + faults.random.below(lots - 1)) * lotSize : Math.abs(held);
    faults.tell('squareOffByHand', null);
    closeFromOutside({ account, holding, product, quantity: part, price, by: 'byHandAtBroker', at }, ids);
    return true;
  }

  /** If a fault strikes, it is done a while later; if it cannot be done then, it does not count. */
  #mayFollow(kind: HandFault, order: ExchangeOrder | null, at: EpochMs, act: (at: EpochMs) => boolean): void {
    const { faults, agenda } = this.#parts;
    const strike: Strike | null = faults.draw(kind, order?.request.orderId ?? null, at);
    if (strike === null) return;
    const { min, max } = BY_HAND_WITHIN_MS;
    agenda.add(at + min + faults.random.below(max - min), (now) => {
      const isInTime = strike.planned === null || isAtTime(strike.planned, now);
      if (!isInTime || !act(now)) faults.giveBack(strike);
    });
  }
}
