import type { ZodType } from 'zod';

import type { Approved } from '../orders/approved.js';
import type { BrokerNews } from '../orders/broker-news.js';
import type { OrderRequest } from '../orders/order-request.js';
import type { AccountId, ClientOrderId } from '../primitives/ids.js';

/** A value, or a promise of it. A simulated broker answers at once, a real one later. */
export type Soon<Value> = Value | Promise<Value>;

/** What became of a request: news about the order that it was about. A broker that cannot tell says `unknown`; it never throws for what the world does. */
export type Answer = Extract<BrokerNews, { kind: 'acknowledged' | 'rejected' | 'unknown' }>;

/** A line to a broker for one account. */
export interface Broker {
  /** Sends an order. Nothing but an approved request can be sent. */
  submit(order: Approved<OrderRequest>): Soon<Answer>;
  /** Asks for a cancellation; whether it came in time is told by later news. */
  cancel(orderId: ClientOrderId): Soon<Answer>;
  close(): Soon<void>;
}

/** The place where simulated orders meet the market. A paper broker passes its orders on to it. */
export interface Venue {
  submit(order: Approved<OrderRequest>): Answer;
  cancel(orderId: ClientOrderId): Answer;
}

/** What a broker is given when it is connected. */
export interface BrokerContext {
  readonly account: AccountId;
  readonly venue: Venue;
  /** Where news of orders goes, in the order in which it came. */
  readonly onNews: (news: BrokerNews) => void;
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
}

/** A broker whose configuration's type is known to nobody but itself. */
// biome-ignore lint/suspicious/noExplicitAny: a configuration is checked by the broker's own schema before it reaches its functions.
export type AnyBroker = BrokerDefinition<any>;

/** Makes a kind of broker known under a name; a plug-in exports the result. */
export const defineBroker = <Config>(definition: Omit<BrokerDefinition<Config>, 'kind'>): BrokerDefinition<Config> => ({
  kind: 'broker',
  ...definition,
});
