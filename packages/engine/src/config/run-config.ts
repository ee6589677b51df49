import type { InstrumentKey } from '../market/instrument.js';
import type { InstrumentOverride } from '../market/rule-book.js';
import type { AccountId } from '../primitives/ids.js';
import type { Paise } from '../primitives/money.js';
import type { DurationMs, MinuteOfDay, TradingDate } from '../primitives/time.js';
import type { AccountLimits } from '../risk/account-limits.js';
import type { TradingSwitch } from '../risk/trading-switch.js';
import type { SetConfig } from '../sets/set-config.js';

export type RunMode = 'backtest' | 'paper' | 'live';

/** A configuration, checked, with every default filled in and every unit made plain. What a person writes is `docs/guides/configuration.md`'s subject. */
export interface RunConfig {
  readonly mode: RunMode;
  /** Trading dates, both included; `null` is as far as the data goes. */
  readonly from: TradingDate | null;
  readonly to: TradingDate | null;
  readonly accounts: readonly AccountConfig[];
  readonly feeds: readonly PluginUse[];
  readonly sets: readonly SetConfig[];
  readonly premiums: PremiumConfig;
  /** How a future without a feed is priced; `null`: such a future has no price. */
  readonly futures: {
    readonly model: 'costOfCarry';
    readonly rate: number;
  } | null;
  /** India VIX as a share (14 % is 0.14) where no feed brings it; `null`: unknown. */
  readonly vix: number | null;
  readonly instruments: Readonly<Record<InstrumentKey, InstrumentOverride>>;
  readonly calendar: 'rules' | 'fromData';
  /** The date whose charge rates are used on dates that the tables do not reach; `null`: such dates are refused. */
  readonly chargesFrom: TradingDate | null;
  readonly simulation: SimulationConfig;
  readonly risk: RiskConfig;
  /** Whether what a contract note rounds otherwise than its fills is booked at the end of each day. */
  readonly contractNotes: boolean;
  /** How fast a replay or a synthetic market runs: 1 is real time, `Infinity` is as fast as it can. */
  readonly clock: { readonly speed: number };
  readonly store: {
    readonly journal: string | null;
    readonly mongodb: string | null;
  };
  /** Packages whose plug-ins this configuration uses beside the first-party ones. */
  readonly plugins: readonly string[];
}

/** A plug-in named by a configuration, with its own part of it as a plain value, checked by the plug-in's schema. */
export interface PluginUse {
  readonly use: string;
  readonly config: unknown;
}

export interface AccountConfig {
  readonly id: AccountId;
  readonly broker: PluginUse;
  readonly capitalPaise: Paise;
  /** Without it an account stays on paper, even in a live run. */
  readonly live: boolean;
  readonly limits: AccountLimits;
}

/** What watches over all accounts. `null` is "nobody minds". */
export interface RiskConfig {
  readonly tradingSwitch: TradingSwitch;
  /** Who lets an account trade again after a day's or week's loss: a person, or the calendar when the period is over. */
  readonly rearm: 'byHand' | 'nextPeriod';
  /** A feed that brings nothing for longer than this within a session trips the breakers. */
  readonly feedStaleMs: DurationMs | null;
  /** A line to a broker that is lost for longer than this trips its account's breaker. */
  readonly brokerLostMs: DurationMs | null;
  /** Clocks here and at the exchange that differ by more than this trip the breakers. */
  readonly clockSkewMs: DurationMs | null;
  /** No entry on a quote that is older. */
  readonly maxQuoteAgeMs: DurationMs | null;
  /** How often the broker's orders and positions are compared with ours, beside at each start and after each lost line. */
  readonly reconcileEveryMs: DurationMs | null;
}

/** How an option without a recorded price is priced. Volatility and rate are shares a year. */
export interface PremiumConfig {
  readonly model: 'black-scholes';
  readonly volatility:
    | { readonly kind: 'fixed'; readonly share: number }
    | {
        readonly kind: 'instrument';
        readonly instrument: InstrumentKey;
        readonly elseShare: number | null;
      };
  readonly rate: number;
}

/** The simulated exchange: how orders reach it, meet its market, and what it refuses. */
export interface SimulationConfig {
  readonly latency: LatencyConfig;
  readonly slippage: SlippageConfig;
  readonly fill: FillConfig;
  readonly size: SizeConfig | null;
  /** `pessimistic`: within a candle the extreme that is worse for the set comes first, and trailing stops follow only at its end. */
  readonly path: 'straight' | 'pessimistic';
  /** How far prices of orders may lie from the first price of the day, as a share of it; `null`: anywhere. */
  readonly priceBand: number | null;
  /** Whether orders are refused for which an account has no margin. */
  readonly margin: boolean;
  /** When the broker closes intraday (`MIS`) positions; `null`: never. Five minutes before the close, if that is earlier. */
  readonly autoSquareOff: MinuteOfDay | null;
  /** Of the chance in latencies and faults. */
  readonly seed: number;
  readonly faults: readonly FaultConfig[];
}

/** From a request to its arrival at the exchange: always the same, any length between two bounds, or log-normal. */
export type LatencyConfig =
  | { readonly kind: 'fixed'; readonly ms: DurationMs }
  | { readonly kind: 'uniform'; readonly fromMs: DurationMs; readonly toMs: DurationMs }
  /** Half of all requests take no longer than the median, 95 % no longer than the other figure. */
  | { readonly kind: 'logNormal'; readonly medianMs: DurationMs; readonly p95Ms: DurationMs };

/** When a limit order that rests is filled: when the market touches its price, when it trades through it, or when the queue before it is used up. */
export type FillConfig =
  | { readonly kind: 'touch' }
  | { readonly kind: 'through' }
  /** Units that wait at its price before it does. */
  | { readonly kind: 'queue'; readonly ahead: number };

/** What can be had at one point of the market: so many units, or a share of what was traded since the point before. */
export type SizeConfig = { readonly kind: 'units'; readonly units: number } | { readonly kind: 'volume'; readonly share: number };

/** Everything that can go wrong between an account and the exchange. */
export const FAULT_KINDS = [
  /** A request is refused at the door. */
  'reject',
  /** An order is acknowledged, and refused when it arrives. */
  'rejectAfterAck',
  /** News comes twice. */
  'duplicate',
  /** News of an order comes late, and so in another order. */
  'reorder',
  /** News is lost; the book still knows. */
  'silence',
  /** A request is taken and not answered. */
  'timeoutAfterAcceptance',
  /** A request is not answered and never arrives. */
  'timeoutBeforeArrival',
  /** The line is down for a while. */
  'disconnect',
  /** An order that rests is cancelled in the broker's app. */
  'cancelByHand',
  /** The terms of an order that rests are changed in the broker's app. */
  'modifyByHand',
  /** A position, or a part of it, is closed in the broker's app. */
  'squareOffByHand',
  /** A question for the book or for positions is not answered. */
  'bookUnanswered',
  /** The book lacks the orders that came last. */
  'bookStale',
  /** News of a fill comes after that of the cancellation that followed it. */
  'lateFillNews',
] as const;

/** One of {@link FAULT_KINDS}. */
export type FaultKind = (typeof FAULT_KINDS)[number];

/** A fault that is to happen: inside of a stretch of the day, with a chance at each opportunity, and only so often. */
export interface FaultConfig {
  readonly kind: FaultKind;
  /** 1: at every opportunity. */
  readonly chance: number;
  /** Times of day; from the first to before the second. `null`: from its beginning, to its end. */
  readonly from: MinuteOfDay | null;
  readonly to: MinuteOfDay | null;
  /** In the whole run; `null`: as often as it comes. */
  readonly times: number | null;
  /** `null`: any account. */
  readonly account: AccountId | null;
}

/** How much worse than the prevailing price an order is filled that takes it. */
export type SlippageConfig =
  | { readonly kind: 'none' }
  | { readonly kind: 'ticks'; readonly ticks: number }
  | { readonly kind: 'spread'; readonly share: number }
  | { readonly kind: 'price'; readonly share: number };
