import type { Instrument, InstrumentKey } from '../market/instrument.js';
import type { OrderKind, OrderModification, OrderRequest } from '../orders/order-request.js';
import type { PriceBand } from '../orders/protected-limit.js';
import type { AccountView } from '../portfolio/account-view.js';
import type { Paise } from '../primitives/money.js';
import type { Price } from '../primitives/price.js';
import type { DurationMs, TradingDate } from '../primitives/time.js';
import type { AccountLimits } from './account-limits.js';
import type { Refusal } from './refusal.js';
import type { TradingSwitch } from './trading-switch.js';

/** What the gate must know beside the request. */
export interface GateContext {
  readonly tradingSwitch: TradingSwitch;
  /** A person gave the command: then the trading switch does not hinder it. */
  readonly byPerson: boolean;
  /** The kind of order that was asked for, whatever the exchange makes one send it as: a market order goes out as a protected limit. */
  readonly askedKind: OrderKind;
  /** What the request's key stands for on the day. */
  readonly instrument: Instrument;
  readonly date: TradingDate;
  /** Whether the instrument's segment is in a session. */
  readonly sessionOpen: boolean;
  /** The prices between which the exchange takes orders, both included; `null`: none known. */
  readonly priceBand: PriceBand | null;
  /** The best limit prices of the account's own orders that rest on the instrument; `null`: none on that side. */
  readonly ownResting: { readonly bid: Price | null; readonly ask: Price | null };
  /** The instrument's latest price and its age; `null`: none came yet. */
  readonly quote: { readonly price: Price; readonly ageMs: DurationMs } | null;
  /** The age above which a quote is no basis for an entry (5 s live); `null`: any age will do, as in a replay of candles. */
  readonly maxQuoteAgeMs: DurationMs | null;
  /** Whether the account's line to its broker is up. */
  readonly lineUp: boolean;
  /** Whether the broker's orders and positions have been compared with ours since the start. */
  readonly reconciled: boolean;
  /** Instruments in which the broker has something else than our sets hold, and nobody has said yet why. */
  readonly disputed: readonly InstrumentKey[];
  /**
   * What the broker will have of the request's instrument when everything under way is filled, where that is disputed: only what is there can be
   * left. `null`: it is not disputed.
   */
  readonly brokerHolds: number | null;
  /** The account after the entry's own reservation was made: its slot and its margin are counted in. `null` for what leaves: nobody asks. */
  readonly account: AccountView | null;
  readonly limits: AccountLimits;
  /** Orders, changes and cancellations that the account sent within the last second and minute, this one not included. */
  readonly sent: { readonly lastSecond: number; readonly lastMinute: number };
  /** What the entry needs; for exits, which nobody asks, `null`. */
  readonly entry: EntryNeeds | null;
}

/** What an entry takes, all its legs together. */
export interface EntryNeeds {
  /** Premium and margin of this entry; a part of the account's margin in use already. */
  readonly requiredPaise: Paise;
  /** Whether it adds to an open position. */
  readonly adds: boolean;
  /** What is lost when the stop is hit; for bought options without a stop their premium; `null`: nothing bounds it. */
  readonly riskPaise: Paise | null;
  /** Notional of all open futures and short options of the account, with this entry. */
  readonly notionalPaise: Paise;
  /** The farthest limit to which it may follow the market, for a change of it; `null`: there is no such bound. */
  readonly chaseTo: Price | null;
}

/** A context for an entry: its needs and its account are known. */
export type EntryContext = GateContext & { readonly entry: EntryNeeds; readonly account: AccountView };

/** A rule that every order meets: nothing, or why not. Pure; it makes an object only when it refuses. */
export type OrderCheck = (request: OrderRequest, context: GateContext) => Refusal | null;

/** A rule that entries meet and exits need not. */
export type EntryCheck = (request: OrderRequest, context: EntryContext) => Refusal | null;

/** What of a request a rule of the exchange looks at: new orders have it, and changes of them. */
export type PricedRequest = Pick<OrderRequest & OrderModification, 'orderId' | 'quantity' | 'kind' | 'price' | 'triggerPrice' | 'at'>;

/** An order that rests, as far as the gate has to know it to judge a change. */
export interface ChangedOrder {
  readonly request: OrderRequest;
  /** The limit that it has at present. */
  readonly price: Price | null;
}

/** A rule that orders and their changes meet. */
export type PriceCheck = (request: PricedRequest, context: GateContext) => Refusal | null;
