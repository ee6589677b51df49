import type {
  BookOrder,
  BookPosition,
  BrokerNews,
  Instrument,
  MarketBlock,
  OrderModification,
  OrderRequest,
  OutsideFill,
  Tick,
} from '@sauda/engine';
import { z } from 'zod';

/**
 * What goes over the line between a sandbox and those who are connected to it: JSON texts, one a message. Requests carry a number and are answered with
 * it; everything else comes when it happens.
 */

const time = z.number();
const price = z.number().nullable();
const units = z.number().int();
const side = z.enum(['buy', 'sell']);
const kind = z.enum(['market', 'limit', 'SL', 'SL-M']);
const product = z.enum(['MIS', 'NRML', 'CNC']);
const text = z.string();

const order: z.ZodType<OrderRequest> = z.object({
  orderId: text.min(1),
  instance: text,
  account: text,
  instrument: text,
  purpose: z.enum(['entry', 'exit', 'protect']),
  side,
  quantity: units.positive(),
  kind,
  price,
  triggerPrice: price,
  validity: z.enum(['day', 'IOC']),
  product,
  at: time,
});

const modification: z.ZodType<OrderModification> = z.object({
  orderId: text.min(1),
  quantity: units.positive(),
  kind,
  price,
  triggerPrice: price,
  at: time,
});

const fill = z.object({ fillId: text, quantity: units.positive(), price: z.number(), time });

const about = { orderId: text, at: time };
const change = z.enum(['modify', 'cancel']);

const news: z.ZodType<BrokerNews> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('acknowledged'), brokerOrderId: text, ...about }),
  z.object({
    kind: z.literal('working'),
    status: z.enum(['open', 'triggerPending']),
    since: time.exactOptional(),
    quantity: units,
    price,
    triggerPrice: price,
    ...about,
  }),
  z.object({
    kind: z.literal('filled'),
    fill: fill.extend({ orderId: text, instrument: text, side }),
    ofQuantity: units.exactOptional(),
    ...about,
  }),
  z.object({ kind: z.literal('cancelled'), filledQuantity: units.nullable(), reason: text, ...about }),
  z.object({ kind: z.literal('expired'), filledQuantity: units.nullable(), ...about }),
  z.object({ kind: z.literal('rejected'), code: text, reason: text, ...about }),
  z.object({ kind: z.literal('unknown'), reason: text, ...about }),
  z.object({ kind: z.literal('changeRejected'), change, code: text, reason: text, ...about }),
  z.object({ kind: z.literal('changeUnknown'), change, reason: text, ...about }),
]);

const outsideFill: z.ZodType<OutsideFill> = fill.extend({
  brokerOrderId: text.nullable(),
  instrument: text,
  product,
  side,
  by: z.enum(['autoSquareOff', 'settlement', 'byHandAtBroker']),
});

const bookOrder: z.ZodType<BookOrder> = z.object({
  orderId: text.nullable(),
  brokerOrderId: text,
  instrument: text,
  side,
  kind,
  product,
  status: z.enum(['acknowledged', 'open', 'triggerPending', 'filled', 'cancelled', 'rejected', 'expired']),
  reason: text,
  quantity: units,
  price,
  triggerPrice: price,
  filledQuantity: units,
  fills: z.array(fill),
});

const position: z.ZodType<BookPosition> = z.object({ instrument: text, product, quantity: units });

const listed = { key: text, exchange: z.enum(['NSE', 'BSE', 'NFO', 'BFO', 'MCX', 'CDS', 'NSE_INDEX', 'BSE_INDEX']), symbol: text };
const lot = { ...listed, tickSize: z.number(), lotSize: units, freezeQuantity: units.nullable() };
const derivative = { ...lot, underlying: text, expiry: text };

const instrument: z.ZodType<Instrument> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('index'), ...lot }),
  z.object({ kind: z.literal('equity'), ...lot }),
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

const block = z.discriminatedUnion('kind', [day, candles, ticks]);

/** A stretch of the market as it goes over the line. */
export type WireBlock = z.infer<typeof block>;

/** What can be asked of a sandbox. */
export const requestSchema = z.discriminatedUnion('call', [
  /** Takes an account's line over; the first to ask for it opens the account with its capital. */
  z.object({ id: units, call: z.literal('login'), account: text.min(1), capitalPaise: z.number().int().nonnegative() }),
  z.object({ id: units, call: z.literal('submit'), order }),
  z.object({ id: units, call: z.literal('modify'), change: modification }),
  z.object({ id: units, call: z.literal('cancel'), orderId: text }),
  z.object({ id: units, call: z.literal('orders') }),
  z.object({ id: units, call: z.literal('positions') }),
  /** The market so far, and from then on as it comes. `after`: nothing up to this time; `null`: with its history. */
  z.object({ id: units, call: z.literal('market'), after: time.nullable() }),
]);

export type Request = z.infer<typeof requestSchema>;

/** A market's time, and how fast it passes. */
const clock = z.object({ now: time.nullable(), speed: z.number().positive() });

/** What a sandbox says. */
export const messageSchema = z.discriminatedUnion('say', [
  z.object({ say: z.literal('answer'), id: units, value: z.unknown() }),
  z.object({ say: z.literal('refused'), id: units, reason: text }),
  z.object({ say: z.literal('news'), news }),
  z.object({ say: z.literal('outsideFill'), fill: outsideFill }),
  z.object({ say: z.literal('line'), line: z.enum(['up', 'down']), at: time }),
  z.object({ say: z.literal('block'), block }),
  z.object({ say: z.literal('clock'), clock }),
  /** The market is over. */
  z.object({ say: z.literal('end') }),
]);

export type Message = z.infer<typeof messageSchema>;

export type WireClock = z.infer<typeof clock>;

/** What the calls are answered with; `null` as in {@link BrokerNews}' answers: nobody knows, and news will tell. */
export const answerSchemas = {
  login: clock,
  submit: news.nullable(),
  modify: news.nullable(),
  cancel: news.nullable(),
  orders: z.object({ orders: z.array(bookOrder), at: time }).nullable(),
  positions: z.object({ positions: z.array(position), at: time }).nullable(),
  market: clock,
} as const;

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
