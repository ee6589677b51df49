import type { Instrument, MarketBlock, Tick } from '@sauda/engine';
import { z } from 'zod';

/** The market as it goes over the line between a sandbox and those who are connected to it. */

const text = z.string();
const time = z.number();
const units = z.number().int();

const listed = {
  key: text,
  exchange: z.enum(['NSE', 'BSE', 'NFO', 'BFO', 'MCX', 'CDS', 'NSE_INDEX', 'BSE_INDEX']),
  symbol: text,
  tickSize: z.number(),
  lotSize: units,
  freezeQuantity: units.nullable(),
};
const derivative = { ...listed, underlying: text, expiry: text };

const instrument: z.ZodType<Instrument> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('index'), ...listed }),
  z.object({ kind: z.literal('equity'), ...listed }),
  z.object({ kind: z.literal('future'), ...derivative }),
  z.object({ kind: z.literal('option'), ...derivative, strike: z.number(), optionType: z.enum(['CE', 'PE']) }),
]);

/** Columns of numbers go as lists; JSON has no word for what is missing but `null`. */
const numbers = z.array(z.number().nullable());

const day = z.object({
  kind: z.literal('day'),
  date: text,
  sessions: z.array(z.object({ date: text, open: time, close: time })).nullable(),
  instruments: z.array(instrument),
});

const candles = z.object({
  kind: z.literal('candles'),
  instrument: text,
  timeframe: text,
  openTime: numbers,
  closeTime: numbers,
  open: numbers,
  high: numbers,
  low: numbers,
  close: numbers,
  volume: numbers,
  openInterest: numbers.nullable(),
});

const ticks = z.object({
  kind: z.literal('ticks'),
  instruments: z.array(text),
  instrument: z.array(units.nonnegative()),
  receivedTime: numbers,
  exchangeTime: numbers,
  price: numbers,
  volume: numbers,
  openInterest: numbers,
  bid: numbers,
  ask: numbers,
});

/** Checks a stretch of the market. */
export const block = z.discriminatedUnion('kind', [day, candles, ticks]);

/** A stretch of the market as it goes over the line. */
export type WireBlock = z.infer<typeof block>;

const listOf = (column: ArrayLike<number>): (number | null)[] => Array.from(column, (value) => (Number.isNaN(value) ? null : value));

const columnOf = (list: readonly (number | null)[]): Float64Array => Float64Array.from(list, (value) => value ?? Number.NaN);

/** A stretch of the market as it goes over the line. */
export function toWire(market: MarketBlock): WireBlock {
  if (market.kind === 'day') {
    const { kind, date, sessions, instruments } = market;
    return { kind, date, sessions: sessions === null ? null : [...sessions], instruments: [...instruments] };
  }
  if (market.kind === 'candles') {
    const { kind, instrument: key, timeframe, columns } = market;
    const { openTime, closeTime, open, high, low, close, volume, openInterest } = columns;
    return {
      kind,
      instrument: key,
      timeframe,
      openTime: listOf(openTime),
      closeTime: listOf(closeTime),
      open: listOf(open),
      high: listOf(high),
      low: listOf(low),
      close: listOf(close),
      volume: listOf(volume),
      openInterest: openInterest == null ? null : listOf(openInterest),
    };
  }
  const { columns } = market;
  return {
    kind: 'ticks',
    instruments: [...columns.instruments],
    instrument: Array.from(columns.instrument),
    receivedTime: listOf(columns.receivedTime),
    exchangeTime: listOf(columns.exchangeTime),
    price: listOf(columns.price),
    volume: listOf(columns.volume),
    openInterest: listOf(columns.openInterest),
    bid: listOf(columns.bid),
    ask: listOf(columns.ask),
  };
}

/** Points of the market as they go over the line together. */
export function ticksToWire(points: readonly Tick[]): WireBlock {
  const instruments = [...new Set(points.map(({ instrument: key }) => key))];
  return {
    kind: 'ticks',
    instruments,
    instrument: points.map(({ instrument: key }) => instruments.indexOf(key)),
    receivedTime: points.map(({ receivedTime }) => receivedTime),
    exchangeTime: points.map(({ exchangeTime }) => exchangeTime),
    price: points.map((point) => point.price),
    volume: points.map(({ volume }) => volume),
    openInterest: points.map(({ openInterest }) => openInterest),
    bid: points.map(({ bid }) => bid),
    ask: points.map(({ ask }) => ask),
  };
}

/** A stretch of the market as an engine reads it. */
export function fromWire(wire: WireBlock): MarketBlock {
  if (wire.kind === 'day') return wire;
  if (wire.kind === 'candles') {
    const { kind, instrument: key, timeframe, openTime, closeTime, open, high, low, close, volume, openInterest } = wire;
    return {
      kind,
      instrument: key,
      timeframe: timeframe as Extract<MarketBlock, { kind: 'candles' }>['timeframe'],
      columns: {
        length: openTime.length,
        openTime: columnOf(openTime),
        closeTime: columnOf(closeTime),
        open: columnOf(open),
        high: columnOf(high),
        low: columnOf(low),
        close: columnOf(close),
        volume: columnOf(volume),
        openInterest: openInterest === null ? null : columnOf(openInterest),
      },
    };
  }
  return {
    kind: 'ticks',
    columns: {
      length: wire.receivedTime.length,
      instruments: wire.instruments,
      instrument: Uint32Array.from(wire.instrument),
      receivedTime: columnOf(wire.receivedTime),
      exchangeTime: columnOf(wire.exchangeTime),
      price: columnOf(wire.price),
      volume: columnOf(wire.volume),
      openInterest: columnOf(wire.openInterest),
      bid: columnOf(wire.bid),
      ask: columnOf(wire.ask),
    },
  };
}
