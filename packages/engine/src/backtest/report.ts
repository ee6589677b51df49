import type { InstrumentKey } from '../market/instrument.js';
import type { OrderStatus } from '../orders/order-life.js';
import type { OrderKind, OrderPurpose, Product, Side } from '../orders/order-request.js';
import type { OutsideDealer } from '../orders/outside-fill.js';
import type { ActivityFigures } from '../portfolio/activity.js';
import type { ChargeKinds } from '../portfolio/charge-kinds.js';
import type { PerformanceFigures } from '../portfolio/statistics.js';
import type { AccountId, ClientOrderId, InstanceId, SetId } from '../primitives/ids.js';
import type { Paise } from '../primitives/money.js';
import type { Price } from '../primitives/price.js';
import type { EpochMs, TradingDate } from '../primitives/time.js';
import type { ExitRule } from '../sets/set-state.js';

/** What a run did: the document that `sauda backtest --json` prints. */
export interface RunReport {
  /** SHA-256 over the journalled decisions in their canonical form, hexadecimal. */
  readonly decisionHash: string;
  /** Candles of feeds inside sessions. */
  readonly candles: number;
  /** Points of the market that were replayed: four for a candle, one for a tick. */
  readonly ticks: number;
  readonly warnings: readonly {
    readonly code: string;
    readonly message: string;
  }[];
  /** Entry filters that sets went without. */
  readonly waivers: readonly string[];
  /** What the numbers rest on: path, fill model, latency, slippage, premium model, charges; lines for people. */
  readonly assumptions: readonly string[];
  readonly signals: readonly ReportedSignal[];
  readonly roundTrips: readonly ReportedRoundTrip[];
  readonly figures: ReportedFigures;
  /** Circuit breakers that tripped, each with its trail. */
  readonly breakers: readonly ReportedBreaker[];
  /** What people were told. */
  readonly alerts: readonly ReportedAlert[];
  /** What contract notes asked for beside the charges of the round trips; only where the run books them. */
  readonly adjustments: readonly ReportedAdjustment[];
  /** What the accounts had together before the first day; absent in documents that do not say. */
  readonly capitalPaise?: Paise;
  readonly accounts: readonly ReportedAccount[];
  /** The date whose charges count on dates that the tables do not reach; `null`: there is none. */
  readonly chargesFrom: TradingDate | null;
  readonly equity: readonly {
    readonly date: TradingDate;
    readonly equityPaise: Paise;
  }[];
}

/** An account of the run. */
export interface ReportedAccount {
  readonly id: AccountId;
  /** Whose charges it pays: the name of its broker in the configuration. */
  readonly broker: string;
  readonly capitalPaise: Paise;
}

export interface ReportedSignal {
  readonly set: SetId;
  readonly account: AccountId;
  readonly underlying: InstrumentKey;
  /** The close of the candle that it speaks about. */
  readonly time: EpochMs;
  readonly kind: 'enter' | 'exit' | 'adjust';
  readonly direction: 'bullish' | 'bearish' | 'neutral';
  readonly reason: string;
  readonly values: Readonly<Record<string, number>>;
  /**
   * `entered`, also where it first closed an opposite position; `exited`, where it did no more; the code of what refused it; or `pending`, where the run
   * ended before anything became of it.
   */
  readonly outcome: string;
}

export interface ReportedLeg {
  readonly instrument: InstrumentKey;
  readonly side: Side;
  readonly quantity: number;
  readonly entryTime: EpochMs;
  /** Average price. */
  readonly entryPrice: Price;
  readonly exitTime: EpochMs;
  readonly exitPrice: Price;
  /** Whether the leg's prices were recorded or come from the pricing model. */
  readonly premium: 'recorded' | 'model';
}

export interface ReportedRoundTrip {
  readonly set: SetId;
  /** The strategy's name; absent in documents that do not say. */
  readonly strategy?: string;
  readonly account: AccountId;
  readonly underlying: InstrumentKey;
  readonly product: Product;
  readonly legs: readonly ReportedLeg[];
  readonly exitReason: string;
  readonly grossPaise: Paise;
  readonly chargesPaise: Paise;
  readonly netPaise: Paise;
  /** The charges by kind; they add up to `chargesPaise`. */
  readonly charges: ChargeKinds;
  /** Everything bought and sold. */
  readonly tradedPaise: Paise;
  /** The signal behind it: its place in the report's `signals`, from 0. `null`: there was none, as behind an order that was filled after its end. */
  readonly signal: number | null;
  /** Every order of it, in the order in which they were decided; what nobody ordered, as a settlement, stands among them. */
  readonly orders: readonly ReportedOrder[];
}

/** An order of a round trip, or a deal in it that no order of ours made. */
export interface ReportedOrder {
  readonly id: ClientOrderId;
  readonly purpose: OrderPurpose;
  /** Why it leaves; `null`: it does not. */
  readonly rule: ExitRule | null;
  /** Who dealt, where no order of ours did; else `null`. */
  readonly by: OutsideDealer | null;
  readonly instrument: InstrumentKey;
  readonly side: Side;
  /** Units that were asked for. */
  readonly quantity: number;
  /** As it was sent, which for an order at the market may be a protected limit; `null`: no order of ours, or one of a run before this one. */
  readonly kind: OrderKind | null;
  /** Limit and trigger as sent. */
  readonly limit: Price | null;
  readonly trigger: Price | null;
  /** How it ended; `refused` by the gate and `withdrawn` ones were not sent, one that `neverReached` the broker was lost on its way. */
  readonly status: OrderStatus | 'refused' | 'withdrawn' | 'neverReached';
  /** What was said about its end, where it came to nothing or not to all of it; `null`: nothing. */
  readonly reason: string | null;
  readonly decidedAt: EpochMs;
  /** The price on which it was decided: of an entry and an exit the instrument's, of a stop its trigger. `null`: no price was looked at. */
  readonly decidedPrice: Price | null;
  /** What its fills cost more, or brought less, than that price; below 0 where they were better. `null` without a fill or a price. */
  readonly slippagePaise: Paise | null;
  readonly fills: readonly {
    readonly time: EpochMs;
    readonly quantity: number;
    readonly price: Price;
    readonly chargesPaise: Paise;
  }[];
}

/** A circuit breaker that tripped: why, when, what closed the positions, and who let the account trade again. */
export interface ReportedBreaker {
  readonly account: AccountId;
  /** `account/daily-loss`, `account/drawdown`, `account/rejections`, `system/feed-stale`, … */
  readonly code: string;
  readonly reason: string;
  /** In the unit of the limit: paise, a count, milliseconds. */
  readonly limit: number;
  readonly value: number;
  readonly time: EpochMs;
  /** The fills that left, in their order. */
  readonly closedBy: readonly {
    readonly orderId: ClientOrderId;
    readonly set: SetId;
    readonly instrument: InstrumentKey;
    readonly side: Side;
    readonly quantity: number;
    readonly price: Price;
    readonly time: EpochMs;
  }[];
  /** When nothing was held any more; `null`: that has not come. */
  readonly closedAt: EpochMs | null;
  /** How the account is re-armed. */
  readonly rearm: string;
  readonly rearmedAt: EpochMs | null;
  /** A person, or the `calendar`; `null`: nobody has. */
  readonly rearmedBy: string | null;
}

/** Something that a person was told. */
export interface ReportedAlert {
  readonly time: EpochMs;
  readonly severity: 'info' | 'warning' | 'critical';
  readonly code: string;
  readonly message: string;
  /** Empty where there is nothing to do. */
  readonly remedy: string;
  readonly account: AccountId | null;
  /** A set instance. */
  readonly set: InstanceId | null;
}

/** By how much a day's contract note differs from what was charged fill by fill. */
export interface ReportedAdjustment {
  readonly account: AccountId;
  readonly date: TradingDate;
  readonly chargesPaise: Paise;
}

/**
 * Performance figures; their conventions are those of `portfolio/statistics.ts` and `portfolio/activity.ts`. `null`: the sample is too small. Net and
 * charges have the contract notes' adjustments in them.
 */
export interface ReportedFigures extends PerformanceFigures, ActivityFigures {
  /** The charges of the round trips by kind, and what contract notes asked for beside; they add up to `chargesPaise`. */
  readonly charges: ChargeKinds & { readonly adjustmentsPaise: Paise };
}
