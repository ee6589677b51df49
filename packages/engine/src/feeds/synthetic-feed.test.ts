import { describe, expect, it } from 'vitest';

import type { OptionInstrument } from '../market/instrument.js';
import { isOnTickGrid } from '../primitives/price.js';
import { contextOf, type Reading, readFeed } from './feed.test-kit.js';
import { syntheticFeed } from './synthetic-feed.js';

const open = (config: object, calendar: 'rules' | 'fromData' = 'rules') =>
  syntheticFeed.open(syntheticFeed.config.parse({ seed: 7, start: '2026-11-23', tickEvery: '5s', ...config }), contextOf('.', calendar));

interface Quote {
  readonly time: number;
  readonly key: string;
  readonly price: number;
  readonly volume: number;
  readonly openInterest: number;
  readonly bid: number;
  readonly ask: number;
}

const quotesOf = ({ ticks }: Reading): readonly Quote[] =>
  ticks.flatMap(({ columns }) =>
    Array.from({ length: columns.length }, (_, row) => ({
      time: columns.receivedTime[row] ?? Number.NaN,
      key: columns.instruments[columns.instrument[row] ?? -1] ?? '',
      price: columns.price[row] ?? Number.NaN,
      volume: columns.volume[row] ?? Number.NaN,
      openInterest: columns.openInterest[row] ?? Number.NaN,
      bid: columns.bid[row] ?? Number.NaN,
      ask: columns.ask[row] ?? Number.NaN,
    })),
  );

const day = await readFeed(open({ chainEvery: '5m' }));
const quotes = quotesOf(day);
const index = quotes.filter(({ key }) => key === 'NSE_INDEX:NIFTY');

describe('syntheticFeed', () => {
  it('gives the same market for the same seed, and another for another', async () => {
    expect(quotesOf(await readFeed(open({ chainEvery: '5m' })))).toEqual(quotes);
    expect(quotesOf(await readFeed(open({ seed: 8, chain: false })))[0]).not.toEqual(quotes[0]);
  });

  it('is this market on every machine', () => {
    expect(index.filter((_, row) => row % 1_000 === 0).map(({ price }) => price)).toEqual([
      23_957.85, 24_055.8, 24_075.35, 24_113.75, 24_114.75,
    ]);
  });

  it('does not change the index when its options are left out', async () => {
    expect(quotesOf(await readFeed(open({ chain: false, vix: false })))).toEqual(index);
  });

  it('ticks through the session, in the order of time, in blocks of a quarter of an hour', () => {
    expect(index).toHaveLength((6.25 * 3_600) / 5);
    expect(quotes.every(({ time }, row) => time >= (quotes[row - 1]?.time ?? 0))).toBe(true);
    expect(day.ticks).toHaveLength(25);
    expect(index.every(({ price }) => price > 0 && isOnTickGrid(price, 0.05))).toBe(true);
  });

  it('publishes India VIX every fifteen seconds, near the volatility asked for', () => {
    const vix = quotes.filter(({ key }) => key === 'NSE_INDEX:INDIAVIX');
    expect(vix).toHaveLength((6.25 * 3_600) / 15);
    expect(vix.every(({ price }) => price > 7 && price < 28)).toBe(true);
  });

  it('trades on trading days only, and lists contracts of the nearest expiries each day', async () => {
    const { days } = await readFeed(open({ start: '2026-11-21', days: 3, tickEvery: '1m', expiries: 1, strikes: 2 }));
    expect(days.map(({ date }) => date)).toEqual(['2026-11-23', '2026-11-25', '2026-11-26']);
    expect(days.map(({ instruments }) => instruments.length)).toEqual([18, 18, 18]);
    expect(days.every(({ date, instruments }) => instruments.every((one) => one.kind === 'option' && one.expiry >= date))).toBe(true);
  });

  it('goes on between two dates as it would have without them', async () => {
    const config = { days: 3, tickEvery: '1m', chain: false };
    const whole = quotesOf(await readFeed(open(config)));
    const part = await readFeed(open(config), { from: '2026-11-25', to: '2026-11-25' });
    const quoted = quotesOf(part);
    expect(part.days.map(({ date }) => date)).toEqual(['2026-11-25']);
    expect(quoted).toEqual(whole.slice(quoted.length, 2 * quoted.length));
  });

  it('brings its own sessions where days come from the data', async () => {
    const { days } = await readFeed(open({ start: '2030-01-05', tickEvery: '1m', chain: false }, 'fromData'));
    expect(days).toMatchObject([{ date: '2030-01-07', sessions: [{ date: '2030-01-07' }] }]);
  });

  it('moves as much as it was told to', async () => {
    const { ticks } = await readFeed(open({ start: '2025-01-01', days: 240, tickEvery: '5m', chain: false, vix: false, jumps: 0 }));
    const closes = ticks.map(({ columns }) => Math.log(columns.price[0] ?? Number.NaN)).filter((_, block) => block % 25 === 0);
    const variance = closes.slice(1).reduce((sum, close, row) => sum + (close - (closes[row] ?? 0)) ** 2, 0) / (closes.length - 1);
    expect(Math.sqrt(variance * 252)).toBeGreaterThan(0.11);
    expect(Math.sqrt(variance * 252)).toBeLessThan(0.19);
  });

  it.each([
    ['a plain number for a percentage', { volatility: 14 }],
    ['a date that is none', { start: '2026-02-30' }],
    ['ticks faster than ten a second', { tickEvery: '10ms' }],
    ['no days', { days: 0 }],
  ])('refuses %s', (_, change) => {
    expect(syntheticFeed.config.safeParse({ start: '2026-11-23', ...change }).success).toBe(false);
  });
});

describe('syntheticFeed, options', () => {
  const contracts = new Map<string, OptionInstrument>();
  for (const one of day.days.flatMap(({ instruments }) => instruments)) if (one.kind === 'option') contracts.set(one.key, one);
  const spotAt = new Map(index.map(({ time, price }) => [time, price]));
  const options = quotes.flatMap((quote) => {
    const contract = contracts.get(quote.key);
    return contract === undefined ? [] : [{ ...quote, contract, spot: spotAt.get(quote.time) ?? Number.NaN }];
  });

  it('quotes ten strikes on either side of the money, every five minutes as asked', () => {
    const times = new Set(options.map(({ time }) => time));
    expect(times.size).toBe(75);
    for (const time of times) {
      const strikes = options.filter(
        (one) => one.time === time && one.contract.optionType === 'CE' && one.contract.expiry === options[0]?.contract.expiry,
      );
      expect(strikes.filter(({ contract, spot }) => contract.strike < spot).length).toBeGreaterThanOrEqual(10);
      expect(strikes.filter(({ contract, spot }) => contract.strike > spot).length).toBeGreaterThanOrEqual(10);
    }
  });

  it('never quotes below what exercising would bring, nor off the grid, nor with crossed quotes', () => {
    for (const { price, bid, ask, contract, spot } of options) {
      const exercised = contract.optionType === 'CE' ? spot - contract.strike : contract.strike - spot;
      expect(price).toBeGreaterThanOrEqual(Math.max(exercised - 1e-9, 0.05));
      expect(isOnTickGrid(price, contract.tickSize)).toBe(true);
      expect(ask).toBeGreaterThan(price);
      if (!Number.isNaN(bid)) expect(bid).toBeLessThan(price);
    }
  });

  it('keeps put-call parity within a quarter of a per cent of the index', () => {
    const byTerms = new Map(
      options.map((one) => [`${one.time}|${one.contract.expiry}|${one.contract.strike}|${one.contract.optionType}`, one.price]),
    );
    for (const { time, price, contract, spot } of options) {
      if (contract.optionType === 'PE') continue;
      const put = byTerms.get(`${time}|${contract.expiry}|${contract.strike}|PE`) ?? Number.NaN;
      expect(Math.abs(price - put - (spot - contract.strike))).toBeLessThan(spot * 0.0025);
    }
  });

  it('has premiums that fall with the strike for calls and rise for puts', () => {
    const first = options.filter(({ time, contract }) => time === options[0]?.time && contract.expiry === options.at(-1)?.contract.expiry);
    const premiums = (type: string) => first.filter(({ contract }) => contract.optionType === type).map(({ price }) => price);
    expect(premiums('CE')).toEqual(premiums('CE').toSorted((a, b) => b - a));
    expect(premiums('PE')).toEqual(premiums('PE').toSorted((a, b) => a - b));
  });

  it('has volume that only grows, and open interest, in whole lots', () => {
    const seen = new Map<string, number>();
    for (const { key, volume, openInterest, contract } of options) {
      expect(volume).toBeGreaterThanOrEqual(seen.get(key) ?? 0);
      expect([volume % contract.lotSize, openInterest % contract.lotSize, openInterest >= 0]).toEqual([0, 0, true]);
      seen.set(key, volume);
    }
  });
});
