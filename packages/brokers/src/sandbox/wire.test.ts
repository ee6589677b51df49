import type { MarketBlock, Tick } from '@sauda/engine';
import { flatSeries } from '@sauda/engine/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { messageSchema, requestSchema } from './wire.js';
import { fromWire, ticksToWire, toWire } from './wire-market.js';

/** What comes out at the other end of the line. */
const sent = (block: MarketBlock): MarketBlock => {
  const message = messageSchema.parse(JSON.parse(JSON.stringify({ say: 'block', block: toWire(block) })));
  if (message.say !== 'block') throw new Error('It is a block.');
  return fromWire(message.block);
};

const price = fc.double({ min: 0.05, max: 1e6, noNaN: true });
const maybe = fc.option(fc.double({ min: 0, max: 1e9, noNaN: true }));

const ticks = (): fc.Arbitrary<readonly Tick[]> =>
  fc.array(
    fc.record({
      instrument: fc.constantFrom('NSE:RELIANCE', 'NSE_INDEX:NIFTY', 'NFO:NIFTY03FEB2624500CE'),
      receivedTime: fc.integer({ min: 0, max: 2e12 }),
      exchangeTime: fc.option(fc.integer({ min: 0, max: 2e12 })),
      price,
      volume: maybe,
      openInterest: maybe,
      bid: maybe,
      ask: maybe,
    }),
    { minLength: 1, maxLength: 20 },
  );

const orNaN = (value: number | null): number => value ?? Number.NaN;

describe('the market on its way over the line', () => {
  it('is the same at the other end: ticks, with what is not known of them', () =>
    fc.assert(
      fc.property(ticks(), (points) => {
        const block = fromWire(ticksToWire(points));
        if (block.kind !== 'ticks') throw new Error('They are ticks.');
        const { columns } = block;
        expect(columns.length).toBe(points.length);
        points.forEach((point, row) => {
          expect(columns.instruments[columns.instrument[row] ?? -1]).toBe(point.instrument);
          expect([columns.receivedTime[row], columns.price[row]]).toEqual([point.receivedTime, point.price]);
          expect([columns.exchangeTime[row], columns.volume[row], columns.openInterest[row], columns.bid[row], columns.ask[row]]).toEqual(
            [point.exchangeTime, point.volume, point.openInterest, point.bid, point.ask].map(orNaN),
          );
        });
        expect(sent(block)).toEqual(block);
      }),
    ));

  it('is the same at the other end: candles, and days with their hours and contracts', () => {
    const series = flatSeries();
    const column = (of: (index: number) => number): Float64Array => Float64Array.from(series, (_, index) => of(index));
    const candles: MarketBlock = {
      kind: 'candles',
      instrument: 'NSE:RELIANCE',
      timeframe: '5m',
      columns: {
        length: series.length,
        openTime: column((index) => series[index]?.openTime ?? 0),
        closeTime: column((index) => series[index]?.closeTime ?? 0),
        open: column((index) => series[index]?.open ?? 0),
        high: column((index) => series[index]?.high ?? 0),
        low: column((index) => series[index]?.low ?? 0),
        close: column((index) => series[index]?.close ?? 0),
        volume: column((index) => series[index]?.volume ?? 0),
        openInterest: null,
      },
    };
    const day: MarketBlock = {
      kind: 'day',
      date: '2026-02-02',
      sessions: [{ date: '2026-02-02', open: 1, close: 2 }],
      instruments: [
        {
          kind: 'option',
          key: 'NFO:NIFTY03FEB2624500CE',
          exchange: 'NFO',
          symbol: 'NIFTY03FEB2624500CE',
          tickSize: 0.05,
          lotSize: 65,
          freezeQuantity: 1_800,
          underlying: 'NSE_INDEX:NIFTY',
          expiry: '2026-02-03',
          strike: 24_500,
          optionType: 'CE',
        },
      ],
    };
    expect(sent(candles)).toEqual(candles);
    expect(sent(day)).toEqual(day);
  });
});

describe('a request', () => {
  it.each([
    ['nothing', null],
    ['a call that there is not', { id: 1, call: 'withdraw' }],
    ['an order without a quantity', { id: 1, call: 'submit', order: { orderId: 'o1' } }],
    ['a login without capital', { id: 1, call: 'login', account: 'main' }],
  ])('is none: %s', (_, written) => expect(requestSchema.safeParse(written).success).toBe(false));
});
