// Entry point of @sauda/engine/testing: contracts and arbitraries for authors of plug-ins.

export { approvedOrder } from './approved-order.js';
export { candles } from './arbitraries/candles.js';
export { journalRecords } from './arbitraries/journal-records.js';
export { pricePaths } from './arbitraries/price-paths.js';
export { type BrokerCheck, type BrokerContractOptions, brokerContract } from './broker-contract.js';
export { fiveMinuteSeries, flatSeries, gapSeries, withoutVolume } from './candle-series.js';
export { type Check, indicatorContract } from './indicator-contract.js';
export { type JournalCheck, type JournalContractOptions, journalContract } from './journal-contract.js';
export { type StrategyContractOptions, strategyContract } from './strategy-contract.js';
