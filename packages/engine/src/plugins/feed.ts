import type { ZodType } from 'zod';

import type { CandleColumns } from '../market/candle.js';
import type { Instrument, InstrumentKey } from '../market/instrument.js';
import type { RuleBook } from '../market/rule-book.js';
import type { Session } from '../market/session.js';
import type { TickColumns } from '../market/tick.js';
import type { Timeframe } from '../market/timeframe.js';
import type { EpochMs, TradingDate } from '../primitives/time.js';

/** What is known when a day opens: the feed's sessions, where it was told to find them in its data, and contracts that it lists. */
export interface DayBlock {
  readonly kind: 'day';
  readonly date: TradingDate;
  /** `null`: the calendar knows better. */
  readonly sessions: readonly Session[] | null;
  /** Contracts that the data of the day has prices for. They win over what rules would list. */
  readonly instruments: readonly Instrument[];
}

/** Candles of one instrument, oldest first, all inside the day's sessions. */
export interface CandleBlock {
  readonly kind: 'candles';
  readonly instrument: InstrumentKey;
  readonly timeframe: Timeframe;
  readonly columns: CandleColumns;
}

/** Ticks in the order in which they were received. */
export interface TickBlock {
  readonly kind: 'ticks';
  readonly columns: TickColumns;
}

/** A stretch of market history, at most a trading day long. Blocks of a feed follow each other in time. */
export type MarketBlock = DayBlock | CandleBlock | TickBlock;

/** Something strange in the data: where, what, and what was done about it. */
export interface DataIssue {
  /** Stable, for programs: `duplicate-minute`, `outside-session`, `off-by-factor`, … */
  readonly code: string;
  readonly file: string;
  /** Line numbers of the first few rows, counted from 1 with the header; empty where no row is meant. */
  readonly lines: readonly number[];
  /** How many rows it concerns. */
  readonly count: number;
  readonly message: string;
  readonly action: 'dropped' | 'kept' | 'sorted' | 'merged';
}

/** Which trading dates are wanted, both included. */
export interface FeedRange {
  readonly from: TradingDate | null;
  readonly to: TradingDate | null;
  /** The first date that is traded on; what lies between `from` and it is history for indicators, which a recording may lack. `from` if absent. */
  readonly tradedFrom?: TradingDate | null;
}

/** The time of a feed whose points come when they happen. */
export interface LiveTime {
  /** What it brings of before is history. */
  readonly since: EpochMs;
  /** Waits until the market has come to a moment and everything that came before it has been read, or until the signal ends the wait. */
  until(time: EpochMs, signal: AbortSignal): Promise<void>;
}

/** A source of market data that a run pulls from. */
export interface Feed {
  readonly name: string;
  /** Where its points come when they happen: the market's time, which passes also while none comes. Absent for what was recorded, or is made up. */
  readonly live?: LiveTime;
  /** The first date it is there to be traded on, where what it brings before that is history for indicators. */
  readonly startsOn?: TradingDate;
  /** The instruments whose prices it brings, as far as known before it is read. */
  readonly instruments: readonly InstrumentKey[];
  /** Reads what lies between two trading dates, both included; `null` is as far as the data goes. */
  blocks(range: FeedRange): AsyncIterable<MarketBlock>;
  /** What was found strange in the data read so far. */
  issues(): readonly DataIssue[];
}

/** What a feed is given when it is opened. */
export interface FeedContext {
  readonly rules: RuleBook;
  /** Relative file names count from this folder. */
  readonly baseDir: string;
  /** `fromData`: days and hours are what the data has. */
  readonly calendar: 'rules' | 'fromData';
}

export interface FeedDefinition<Config = unknown> {
  readonly kind: 'feed';
  /** What a configuration writes after `use:`. */
  readonly name: string;
  /** The feed's own part of the configuration, without `use`. */
  readonly config: ZodType<Config>;
  /** @throws EngineError for what is wrong with the configuration beyond its shape. */
  readonly open: (config: Config, context: FeedContext) => Feed;
}

/** A feed whose configuration's type is known to nobody but itself. */
// biome-ignore lint/suspicious/noExplicitAny: a configuration is checked by the feed's own schema before it reaches its functions.
export type AnyFeed = FeedDefinition<any>;

/** Makes a kind of feed known under a name; a plug-in exports the result. */
export const defineFeed = <Config>(definition: Omit<FeedDefinition<Config>, 'kind'>): FeedDefinition<Config> => ({
  kind: 'feed',
  ...definition,
});
