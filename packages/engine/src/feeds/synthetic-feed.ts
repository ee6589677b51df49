import type { OptionInstrument } from '../market/instrument.js';
import { segmentOf } from '../market/segment-of.js';
import type { Session } from '../market/session.js';
import { nearestStrike } from '../market/strikes.js';
import { calendarDays365 } from '../options/day-count.js';
import { defineFeed, type Feed, type FeedContext, type FeedRange, type MarketBlock } from '../plugins/feed.js';
import { EngineError } from '../primitives/errors.js';
import { snapToTickGrid } from '../primitives/price.js';
import { addDays, MINUTE_MS, SECOND_MS, type TradingDate, weekdayOf } from '../primitives/time.js';
import { type SyntheticChain, syntheticChain } from './synthetic-chain.js';
import { type SyntheticConfig, startSpot, syntheticConfig } from './synthetic-config.js';
import { syntheticHistory } from './synthetic-history.js';
import { type SyntheticPath, syntheticPath } from './synthetic-path.js';
import { type TickRows, tickRows } from './tick-rows.js';
import { ordinaryHours } from './trading-hours.js';

const INDIA_VIX = 'NSE_INDEX:INDIAVIX';
const VIX_EVERY_MS = 15 * SECOND_MS;

/** A block holds this much time. */
const BLOCK_MS = 15 * MINUTE_MS;

/** With this many days in a row without trading, the calendar is at its end. */
const CLOSED_DAYS_MAX = 30;

/**
 * The built-in market: `use: synthetic`. Ticks of an index or share, its options, and India VIX, from a seed; the same on every machine.
 *
 * It looks like a market and knows nothing of any: good for trying things out and for tests, worthless for judging a strategy.
 */
export const syntheticFeed = defineFeed<SyntheticConfig>({ name: 'synthetic', config: syntheticConfig, open: openSyntheticFeed });

function openSyntheticFeed(config: SyntheticConfig, context: FeedContext): Feed {
  const { underlying, vix, seed } = config;

  async function* blocks({ from, to }: FeedRange): AsyncGenerator<MarketBlock> {
    // Each part of the market has chance of its own, so that leaving one out does not change the others.
    const path = syntheticPath({
      seed: seed * 4 + 1,
      price: config.spot ?? startSpot(underlying),
      volatility: config.volatility,
      jumpsPerDay: config.jumps,
    });
    if (from !== null) yield* syntheticHistory(config, context, from, (date) => sessionsOn(date, context, underlying));
    let openLots: ReadonlyMap<string, number> = new Map();
    let date = firstTradingDay(config.start, context, underlying);
    for (let made = 0; made < config.days && (to === null || date <= to); made += 1) {
      path.overnight();
      const day = openDay(config, context, { date, path, openLots, seed: seed * 4 + 2 + made * 1_000_003 });
      const wanted = from === null || date >= from;
      if (wanted) yield { kind: 'day', date, sessions: context.calendar === 'fromData' ? day.sessions : null, instruments: day.contracts };
      for (const block of dayBlocks(config, day)) if (wanted) yield block;
      openLots = day.chain?.openLots ?? openLots;
      if (made + 1 < config.days) date = firstTradingDay(addDays(date, 1), context, underlying);
    }
  }

  return {
    name: `synthetic:${underlying}`,
    startsOn: config.start,
    instruments: vix ? [underlying, INDIA_VIX] : [underlying],
    blocks,
    issues: () => [],
  };
}

interface SyntheticDay {
  readonly sessions: readonly Session[];
  readonly tickSize: number;
  readonly path: SyntheticPath;
  readonly contracts: readonly OptionInstrument[];
  readonly chain: SyntheticChain | null;
  /** Years from a moment to an expiry. */
  readonly years: (now: number) => (expiry: string) => number;
}

function openDay(
  config: SyntheticConfig,
  context: FeedContext,
  {
    date,
    path,
    openLots,
    seed,
  }: { readonly date: TradingDate; readonly path: SyntheticPath; readonly openLots: ReadonlyMap<string, number>; readonly seed: number },
): SyntheticDay {
  const { underlying } = config;
  const { rules } = context;
  const contracts = config.chain ? listContracts(config, context, date, path.price) : [];
  return {
    sessions: sessionsOn(date, context, underlying),
    tickSize: rules.instrument(underlying, date).tickSize,
    path,
    contracts,
    chain:
      contracts.length === 0
        ? null
        : syntheticChain(contracts, {
            seed,
            rate: config.rate,
            spot: path.price,
            strikeStep: rules.strikeStep(underlying, date),
            strikes: config.strikes,
            firstPlace: 2,
            openLotsBefore: openLots,
          }),
    years: (now) => (expiry) => calendarDays365({ now, expiry, calendar: rules.calendar }),
  };
}

/** Twice as many strikes as are quoted, so that the money stays inside however the day goes. */
function listContracts(
  { underlying, expiries, strikes }: SyntheticConfig,
  { rules }: FeedContext,
  date: TradingDate,
  spot: number,
): readonly OptionInstrument[] {
  const step = rules.strikeStep(underlying, date);
  const middle = nearestStrike(spot, step);
  const contracts: OptionInstrument[] = [];
  for (const expiry of rules.expiries({ underlying, on: date, cycle: 'any', kind: 'option', count: expiries })) {
    for (let place = -2 * strikes; place <= 2 * strikes; place += 1) {
      const strike = nearestStrike(middle + place * step, step);
      if (strike <= 0) continue;
      contracts.push(
        rules.option({ underlying, expiry, strike, optionType: 'CE' }, date),
        rules.option({ underlying, expiry, strike, optionType: 'PE' }, date),
      );
    }
  }
  return contracts;
}

function* dayBlocks(config: SyntheticConfig, { sessions, tickSize, path, contracts, chain, years }: SyntheticDay): Generator<MarketBlock> {
  const { underlying, tickEvery } = config;
  const ticks: TickRows = tickRows([underlying, INDIA_VIX, ...contracts.map(({ key }) => key)], { exchangeTime: true });
  const none = Number.NaN;
  for (const { open, close } of sessions) {
    let blockEnd = open + BLOCK_MS;
    let vixDue = open;
    let chainDue = open;
    for (let time = open; time < close; time += tickEvery) {
      if (time >= blockEnd) {
        yield { kind: 'ticks', columns: ticks.take() };
        blockEnd += BLOCK_MS * Math.ceil((time - blockEnd + 1) / BLOCK_MS);
      }
      if (time > open) path.step(tickEvery, (time - open) / (close - open));
      const spot = snapToTickGrid(path.price, { tickSize });
      ticks.add(0, time, spot, none, none, none, none);
      if (config.vix && time >= vixDue) {
        vixDue += VIX_EVERY_MS * Math.ceil((time - vixDue + 1) / VIX_EVERY_MS);
        ticks.add(1, time, Math.round(path.volatility * 10_000) / 100, none, none, none, none);
      }
      if (chain !== null && time >= chainDue) {
        chainDue += config.chainEvery * Math.ceil((time - chainDue + 1) / config.chainEvery);
        chain.quote({ time, spot, volatility: path.volatility, years: years(time) }, ticks);
      }
    }
    if (ticks.length > 0) yield { kind: 'ticks', columns: ticks.take() };
  }
}

/** The calendar's sessions; where days are what the data has, weekdays with ordinary hours. */
function sessionsOn(date: TradingDate, { rules, calendar }: FeedContext, underlying: string): readonly Session[] {
  if (calendar === 'rules') return rules.calendar.sessionsOn(date, segmentOf(underlying));
  const hours = weekdayOf(date) === 0 || weekdayOf(date) === 6 ? null : ordinaryHours(date, underlying);
  return hours === null ? [] : [{ date, ...hours }];
}

function firstTradingDay(start: TradingDate, context: FeedContext, underlying: string): TradingDate {
  for (let days = 0; days < CLOSED_DAYS_MAX; days += 1) {
    const date = addDays(start, days);
    if (sessionsOn(date, context, underlying).length > 0) return date;
  }
  throw new EngineError('feed/no-trading-day', {
    message: `There is no trading day within ${CLOSED_DAYS_MAX} days from "${start}".`,
    remedy: 'Begin on another date.',
    context: { start },
  });
}
