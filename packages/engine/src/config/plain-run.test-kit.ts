import { MONDAY } from '../primitives/mondays.test-kit.js';
import type { AccountLimits } from '../risk/account-limits.js';
import { noLimits } from '../risk/no-limits.test-kit.js';
import type { SetConfig } from '../sets/set-config.js';
import { plainSimulation } from './plain-simulation.test-kit.js';
import type { AccountConfig, RiskConfig, RunConfig } from './run-config.js';

/** An account of ₹10,00,000, without any limit but those that are given. */
export const anAccount = (id = 'main', limits: Partial<AccountLimits> = {}): AccountConfig => ({
  id,
  broker: { use: 'paper', config: {} },
  capitalPaise: 10_00_000_00,
  live: false,
  limits: { ...noLimits, ...limits },
});

/** Accounts that nothing watches over. */
export const nobodyWatches: RiskConfig = {
  tradingSwitch: 'active',
  rearm: 'nextPeriod',
  feedStaleMs: null,
  brokerLostMs: null,
  clockSkewMs: null,
  maxQuoteAgeMs: null,
  reconcileEveryMs: null,
};

/** A run over some sets, with nothing that watches over it unless it is asked for. */
export const aRun = (
  sets: readonly SetConfig[],
  { risk = {}, ...changes }: Partial<Omit<RunConfig, 'risk'>> & { readonly risk?: Partial<RiskConfig> } = {},
): RunConfig => ({
  mode: 'backtest',
  from: null,
  to: null,
  accounts: [anAccount()],
  feeds: [],
  sets,
  premiums: { model: 'black-scholes', volatility: { kind: 'fixed', share: 0.14 }, rate: 0.065 },
  futures: { model: 'costOfCarry', rate: 0 },
  vix: null,
  instruments: {},
  calendar: 'rules',
  chargesFrom: MONDAY,
  simulation: plainSimulation,
  risk: { ...nobodyWatches, ...risk },
  contractNotes: false,
  clock: { speed: Infinity },
  store: { journal: null, mongodb: null },
  plugins: [],
  ...changes,
});
