import { map, mergeMap, type Observable, of } from 'rxjs';
import { z } from 'zod';

import type { AccountConfig, RunConfig, SimulationConfig } from '../config/run-config.js';
import { arrayFeed } from '../feeds/array-feed.js';
import { crossing } from '../indicators/crossing.js';
import { ema } from '../indicators/ema.js';
import { indicate } from '../indicators/indicate.js';
import type { JournalEvent, JournalRecord } from '../journal/journal.js';
import type { InstrumentKey } from '../market/instrument.js';
import { type BrokerDefinition, defineBroker } from '../plugins/broker.js';
import type { Feed, MarketBlock } from '../plugins/feed.js';
import { createRegistry, type Plugin } from '../plugins/registry.js';
import { defineStrategy } from '../plugins/strategy.js';
import { atIst, type EpochMs, MINUTE_MS, minuteOfDay, type TradingDate } from '../primitives/time.js';
import type { AccountEvent } from '../risk/account-event.js';
import type { AccountLimits } from '../risk/account-limits.js';
import type { SystemEvent } from '../risk/system-decider.js';
import type { ExitsConfig, SetConfig } from '../sets/set-config.js';
import type { SetEvent } from '../sets/set-event.js';
import type { Signal } from '../sets/signal.js';
import { type RunOptions, type RunResult, runConfig } from './run.js';

/** A share on a grid of five paise: the instrument of the examples. */
export const SHARE = 'NSE:RELIANCE';

/** A Monday. */
export const MONDAY = '2026-02-02';
export const TUESDAY = '2026-02-03';

/** `09:15` or `09:15:30.1` on a date. */
export function at(time: string, date: TradingDate = MONDAY): EpochMs {
  const [, hours = '', seconds = '0'] = /^(\d\d:\d\d)(?::([\d.]+))?$/.exec(time) ?? [];
  return atIst(date, minuteOfDay(hours)) + Math.round(Number(seconds) * 1000);
}

export const noLimits: AccountLimits = {
  maxOpenSets: null,
  onePosition: false,
  capitalPerTradePaise: null,
  firstEntryMarginShare: 1,
  maxMarginUse: 1,
  riskPerTrade: null,
  dailyLoss: null,
  weeklyLoss: null,
  maxDrawdown: null,
  profitTargets: { weekPaise: null, monthPaise: null, stop: false },
  ordersPerSecond: null,
  ordersPerMinute: null,
  ordersPerDay: null,
  maxOrderValuePaise: null,
  maxLeverage: null,
  products: null,
  instruments: null,
  orderKinds: null,
  rejectionsInARow: null,
  adaptive: null,
};

const noExits: ExitsConfig = {
  stopLoss: null,
  target: null,
  trailing: null,
  timeInTradeMs: null,
  squareOff: null,
  endOfDay: null,
  oppositeSignal: null,
  underlyingRange: null,
  daysBeforeExpiry: null,
  partial: [],
  set: { stopLoss: null, target: null, dayLossPaise: null },
};

type SetChanges = Partial<Omit<SetConfig, 'exits'>> & { readonly exits?: Partial<ExitsConfig> };

/** A set that buys ten shares on a bullish signal and sells ten on a bearish one, without any exit of its own. */
export const setOf = ({ exits, ...changes }: SetChanges = {}): SetConfig => ({
  id: 'one',
  name: '',
  active: true,
  note: '',
  strategy: { use: 'scripted', params: { signals: [] } },
  underlyings: [SHARE],
  accounts: ['main'],
  chart: { type: 'candlestick', timeframe: '1m' },
  window: { from: 0, to: 1440 },
  weekdays: [0, 1, 2, 3, 4, 5, 6],
  checks: { entryEveryMs: null, exitEveryMs: null },
  product: 'MIS',
  legs: [{ kind: 'equity', side: 'signal', size: [{ kind: 'lots', lots: 10 }] }],
  reentry: { mode: 'signal', times: null, coolDownMs: 0 },
  warmup: null,
  staleAfterMs: MINUTE_MS,
  execution: { answerWithinMs: 5_000, entryWithinMs: 10_000, chaseEveryMs: 2_000, chases: 4, chaseWithin: null },
  protection: 'engine',
  approval: 'auto',
  waive: [],
  ...changes,
  exits: { ...noExits, ...exits },
});

export const accountOf = (id: string, limits: Partial<AccountLimits> = {}, use = 'paper'): AccountConfig => ({
  id,
  broker: { use, config: {} },
  capitalPaise: 10_00_000_00,
  live: false,
  limits: { ...noLimits, ...limits },
});

/** An exchange a tenth of a second away, without slippage and faults. */
export const exchangeOf = (changes: Partial<SimulationConfig> = {}): SimulationConfig => ({
  latency: { kind: 'fixed', ms: 100 },
  slippage: { kind: 'none' },
  fill: { kind: 'touch' },
  size: null,
  path: 'straight',
  priceBand: null,
  margin: true,
  autoSquareOff: null,
  seed: 1,
  faults: [],
  ...changes,
});

/** A backtest on data that is its own calendar, without slippage, a tenth of a second from a decision to the exchange. */
export const configOf = (sets: readonly SetConfig[], changes: Partial<RunConfig> = {}): RunConfig => ({
  mode: 'backtest',
  from: null,
  to: null,
  accounts: [accountOf('main')],
  feeds: [],
  sets,
  premiums: { model: 'black-scholes', volatility: { kind: 'fixed', share: 0.14 }, rate: 0.065 },
  futures: { model: 'costOfCarry', rate: 0 },
  vix: null,
  instruments: {},
  calendar: 'fromData',
  chargesFrom: '2026-02-02',
  simulation: exchangeOf(),
  risk: {
    tradingSwitch: 'active',
    rearm: 'nextPeriod',
    feedStaleMs: null,
    brokerLostMs: null,
    clockSkewMs: null,
    maxQuoteAgeMs: null,
    reconcileEveryMs: null,
  },
  contractNotes: false,
  clock: { speed: Infinity },
  store: { journal: null, mongodb: null },
  plugins: [],
  ...changes,
});

/** Says what its parameters say, at the closes of the candles that they name. */
const scripted = defineStrategy({
  name: 'scripted',
  summary: 'Speaks at given times.',
  params: z.object({ signals: z.array(z.object({ at: z.number(), kind: z.string(), direction: z.string() })) }),
  warmup: () => 0,
  signals: ({ market, set, params }): Observable<Signal> =>
    market.candles(set.underlying, set.chart).pipe(
      mergeMap(({ closeTime }) =>
        of(...params.signals.filter((signal) => signal.at === closeTime)).pipe(
          map(
            ({ kind, direction }): Signal => ({
              kind: kind === 'exit' ? 'exit' : 'enter',
              direction: direction === 'bearish' ? 'bearish' : direction === 'bullish' ? 'bullish' : 'neutral',
              at: closeTime,
              reason: 'It is written.',
              values: {},
            }),
          ),
        ),
      ),
    ),
});

/** A scripted strategy's configuration: signals at the closes of candles. */
export const signalsAt = (...signals: readonly (readonly [EpochMs, Signal['direction'], Signal['kind']?])[]): SetConfig['strategy'] => ({
  use: 'scripted',
  params: { signals: signals.map(([time, direction, kind = 'enter']) => ({ at: time, kind, direction })) },
});

/** Two averages that cross: signals that come from the data. */
export const averages = defineStrategy({
  name: 'averages',
  summary: 'Two averages cross.',
  params: z.object({ fast: z.number().default(3), slow: z.number().default(8) }),
  warmup: ({ params: { slow } }) => slow * 4,
  signals: ({ market, set, params: { fast, slow } }) =>
    market.candles(set.underlying, set.chart).pipe(
      indicate({ fast: ema({ period: fast }), slow: ema({ period: slow }) }),
      crossing('fast', 'slow'),
      map(
        ({ crossed, candle, values }): Signal => ({
          kind: 'enter',
          direction: crossed === 'above' ? 'bullish' : 'bearish',
          at: candle.closeTime,
          reason: `crossed ${crossed}`,
          values,
        }),
      ),
    ),
});

/** A broker whose orders go to the simulated exchange, which answers at once. */
export const paper: BrokerDefinition = defineBroker({
  name: 'paper',
  simulated: true,
  config: z.unknown(),
  connect: (_, { venue }) => ({
    submit: (order) => venue.submit(order),
    modify: (change) => venue.modify(change),
    cancel: (orderId) => venue.cancel(orderId),
    orders: () => venue.orders(),
    positions: () => venue.positions(),
    close: () => undefined,
  }),
});

/** A run with everything that was journalled. */
export interface Told extends RunResult {
  readonly records: readonly JournalRecord[];
  /** What the sets journalled. */
  readonly events: readonly SetEvent[];
  /** What the accounts and the system journalled. */
  readonly guard: readonly (AccountEvent | SystemEvent)[];
}

/** Runs a configuration over blocks, with the plug-ins of this kit and `plugins`, which take the place of those of their names. */
export async function run(
  config: RunConfig,
  market: readonly MarketBlock[] | readonly Feed[],
  { plugins = [], ...options }: Partial<RunOptions> & { readonly plugins?: readonly Plugin[] } = {},
): Promise<Told> {
  const records: JournalRecord[] = [];
  const own = [scripted, averages, paper].filter(({ name }) => !plugins.some((plugin) => plugin.name === name));
  const result = await runConfig(config, {
    registry: createRegistry([...own, ...plugins]),
    feeds: feedsOf(market),
    onRecord: (record) => records.push(record),
    ...options,
  });
  const ofSets = records.filter(({ instance }) => instance.includes('|'));
  const guard = records.filter((record) => !ofSets.includes(record)).flatMap(({ events }) => events as Told['guard']);
  return { ...result, records, events: ofSets.flatMap(({ events }) => events as Told['events']), guard };
}

function feedsOf(market: readonly MarketBlock[] | readonly Feed[]): readonly Feed[] {
  const feeds: Feed[] = [];
  const blocks: MarketBlock[] = [];
  for (const part of market) {
    if ('kind' in part) blocks.push(part);
    else feeds.push(part);
  }
  return blocks.length > 0 ? [arrayFeed(blocks)] : feeds;
}

/** Open, high, low, close. */
export type Bar = readonly [open: number, high: number, low: number, close: number];

/** A candle at a level. */
export const flat = (price: number): Bar => [price, price, price, price];

/** A day with its sessions, then its one-minute candles by the time at which they open. */
export function dayOf(
  bars: Readonly<Record<string, Bar>>,
  {
    date = MONDAY,
    instrument = SHARE,
    hours = ['09:15', '15:30'],
  }: { readonly date?: TradingDate; readonly instrument?: InstrumentKey; readonly hours?: readonly [string, string] } = {},
): readonly MarketBlock[] {
  const times = Object.keys(bars).sort();
  const column = (value: (time: string, bar: Bar) => number): Float64Array =>
    Float64Array.from(times, (time) => value(time, bars[time] ?? flat(Number.NaN)));
  return [
    { kind: 'day', date, sessions: [{ date, open: at(hours[0], date), close: at(hours[1], date) }], instruments: [] },
    {
      kind: 'candles',
      instrument,
      timeframe: '1m',
      columns: {
        length: times.length,
        openTime: column((time) => at(time, date)),
        closeTime: column((time) => at(time, date) + MINUTE_MS),
        open: column((_, [open]) => open),
        high: column((_, [, high]) => high),
        low: column((_, [, , low]) => low),
        close: column((_, [, , , close]) => close),
        volume: column(() => 0),
      },
    },
  ];
}

export const eventsOf = <Kind extends SetEvent['kind']>(
  events: readonly JournalEvent[],
  kind: Kind,
): readonly Extract<SetEvent, { kind: Kind }>[] =>
  events.filter((event): event is Extract<SetEvent, { kind: Kind }> => event.kind === kind);

/** Side, price and time of each fill. */
export const fillsOf = (events: readonly SetEvent[]): readonly (readonly [string, number, EpochMs])[] =>
  eventsOf(events, 'legFilled').map(({ fill: { side, price, time } }) => [side, price, time]);
