import {
  type Candle,
  createRuleBook,
  crossing,
  ema,
  fold,
  indicate,
  type JournalRecord,
  memoryJournal,
  resample,
  runConfig,
  type SetEvent,
  setDecider,
  type Tick,
  timeCandles,
} from '@sauda/engine';
import { Subject } from 'rxjs';

import { candlesOf } from './candles-of.js';
import { everyCrossing, FAST, SLOW } from './every-crossing.js';
import { feedOver, type Market } from './market.js';
import { registry } from './read-config.js';
import { type Timing, timed } from './timed.js';
import { wholeRun } from './whole-run.js';

/** A part of the engine on its own, and what it goes through. */
export interface PartTiming extends Timing {
  readonly part: string;
  readonly per: 'candle' | 'tick' | 'event';
}

/** What the parts cost one by one, from the least to nearly everything. */
export async function timedParts(market: Market, options: { readonly runs: number }): Promise<readonly PartTiming[]> {
  const candles = market.columns.flatMap(candlesOf);
  const records = await recordsOf(market);
  const events = [...eventsOf(records)].length;
  const perCandle = async (part: string, work: () => number | Promise<number>): Promise<PartTiming> => ({
    part,
    per: 'candle',
    ...(await timed(candles.length, work, options)),
  });
  const perEvent = async (part: string, work: () => number): Promise<PartTiming> => ({
    part,
    per: 'event',
    ...(await timed(events, work, options)),
  });
  return [
    await perCandle('two averages, called directly', () => averages(candles)),
    await perCandle('indicate and crossing behind a Subject', () => crossings(candles)),
    await perCandle('5m candles from 1m candles', () => fiveMinutes(candles, market)),
    { part: '1m candles from ticks', per: 'tick', ...(await timed(candles.length * 4, () => fromTicks(candles, market), options)) },
    await perEvent('what an event makes of a set (evolve)', () => evolved(records)),
    await perEvent('canonical form and SHA-256', () => hashed(records)),
    await perCandle('the loop, the set stopped', () => runOf(market, { active: false })),
    await perCandle('the loop, signals and refusals', () => runOf(market, { trades: false })),
    await perCandle('the loop, some 300 round trips', () => runOf(market, { fast: 200, slow: 1_000 })),
  ];
}

/** Every decision of one run. */
async function recordsOf(market: Market): Promise<readonly JournalRecord[]> {
  const journal = memoryJournal({ keep: 'all' });
  await runConfig(everyCrossing(), { registry, journal, feeds: [feedOver(market)] });
  return journal.records;
}

function averages(candles: readonly Candle[]): number {
  const fast = ema({ period: FAST })();
  const slow = ema({ period: SLOW })();
  let sum = 0;
  for (const candle of candles) sum += (fast.next(candle) ?? 0) - (slow.next(candle) ?? 0);
  return sum;
}

function crossings(candles: readonly Candle[]): number {
  const candles$ = new Subject<Candle>();
  let count = 0;
  candles$.pipe(indicate({ fast: ema({ period: FAST }), slow: ema({ period: SLOW }) }), crossing('fast', 'slow')).subscribe(() => {
    count += 1;
  });
  for (const candle of candles) candles$.next(candle);
  return count;
}

function calendarOf({ blocks }: Market) {
  const rules = createRuleBook({ calendar: 'fromData' });
  for (const block of blocks) if (block.kind === 'day' && block.sessions !== null) rules.addSessions(block.sessions);
  return rules.calendar;
}

function fiveMinutes(candles: readonly Candle[], market: Market): number {
  const candles$ = new Subject<Candle>();
  let count = 0;
  candles$.pipe(resample({ timeframe: '5m', calendar: calendarOf(market), segment: 'index' })).subscribe(() => {
    count += 1;
  });
  for (const candle of candles) candles$.next(candle);
  return count;
}

/** Four ticks a candle, 15 seconds apart. */
function fromTicks(candles: readonly Candle[], market: Market): number {
  const ticks$ = new Subject<Tick>();
  let count = 0;
  ticks$.pipe(timeCandles({ timeframe: '1m', calendar: calendarOf(market), segment: 'index' })).subscribe(() => {
    count += 1;
  });
  const tick = (time: number, price: number): void =>
    ticks$.next({
      instrument: 'NSE_INDEX:NIFTY',
      exchangeTime: time,
      receivedTime: time,
      price,
      volume: null,
      openInterest: null,
      bid: null,
      ask: null,
    });
  for (const { openTime, open, high, low, close } of candles) {
    tick(openTime, open);
    tick(openTime + 15_000, low);
    tick(openTime + 30_000, high);
    tick(openTime + 45_000, close);
  }
  return count;
}

function evolved(records: readonly JournalRecord[]): number {
  const [set] = everyCrossing().sets;
  const instance = records.find(ofASet)?.instance;
  if (set === undefined || instance === undefined) throw new RangeError('The run that is replayed decided nothing.');
  const about = { account: 'main', underlying: 'NSE_INDEX:NIFTY', capitalPaise: 1_00_000_00, orderPrefix: 'b' };
  const decider = setDecider({ id: instance, ...about, config: set });
  return fold(decider, eventsOf(records)).phase.length;
}

/** Accounts journal beside the sets, under names of their own. */
const ofASet = ({ instance }: JournalRecord): boolean => instance.includes('|');

function* eventsOf(records: readonly JournalRecord[]): Generator<SetEvent> {
  for (const record of records) if (ofASet(record)) yield* record.events as readonly SetEvent[];
}

function hashed(records: readonly JournalRecord[]): number {
  const journal = memoryJournal();
  for (const record of records) void journal.append(record);
  return journal.hash().length;
}

const runOf = async (market: Market, options: Parameters<typeof everyCrossing>[0]): Promise<number> =>
  (await wholeRun(everyCrossing(options), market)).events;
