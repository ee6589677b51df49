import type { InstrumentKey } from '../market/instrument.js';
import type { InstrumentOverride } from '../market/rule-book.js';
import type { AccountId } from '../primitives/ids.js';
import type { Paise } from '../primitives/money.js';
import type { DurationMs, TradingDate } from '../primitives/time.js';
import type { AccountLimits } from '../risk/account-limits.js';
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

export interface SimulationConfig {
  readonly latencyMs: DurationMs;
  readonly slippage: SlippageConfig;
  /** Whether a resting limit order fills when its price is touched, or only when the market trades through it. */
  readonly fill: 'touch' | 'through';
  /** `pessimistic`: within a candle the extreme that is worse for the set comes first, and trailing stops follow only at its end. */
  readonly path: 'straight' | 'pessimistic';
}

export type SlippageConfig =
  | { readonly kind: 'none' }
  | { readonly kind: 'ticks'; readonly ticks: number }
  | { readonly kind: 'spread'; readonly share: number }
  | { readonly kind: 'price'; readonly share: number };
