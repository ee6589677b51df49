/** Why the gate refused an order. Listed, with what to do about each, in `docs/reference/errors.md`. */
export type RefusalCode =
  | 'order/quantity-invalid'
  | 'order/price-missing'
  | 'order/price-off-grid'
  | 'order/outside-price-band'
  | 'order/outside-trading-hours'
  | 'order/instrument-not-tradable'
  | 'order/instrument-expired'
  | 'order/crosses-own-order'
  | 'order/chased-too-far'
  | 'order/quantity-not-in-lots'
  | 'order/above-freeze-quantity'
  | 'order/quote-missing'
  | 'order/quote-stale'
  | 'order/stop-missing'
  | 'account/halted'
  | 'account/daily-loss'
  | 'account/weekly-loss'
  | 'account/drawdown'
  | 'account/slots'
  | 'account/one-position'
  | 'account/capital-per-trade'
  | 'account/capital'
  | 'account/first-entry'
  | 'account/margin-use'
  | 'account/leverage'
  | 'account/risk-per-trade'
  | 'account/order-value'
  | 'account/order-rate'
  | 'account/product'
  | 'account/instrument'
  | 'account/order-kind'
  | 'account/line-down'
  | 'account/not-reconciled'
  | 'account/position-mismatch'
  | 'system/exits-only'
  | 'system/halted'
  /** Checks of plug-ins bring codes of their own, below `check/`. */
  | `check/${string}`;

/** A refused order: that is what the market's day brings, not an error. */
export interface Refusal {
  readonly code: RefusalCode;
  /** Words for people, with the limit and the value found. */
  readonly reason: string;
  /** What is allowed, in the unit of `value`; `null` where no number says it. */
  readonly limit: number | string | null;
  /** What was found. */
  readonly value: number | string | null;
}
