import type { ZodType } from 'zod';

import type { Approved } from '../orders/approved.js';
import type { BookOrder, BookPosition } from '../orders/book.js';
import type { BrokerNews } from '../orders/broker-news.js';
import type { OrderModification, OrderRequest } from '../orders/order-request.js';
import type { OutsideFill } from '../orders/outside-fill.js';
import type { AccountId, ClientOrderId } from '../primitives/ids.js';
import type { Paise } from '../primitives/money.js';
import type { EpochMs } from '../primitives/time.js';
import type { Feed, FeedContext } from './feed.js';

/** A value, or a promise of it. A simulated broker answers at once, a real one later. */
export type Soon<Value> = Value | Promise<Value>;

/**
 * What became of a request to send an order: news of that order. A broker that cannot tell says `unknown`; one that is certain that the order never
 * left says `rejected` with the code `broker/not-sent`. It never throws for what the world does.
 *
 * `null`: it was handed on, and news will tell. Where no news comes in time, the engine takes the outcome for unknown by itself.
 */
export type Answer = Extract<BrokerNews, { kind: 'acknowledged' | 'rejected' | 'unknown' }> | null;

/** What became of a request to change an order, or to cancel it; `null`: it was handed on, and news will tell. */
export type ChangeAnswer = Extract<BrokerNews, { kind: 'working' | 'cancelled' | 'changeRejected' | 'changeUnknown' }> | null;

/** The broker's book of the day: every order of the account, ours and others, with its fills. `null`: it did not answer, which proves nothing. */
export type BookAnswer = { readonly orders: readonly BookOrder[]; readonly at: EpochMs } | null;

/** What the account holds, as the broker has it; what is not listed is flat. `null`: it did not answer, which never reads as flat. */
export type PositionsAnswer = { readonly positions: readonly BookPosition[]; readonly at: EpochMs } | null;

/** A line to a broker for one account. */
export interface Broker {
  /** Sends an order. Nothing but an approved request can be sent. */
  submit(order: Approved<OrderRequest>): Soon<Answer>;
  /** Asks for other terms of an order that rests; what the exchange makes of it is told by later news. */
  modify(change: Approved<OrderModification>): Soon<ChangeAnswer>;
  /** Asks for a cancellation; whether it came in time is told by later news. */
  cancel(orderId: ClientOrderId): Soon<ChangeAnswer>;
  orders(): Soon<BookAnswer>;
  positions(): Soon<PositionsAnswer>;
  close(): Soon<void>;
}

/** The place where simulated orders meet the market, for one account. A paper broker passes its orders on to it, and what it says back. */
export interface Venue {
  submit(order: Approved<OrderRequest>): Answer;
  modify(change: Approved<OrderModification>): ChangeAnswer;
  cancel(orderId: ClientOrderId): ChangeAnswer;
  orders(): BookAnswer;
  positions(): PositionsAnswer;
}

/** What a broker is given when it is connected. */
export interface BrokerContext {
  readonly account: AccountId;
  /** The account's capital, as configured; a real broker knows better. */
  readonly capitalPaise: Paise;
  readonly venue: Venue;
  /** Where news of orders goes, in the order in which it came. */
  readonly onNews: (news: BrokerNews) => void;
  /** Where deals go that no order of ours made. */
  readonly onOutsideFill: (fill: OutsideFill) => void;
  /** The line to the broker has been lost, or has come back: then orders are looked for, and positions compared. */
  readonly onLine: (line: 'up' | 'down', at: EpochMs) => void;
}

export interface BrokerDefinition<Config = unknown> {
  readonly kind: 'broker';
  /** What a configuration writes after `use:`. */
  readonly name: string;
  /** Whether its orders go to the simulated exchange. */
  readonly simulated: boolean;
  /** The broker's own part of the configuration, without `use`. */
  readonly config: ZodType<Config>;
  readonly connect: (config: Config, context: BrokerContext) => Soon<Broker>;
  /** Opens the broker's own prices, live: `feeds: [{ use: broker, account }]`. Absent where it brings none. */
  readonly feed?: (config: Config, context: FeedContext) => Soon<Feed>;
}

/** A broker whose configuration's type is known to nobody but itself. */
// biome-ignore lint/suspicious/noExplicitAny: a configuration is checked by the broker's own schema before it reaches its functions.
export type AnyBroker = BrokerDefinition<any>;

/** Makes a kind of broker known under a name; a plug-in exports the result. */
export const defineBroker = <Config>(definition: Omit<BrokerDefinition<Config>, 'kind'>): BrokerDefinition<Config> => ({
  kind: 'broker',
  ...definition,
});
