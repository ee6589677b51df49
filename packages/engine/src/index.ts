// Entry point of @sauda/engine: every public name, by subject. Inside the engine nothing imports this file.

export type { RunReport } from './backtest/report.js';
export { type RunOptions, type RunResult, runConfig } from './backtest/run.js';
export { type ChartSpec, chart } from './candles/chart.js';
export { heikinAshiCandles } from './candles/heikin-ashi.js';
export { renkoBricks } from './candles/renko.js';
export { resample } from './candles/resample.js';
export { timeCandles } from './candles/time-candles.js';
export { defineConfig } from './config/define-config.js';
export { runConfigJsonSchema } from './config/json-schema.js';
export { type ParsedRunConfig, parseRunConfig } from './config/parse-run-config.js';
export type { RunConfig } from './config/run-config.js';
export type { RunConfigInput } from './config/run-schema.js';
export { parseSandboxConfig, SANDBOX_PORT, type SandboxConfig } from './config/sandbox-config.js';
export { arrayFeed } from './feeds/array-feed.js';
export { chainCsvFeed } from './feeds/chain-csv-feed.js';
export { csvFeed } from './feeds/csv-feed.js';
export { type FeedSummary, inspectFeed } from './feeds/inspect-feed.js';
export { randomWalkFeed } from './feeds/random-walk.js';
export { syntheticFeed } from './feeds/synthetic-feed.js';
export { accumulationDistribution } from './indicators/accumulation-distribution.js';
export { adx } from './indicators/adx.js';
export { atr } from './indicators/atr.js';
export { bollinger } from './indicators/bollinger.js';
export { cci } from './indicators/cci.js';
export { type Crossing, crossing } from './indicators/crossing.js';
export { ema } from './indicators/ema.js';
export { indicate, type Reading, type Recipes, type ValuesOf } from './indicators/indicate.js';
export { type Indicator, type IndicatorRecipe, recipe } from './indicators/indicator.js';
export { type LevelCrossing, levelCrossing } from './indicators/level-crossing.js';
export { macd } from './indicators/macd.js';
export { momentum } from './indicators/momentum.js';
export { obv } from './indicators/obv.js';
export { openingRange } from './indicators/opening-range.js';
export { pivotLevels, pivots } from './indicators/pivots.js';
export { psar } from './indicators/psar.js';
export { roc } from './indicators/roc.js';
export { rsi } from './indicators/rsi.js';
export { sma } from './indicators/sma.js';
export { stochastic } from './indicators/stochastic.js';
export { stochasticSlow } from './indicators/stochastic-slow.js';
export { supertrend } from './indicators/supertrend.js';
export { fromTechnicalIndicators } from './indicators/technicalindicators-adapter.js';
export { trueRange } from './indicators/true-range.js';
export { volumeRatio } from './indicators/volume-ratio.js';
export { vwap } from './indicators/vwap.js';
export { warmUp } from './indicators/warm-up.js';
export { williamsR } from './indicators/williams-r.js';
export { wma } from './indicators/wma.js';
export type { DurableJournal, Snapshot } from './journal/durable-journal.js';
export type { FileJournal } from './journal/file-journal.js';
export type { Journal, JournalEvent, JournalRecord } from './journal/journal.js';
export { memoryJournal } from './journal/memory-journal.js';
export { type FileJournalOptions, openFileJournal } from './journal/open-file-journal.js';
export type { Candle, CandleColumns } from './market/candle.js';
export { createRuleBook, type RuleBookOptions } from './market/create-rule-book.js';
export type { Exchange, Instrument, InstrumentKey, OptionType } from './market/instrument.js';
export { formatInstrumentKey, parseInstrumentKey } from './market/instrument-key.js';
export type { RuleBook } from './market/rule-book.js';
export type { Session, SessionCalendar } from './market/session.js';
export type { Tick, TickColumns } from './market/tick.js';
export { TIMEFRAMES, type Timeframe } from './market/timeframe.js';
export { black76, black76Price } from './options/black-76.js';
export { blackScholes, blackScholesPrice } from './options/black-scholes.js';
export { carryRate, futureFromSpot } from './options/cost-of-carry.js';
export { calendarDays365, DAY_COUNTS, type DayCount, expiryMoment, tradingDays252 } from './options/day-count.js';
export { impliedVolatility } from './options/implied-volatility.js';
export type { OptionTerms, OptionValuation } from './options/option-terms.js';
export { atmStrike, type StrikeSelection, selectStrike } from './options/select-strike.js';
export type { Approved } from './orders/approved.js';
export type { BookOrder, BookPosition } from './orders/book.js';
export type { BrokerNews, OrderTerms } from './orders/broker-news.js';
export { type ChargeSchedule, type Charges, type ChargeTerms, chargeSchedule, chargesOf } from './orders/charges.js';
export { type ContractNote, contractNote, type NoteFill } from './orders/contract-note.js';
export { contractNoteText } from './orders/contract-note-text.js';
export type { Fill } from './orders/fill.js';
export type { OrderKind, OrderModification, OrderPurpose, OrderRequest, Product, Side, Validity } from './orders/order-request.js';
export type { OutsideFill } from './orders/outside-fill.js';
export { protectedLimit } from './orders/protected-limit.js';
export {
  type Answer,
  type BookAnswer,
  type Broker,
  type BrokerContext,
  type BrokerDefinition,
  type ChangeAnswer,
  defineBroker,
  type PositionsAnswer,
  type Venue,
} from './plugins/broker.js';
export { type DataIssue, defineFeed, type Feed, type FeedDefinition, type MarketBlock } from './plugins/feed.js';
export { createRegistry, type Plugin, type Registry } from './plugins/registry.js';
export { defineStrategy, type Market, type StrategyContext, type StrategyDefinition } from './plugins/strategy.js';
export { groupBy } from './portfolio/group-by.js';
export type { RoundTrip } from './portfolio/round-trip.js';
export { type PerformanceFigures, performanceFigures } from './portfolio/statistics.js';
export { type Decider, fold } from './primitives/decider.js';
export { EngineError, type ErrorContext } from './primitives/errors.js';
export type { AccountId, BrokerOrderId, ClientOrderId, FillId, InstanceId, SetId } from './primitives/ids.js';
export { formatRupees, type Paise, paiseFromRupees, roundHalfEven, rupeesFromPaise } from './primitives/money.js';
export { gridAbove, gridBelow, isOnTickGrid, type Price, snapToTickGrid, turnoverPaise } from './primitives/price.js';
export { type Problem, ProblemsError } from './primitives/problem.js';
export { type SeededRandom, seededRandom } from './primitives/seeded-random.js';
export {
  atIst,
  type DurationMs,
  type EpochMs,
  formatIst,
  formatMinuteOfDay,
  type MinuteOfDay,
  minuteOfDay,
  type TradingDate,
  tradingDate,
} from './primitives/time.js';

export type { AccountEvent } from './risk/account-event.js';
export type { AccountLimits } from './risk/account-limits.js';
export { estimateMargin, type MarginLeg } from './risk/margin.js';
export { defaultMarginRates, type MarginRates } from './risk/margin-rates.js';
export { type AccountPresetName, accountPresets, defaultLimits } from './risk/presets.js';
export type { SystemEvent } from './risk/system-decider.js';
export type { TradingSwitch } from './risk/trading-switch.js';
export type { Alert } from './runtime/alert.js';
export { ExchangeHost, type ExchangeHostParts } from './runtime/exchange-host.js';
export type { MarketClock } from './runtime/market-clock.js';
export { openFeeds } from './runtime/open-feeds.js';
export { type Command, type CommandAnswer, RunControl } from './runtime/run-control.js';
export type { AccountStatus, OpenOrderStatus, PositionStatus, RunStatus, SetStatus } from './runtime/run-status.js';

export type { SetConfig } from './sets/set-config.js';
export { setDecider } from './sets/set-decider.js';
export type { SetEvent } from './sets/set-event.js';
export type { SetInput } from './sets/set-input.js';
export type { SetInstance } from './sets/set-instance.js';
export type { SetState } from './sets/set-state.js';
export type { Direction, Signal } from './sets/signal.js';
export type { ExchangeLine } from './simulation/simulated-exchange.js';
