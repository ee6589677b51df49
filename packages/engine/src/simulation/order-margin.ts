import type { OrderRequest, Side } from '../orders/order-request.js';
import { formatRupees, type Paise } from '../primitives/money.js';
import type { Price } from '../primitives/price.js';
import type { EpochMs } from '../primitives/time.js';
import type { MarginedAccount, MarginView } from './account-margin.js';
import type { ExchangeMarket } from './exchange-market.js';
import { limitOf } from './exchange-order.js';
import type { Holding } from './holding.js';
import type { Refused } from './refused.js';
import type { TradingDay } from './trading-day.js';

/** What is left of an order, for its margin. */
export interface MarginedOrder {
  readonly side: Side;
  /** Units that are not filled yet. */
  readonly quantity: number;
  /** What a unit may cost. */
  readonly price: Price;
}

/** What an order may cost a unit: its limit, its trigger, or what the market asks. */
export const priceForMargin = (terms: Pick<OrderRequest, 'kind' | 'price' | 'triggerPrice'>, market: Price): Price =>
  limitOf(terms) ?? (terms.kind === 'SL-M' ? terms.triggerPrice : null) ?? market;

/** Asks whether an account can bear an order. One that only closes what is held is never asked. */
export class OrderMargin {
  readonly #market: ExchangeMarket;
  readonly #day: TradingDay;
  readonly #isOn: boolean;
  readonly #view = { price: (instrument: string): Price => this.#market.view(instrument, 'buy', this.#at).price, date: '' };
  #at: EpochMs = -Infinity;

  constructor(market: ExchangeMarket, day: TradingDay, isOn: boolean) {
    this.#market = market;
    this.#day = day;
    this.#isOn = isOn;
  }

  /** What has to be set aside for an order that does not yet count among what is asked of its holding. */
  neededPaise(account: MarginedAccount, holding: Holding, { side, quantity, price }: MarginedOrder, at: EpochMs): Paise {
    if (!this.#isOn) return 0;
    const opens = holding.opens(side, quantity);
    if (opens === 0 || Number.isNaN(price)) return 0;
    return account.margin.neededPaise({ holding, side, quantity: opens, price }, this.#viewAt(at));
  }

  /** What an account has for new orders. */
  availablePaise(account: MarginedAccount, at: EpochMs): Paise {
    const blocked = this.#isOn ? account.margin.blockedPaise(this.#viewAt(at)) : 0;
    return account.equityPaise - blocked - account.ordersPaise;
  }

  /** @param freedPaise what is set aside for the order already. */
  refusal(account: MarginedAccount, neededPaise: Paise, freedPaise: Paise, at: EpochMs): Refused | null {
    if (neededPaise <= freedPaise) return null;
    const available = this.availablePaise(account, at) + freedPaise;
    return neededPaise <= available
      ? null
      : { code: 'exchange/margin', reason: `The order needs ${formatRupees(neededPaise)}; ${formatRupees(available)} are available.` };
  }

  #viewAt(at: EpochMs): MarginView {
    this.#at = at;
    this.#view.date = this.#day.dateAt(at);
    return this.#view;
  }
}
