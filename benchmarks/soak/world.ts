import { anAccount, aRun } from '../../packages/engine/src/config/plain-run.test-kit.js';
import type { FaultConfig, RunConfig, SimulationConfig } from '../../packages/engine/src/config/run-config.js';
import { createRuleBook } from '../../packages/engine/src/market/create-rule-book.js';
import type { Instrument, InstrumentKey } from '../../packages/engine/src/market/instrument.js';
import type { RuleBook } from '../../packages/engine/src/market/rule-book.js';
import { atIst, type EpochMs, minuteOfDay, type TradingDate } from '../../packages/engine/src/primitives/time.js';
import type { AccountLimits } from '../../packages/engine/src/risk/account-limits.js';
import { defaultLimits } from '../../packages/engine/src/risk/presets.js';
import { noExits } from '../../packages/engine/src/sets/no-exits.test-kit.js';
import type { ExitsConfig, LegConfig, SetConfig } from '../../packages/engine/src/sets/set-config.js';
import { SHARE, tenShares } from '../../packages/engine/src/sets/ten-shares.test-kit.js';

/** A small market: a share, an index with a call, a put and a future, all of them listed. */
export interface World {
  readonly date: TradingDate;
  readonly start: EpochMs;
  readonly rules: RuleBook;
  /** What has prices, with the price of the beginning in ticks. */
  readonly quotes: readonly { readonly key: InstrumentKey; readonly tickSize: number; readonly ticks: number }[];
}

const INDEX = 'NSE_INDEX:NIFTY';

/** Freeze quantities are set low, so that orders of a few lots come in slices. */
const OPTION_FREEZE = 130;
const SHARE_FREEZE = 15;

function worldOf(date: TradingDate, expiry: TradingDate, monthly: TradingDate): World {
  const rules = createRuleBook({ calendar: 'rules' });
  const [option, future] = [contractDate(expiry), contractDate(monthly)];
  const derivative = { exchange: 'NFO', underlying: INDEX, lotSize: 65, freezeQuantity: OPTION_FREEZE } as const;
  const instruments: readonly Instrument[] = [
    { kind: 'equity', key: SHARE, exchange: 'NSE', symbol: 'RELIANCE', tickSize: 0.05, lotSize: 1, freezeQuantity: SHARE_FREEZE },
    ...(['CE', 'PE'] as const).map((optionType): Instrument => {
      const symbol = `NIFTY${option}24500${optionType}`;
      return { kind: 'option', key: `NFO:${symbol}`, symbol, tickSize: 0.05, expiry, strike: 24_500, optionType, ...derivative };
    }),
    { kind: 'future', key: `NFO:NIFTY${future}FUT`, symbol: `NIFTY${future}FUT`, tickSize: 0.1, expiry: monthly, ...derivative },
  ];
  rules.addInstruments(instruments);
  const [, call, put, carried] = instruments as readonly [Instrument, Instrument, Instrument, Instrument];
  return {
    date,
    start: atIst(date, minuteOfDay('10:00')),
    rules,
    quotes: [
      { key: SHARE, tickSize: 0.05, ticks: 30_000 },
      { key: INDEX, tickSize: 0.05, ticks: 490_000 },
      { key: call.key, tickSize: 0.05, ticks: 2_400 },
      { key: put.key, tickSize: 0.05, ticks: 2_200 },
      { key: carried.key, tickSize: 0.1, ticks: 246_000 },
    ],
  };
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** `2026-02-03` as contracts write it: `03FEB26`. */
const contractDate = (date: TradingDate): string => `${date.slice(8)}${MONTHS[Number(date.slice(5, 7)) - 1]}${date.slice(2, 4)}`;

/** A day on which orders go out at the market, and one on which they have to be protected limits. */
export const WORLDS: readonly World[] = [
  worldOf('2026-02-02', '2026-02-03', '2026-02-24'),
  worldOf('2026-11-25', '2026-12-01', '2026-12-29'),
];

/** What a schedule says of the run: which sets there are and how they trade, limits, and what may go wrong. */
export interface RunWords {
  readonly world: number;
  readonly sets: readonly SetWords[];
  readonly tight: boolean;
  readonly poor: boolean;
  readonly simulation: SimulationConfig;
}

export interface SetWords {
  /** Which of the templates. */
  readonly trades: number;
  readonly lots: number;
  readonly protection: SetConfig['protection'];
  readonly exits: number;
}

const ATM = { kind: 'moneyness', stepsOutOfTheMoney: 0 } as const;
const NEAREST = { cycle: 'nearest', minDays: 0 } as const;

interface Template {
  readonly underlying: InstrumentKey;
  readonly accounts: readonly string[];
  readonly leg: (lots: number) => LegConfig;
}

/** What sets trade; the first two meet in one instrument of one account. */
const TEMPLATES: readonly Template[] = [
  { underlying: SHARE, accounts: ['a'], leg: (lots) => ({ kind: 'equity', side: 'signal', size: [{ kind: 'lots', lots: lots * 7 }] }) },
  { underlying: SHARE, accounts: ['a', 'b'], leg: (lots) => ({ kind: 'equity', side: 'buy', size: [{ kind: 'lots', lots: lots * 5 }] }) },
  {
    underlying: INDEX,
    accounts: ['a'],
    leg: (lots) => ({ kind: 'option', optionType: 'CE', side: 'buy', strike: ATM, expiry: NEAREST, size: [{ kind: 'lots', lots }] }),
  },
  {
    underlying: INDEX,
    accounts: ['a'],
    leg: (lots) => ({ kind: 'option', optionType: 'signal', side: 'sell', strike: ATM, expiry: NEAREST, size: [{ kind: 'lots', lots }] }),
  },
  {
    underlying: INDEX,
    accounts: ['b'],
    leg: (lots) => ({ kind: 'future', side: 'signal', expiry: { cycle: 'monthly', minDays: 0 }, size: [{ kind: 'lots', lots }] }),
  },
];

export const TEMPLATES_COUNT = TEMPLATES.length;

const percent = (share: number) => ({ kind: 'percent', share }) as const;

/** Ways to leave. */
const EXITS: readonly Partial<ExitsConfig>[] = [
  { stopLoss: percent(0.002), target: percent(0.003) },
  { stopLoss: percent(0.002), trailing: { start: percent(0.0005), distance: percent(0.001), step: null }, oppositeSignal: 'exit' },
  { stopLoss: percent(0.004), oppositeSignal: 'reverse' },
  { stopLoss: percent(0.003), timeInTradeMs: 15_000 },
  { stopLoss: percent(0.003), target: percent(0.004), partial: [{ at: percent(0.001), share: 0.5 }] },
  { stopLoss: percent(0.002), set: { stopLoss: { kind: 'money', paise: 1_000_00 }, target: null, dayLossPaise: 5_000_00 } },
];

export const EXITS_COUNT = EXITS.length;

function setOf({ trades, lots, protection, exits }: SetWords, index: number): SetConfig {
  const { underlying, accounts, leg } = TEMPLATES[trades] as Template;
  return {
    ...tenShares,
    id: `set${index}`,
    underlyings: [underlying],
    accounts,
    product: underlying === SHARE ? 'MIS' : 'NRML',
    legs: [leg(lots)],
    exits: { ...noExits, ...EXITS[exits] },
    execution: { answerWithinMs: 3_000, entryWithinMs: 8_000, chaseEveryMs: 1_000, chases: 3, chaseWithin: null },
    protection,
  };
}

/** Limits that some schedules run into, and that others do not. */
const limitsOf = (tight: boolean): AccountLimits => ({
  ...defaultLimits,
  maxOpenSets: null,
  capitalPerTradePaise: null,
  dailyLoss: tight ? { kind: 'money', paise: 2_500_00 } : null,
  maxDrawdown: null,
  rejectionsInARow: tight ? 3 : null,
  ordersPerSecond: tight ? 4 : 9,
});

export const configOf = ({ sets, tight, poor, simulation }: RunWords): RunConfig => ({
  ...aRun(sets.map(setOf), { simulation, risk: { rearm: 'byHand', brokerLostMs: 45_000, reconcileEveryMs: 60_000 } }),
  mode: 'paper',
  accounts: ['a', 'b'].map((id) => ({ ...anAccount(id), capitalPaise: poor ? 4_00_000_00 : 10_00_00_000_00, limits: limitsOf(tight) })),
  futures: null,
  chargesFrom: null,
});

/** When planned faults end: what is left to be cleared up then has time for it. */
export const FAULTS_END = minuteOfDay('10:02');

export const faultOf = (kind: FaultConfig['kind'], chance: number): FaultConfig => ({
  kind,
  chance,
  from: null,
  to: FAULTS_END,
  times: null,
  account: null,
});
