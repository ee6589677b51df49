import type { InstrumentKey } from '../market/instrument.js';
import type { OrderKind, Product } from '../orders/order-request.js';
import type { Paise } from '../primitives/money.js';

/** A limit as money, or as a share of the account's capital. */
export type MoneyLimit = { readonly kind: 'money'; readonly paise: Paise } | { readonly kind: 'share'; readonly share: number };

/** What an account may do. `null` is "no such limit". Shares are fractions. */
export interface AccountLimits {
  readonly maxOpenSets: number | null;
  /** A single open set for the whole account. */
  readonly onePosition: boolean;
  /** The most that one entry may cost. */
  readonly capitalPerTradePaise: Paise | null;
  /** Share of the available margin that the first entry may use. */
  readonly firstEntryMarginShare: number;
  /** Margin in use, at most this share of the capital. */
  readonly maxMarginUse: number;
  readonly riskPerTrade: MoneyLimit | null;
  readonly dailyLoss: MoneyLimit | null;
  readonly weeklyLoss: MoneyLimit | null;
  /** Largest fall from the equity's peak, as a share of the peak. */
  readonly maxDrawdown: number | null;
  readonly profitTargets: {
    readonly weekPaise: Paise | null;
    readonly monthPaise: Paise | null;
    readonly stop: boolean;
  };
  readonly ordersPerSecond: number | null;
  readonly ordersPerMinute: number | null;
  readonly ordersPerDay: number | null;
  readonly maxOrderValuePaise: Paise | null;
  /** Notional of open futures and short options ÷ capital. */
  readonly maxLeverage: number | null;
  readonly products: readonly Product[] | null;
  readonly instruments: readonly InstrumentKey[] | null;
  readonly orderKinds: readonly OrderKind[] | null;
  /** So many orders rejected one after the other trip a circuit breaker. */
  readonly rejectionsInARow: number | null;
  /** By how much recent results scale the size of entries; `null`: not at all. */
  readonly adaptive: AdaptiveLimits | null;
}

/** Bounds of a size that follows recent results. */
export interface AdaptiveLimits {
  /** How many round trips are looked back over; until there are so many, sizes are as configured. */
  readonly roundTrips: number;
  /** The least and the most that the size is multiplied with. */
  readonly min: number;
  readonly max: number;
}
