import { z } from 'zod';
import type { AccountConfig, RunMode } from '../config/run-config.js';
import { type AnyBroker, type Broker, type BrokerContext, type BrokerDefinition, defineBroker, type Venue } from '../plugins/broker.js';
import type { Registry } from '../plugins/registry.js';
import { EngineError } from '../primitives/errors.js';

/** A broker whose orders meet the market in the engine's own simulated exchange, which answers at once. */
export const simulatedBroker = (venue: Venue): Broker => ({
  submit: (order) => venue.submit(order),
  modify: (change) => venue.modify(change),
  cancel: (orderId) => venue.cancel(orderId),
  orders: () => venue.orders(),
  positions: () => venue.positions(),
  close: () => undefined,
});

/** Stands in for the real broker of an account that stays on paper. */
const onPaper: BrokerDefinition = defineBroker({
  name: 'paper',
  simulated: true,
  config: z.unknown(),
  connect: (_, { venue }) => simulatedBroker(venue),
});

/** The broker of an account, as the registry knows it. */
export function brokerOf({ id, broker }: Pick<AccountConfig, 'id' | 'broker'>, registry: Registry): AnyBroker {
  const definition = registry.brokers.get(broker.use);
  if (definition !== undefined) return definition;
  throw new EngineError('config/broker-unknown', {
    message: `Account "${id}" uses the broker "${broker.use}", which no plug-in brings.`,
    remedy: `Use one of: ${[...registry.brokers.keys()].join(', ')}.`,
    context: { account: id, broker: broker.use },
  });
}

/** Whom an account's orders go to: its broker, if the run is live and the account is, too. Every other account stays on paper. */
export function tradesWith(account: AccountConfig, mode: RunMode, registry: Registry): AnyBroker {
  const definition = brokerOf(account, registry);
  return definition.simulated || (mode === 'live' && account.live) ? definition : onPaper;
}

/** Opens an account's line to its broker. */
export const connectBroker = async (
  { broker }: Pick<AccountConfig, 'broker'>,
  definition: AnyBroker,
  context: BrokerContext,
): Promise<Broker> => definition.connect(broker.config, context);
