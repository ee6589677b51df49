import type { BookOrder, BookPosition, BrokerNews, OrderModification, OrderRequest, OutsideFill } from '@sauda/engine';
import { z } from 'zod';

import { block } from './wire-market.js';

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

/** The value that a message's text stands for; `undefined` for a text that is no JSON. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What can be asked of a sandbox. */
export const requestSchema = z.discriminatedUnion('call', [
  /** Takes an account's line over; the first to ask for it opens the account with its capital. */
  z.object({ id: units, call: z.literal('login'), account: text.min(1), capitalPaise: z.number().int().nonnegative() }),
  z.object({ id: units, call: z.literal('submit'), order }),
  z.object({ id: units, call: z.literal('modify'), change: modification }),
  z.object({ id: units, call: z.literal('cancel'), orderId: text }),
  z.object({ id: units, call: z.literal('orders') }),
  z.object({ id: units, call: z.literal('positions') }),
  z.object({ id: units, call: z.literal('funds') }),
  /** The market so far, and from then on as it comes. `after`: nothing up to this time; `null`: with its history. */
  z.object({ id: units, call: z.literal('market'), after: time.nullable() }),
]);

export type Request = z.infer<typeof requestSchema>;

/** A market's time, and how fast it passes. */
const clock = z.object({ now: time, speed: z.number().positive() });

/** Said to whoever comes. A sandbox that was started anew has another `session`, and knows nothing of what was before. */
const welcome = clock.extend({ session: text.min(1) });

const paise = z.number().int();

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

export type Welcome = z.infer<typeof welcome>;

/** Why a connection is closed: somebody else has logged in to its account. */
export const TAKEN_OVER = 4_001;

/** What the calls are answered with; `null` as in {@link BrokerNews}' answers: nobody knows, and news will tell. */
export const answerSchemas = {
  login: welcome,
  submit: news.nullable(),
  modify: news.nullable(),
  cancel: news.nullable(),
  orders: z.object({ orders: z.array(bookOrder), at: time }).nullable(),
  positions: z.object({ positions: z.array(position), at: time }).nullable(),
  /** Capital less what was paid and plus what was received; what was earned by what is closed; what can be used for orders. No charges are in it. */
  funds: z.object({ cashPaise: paise, realisedPaise: paise, availablePaise: paise }),
  market: welcome,
} as const;
