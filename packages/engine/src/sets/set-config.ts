import type { ChartSpec } from '../candles/chart.js';
import type { InstrumentKey, OptionType } from '../market/instrument.js';
import type { StrikeSelection } from '../options/select-strike.js';
import type { Product, Side } from '../orders/order-request.js';
import type { OrderTiming } from '../orders/order-timing.js';
import type { AccountId, SetId } from '../primitives/ids.js';
import type { Paise } from '../primitives/money.js';
import type { Price } from '../primitives/price.js';
import type { DurationMs, MinuteOfDay, Weekday } from '../primitives/time.js';

/** A set as a trader configured it, checked, with every default filled in and every unit made plain. Shares are fractions: 10 % is 0.1. */
export interface SetConfig {
  readonly id: SetId;
  readonly name: string;
  /** A set that is not active is loaded and stays stopped. */
  readonly active: boolean;
  readonly note: string;
  /** The strategy's name and its parameters, checked by the strategy's own schema. */
  readonly strategy: { readonly use: string; readonly params: unknown };
  /** One set instance for each underlying and account. */
  readonly underlyings: readonly InstrumentKey[];
  readonly accounts: readonly AccountId[];
  readonly chart: ChartConfig;
  /** Entries are made from `from` (included) to `to` (not included); leaving is the exits' business. */
  readonly window: { readonly from: MinuteOfDay; readonly to: MinuteOfDay };
  readonly weekdays: readonly Weekday[];
  readonly checks: {
    /** When a signal is acted on: at once (`null`), or at the next whole multiple of this length. */
    readonly entryEveryMs: DurationMs | null;
    /** When prices are held against the exits: at every tick (`null`), or only at whole multiples of this length. */
    readonly exitEveryMs: DurationMs | null;
  };
  readonly product: Product;
  readonly legs: readonly LegConfig[];
  readonly exits: ExitsConfig;
  readonly reentry: ReentryConfig;
  /** Candles until the strategy's signals count; `null`: as many as the strategy asks for. */
  readonly warmup: number | null;
  /** A signal older than this is not acted on. */
  readonly staleAfterMs: DurationMs;
  /** How orders are waited for and followed. */
  readonly execution: ExecutionConfig;
  /** Who watches the stop: the engine, a stop order that rests at the exchange, or both, with the resting one as a wider insurance. */
  readonly protection: 'engine' | 'exchange' | 'both';
  readonly approval: 'auto' | 'manual';
  /** Names of entry filters that this set goes without; every report shows them at its top. */
  readonly waive: readonly string[];
}

/** How a set's orders are waited for and followed. */
export interface ExecutionConfig extends OrderTiming {
  /** What is not filled of an entry after this long is cancelled. */
  readonly entryWithinMs: DurationMs;
  /**
   * How far the limit of an entry follows the market, as a share of the price at the decision; beyond it the entry is cancelled. `null`: as far as is
   * usual for the instrument. Exits go as far as they must.
   */
  readonly chaseWithin: number | null;
}

/** Which candles a set looks at. */
export type ChartConfig = ChartSpec;

export type LegConfig = OptionLegConfig | FutureLegConfig | EquityLegConfig;

export interface OptionLegConfig {
  readonly kind: 'option';
  /** `signal`: a call for a bullish signal when buying, a put when selling; the other way for a bearish one. */
  readonly optionType: OptionType | 'signal';
  readonly side: Side;
  readonly strike: StrikeRule;
  readonly expiry: ExpiryRule;
  readonly size: readonly SizeRule[];
}

export interface FutureLegConfig {
  readonly kind: 'future';
  /** `signal`: bought for a bullish signal, sold for a bearish one. */
  readonly side: Side | 'signal';
  readonly expiry: ExpiryRule;
  readonly size: readonly SizeRule[];
}

export interface EquityLegConfig {
  readonly kind: 'equity';
  readonly side: Side | 'signal';
  readonly size: readonly SizeRule[];
}

/** How a leg's strike is chosen. */
export type StrikeRule = StrikeSelection;

export interface ExpiryRule {
  readonly cycle: 'nearest' | 'weekly' | 'next-weekly' | 'monthly' | 'next-monthly';
  /** Fewer calendar days to the expiry than this: the next one is taken. */
  readonly minDays: number;
}

/** How many lots, or for `units` how many units. Of several rules the smallest answer wins. */
export type SizeRule =
  | { readonly kind: 'lots'; readonly lots: number }
  | { readonly kind: 'units'; readonly quantity: number }
  | { readonly kind: 'capital'; readonly capitalPaise: Paise }
  | { readonly kind: 'risk'; readonly riskPaise: Paise }
  /** Of the capital of the account that trades. */
  | { readonly kind: 'riskShare'; readonly share: number }
  | { readonly kind: 'marginShare'; readonly share: number };

/** How far away a stop or target is: a share of the entry price, points, a price, or money for the whole leg. */
export type ExitDistance =
  | { readonly kind: 'percent'; readonly share: number }
  | { readonly kind: 'points'; readonly points: number }
  | { readonly kind: 'price'; readonly price: Price }
  | { readonly kind: 'money'; readonly paise: Paise };

export interface ExitsConfig {
  readonly stopLoss: ExitDistance | null;
  readonly target: ExitDistance | null;
  readonly trailing: TrailingConfig | null;
  /** Leave this long after the entry. */
  readonly timeInTradeMs: DurationMs | null;
  /** Leave at this time of day. */
  readonly squareOff: MinuteOfDay | null;
  /** At the square-off time leave only if this share of the target is reached; otherwise hold overnight and warn. */
  readonly endOfDay: { readonly onlyIfTargetShare: number } | null;
  /** What a signal against the position does. */
  readonly oppositeSignal: 'exit' | 'reverse' | null;
  /** Leave when the underlying trades at or beyond one of these. */
  readonly underlyingRange: {
    readonly below: Price | null;
    readonly above: Price | null;
  } | null;
  /** Leave at the square-off time this many trading days before the expiry; 0 is the day of expiry itself. */
  readonly daysBeforeExpiry: number | null;
  /** Shares of the lots that leave at nearer targets, in the order of the targets; the rest goes on. */
  readonly partial: readonly {
    readonly at: ExitDistance;
    readonly share: number;
  }[];
  /** Exits of the whole set. Per cent is of the net premium. */
  readonly set: {
    readonly stopLoss: ExitDistance | null;
    readonly target: ExitDistance | null;
    readonly dayLossPaise: Paise | null;
  };
}

export interface TrailingConfig {
  /** The profit, as a distance from the entry, from which the stop follows. */
  readonly start: { readonly kind: 'percent'; readonly share: number } | { readonly kind: 'points'; readonly points: number };
  /** How far behind the best price the stop follows: a share of the best price, or points. */
  readonly distance: { readonly kind: 'percent'; readonly share: number } | { readonly kind: 'points'; readonly points: number };
  /** The least by which the stop moves; `null`: one tick of the instrument. */
  readonly step: { readonly kind: 'points'; readonly points: number } | { readonly kind: 'percent'; readonly share: number } | null;
}

export interface ReentryConfig {
  /** Whether the set enters again on a day, and on which signals. */
  readonly mode: 'off' | 'signal' | 'sameDirection' | 'atCost';
  /** For `sameDirection` and `atCost`: at most this many times a day; `null` is any number of times. */
  readonly times: number | null;
  /** No entry for this long after an exit. */
  readonly coolDownMs: DurationMs;
}
