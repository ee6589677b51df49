import type { InstrumentKey } from '../market/instrument.js';
import type { Side } from '../orders/order-request.js';
import type { AccountId, SetId } from '../primitives/ids.js';
import type { Paise } from '../primitives/money.js';
import type { Price } from '../primitives/price.js';
import type { EpochMs, TradingDate } from '../primitives/time.js';

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
  /** What the accounts had together before the first day; absent in documents that do not say. */
  readonly capitalPaise?: Paise;
  readonly equity: readonly {
    readonly date: TradingDate;
    readonly equityPaise: Paise;
  }[];
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
  /** `entered`, also where it first closed an opposite position; `exited`, where it did no more; or the code of what refused it. */
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
  readonly legs: readonly ReportedLeg[];
  readonly exitReason: string;
  readonly grossPaise: Paise;
  readonly chargesPaise: Paise;
  readonly netPaise: Paise;
}

/** Performance figures; their conventions are those of `portfolio/statistics.ts`. `null`: the sample is too small. */
export interface ReportedFigures {
  readonly roundTrips: number;
  readonly netPaise: Paise;
  readonly grossPaise: Paise;
  readonly chargesPaise: Paise;
  readonly winRate: number | null;
  readonly profitFactor: number | null;
  readonly averageWinPaise: number | null;
  readonly averageLossPaise: number | null;
  readonly expectancyPaise: number | null;
  /** As a share of the peak, a positive number. */
  readonly maxDrawdown: number;
  readonly maxDrawdownPaise: Paise;
  readonly longestDrawdownDays: number;
  readonly longestLosingStreak: number;
  readonly sharpe: number | null;
  readonly sortino: number | null;
}
