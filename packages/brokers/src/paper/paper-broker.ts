import { type BrokerDefinition, defineBroker } from '@sauda/engine';
import { z } from 'zod';

/** A broker that sends nothing anywhere: its orders meet the market in the engine's simulated exchange, which answers at once. */
export const paperBroker: BrokerDefinition<Record<string, never>> = defineBroker({
  name: 'paper',
  simulated: true,
  config: z.strictObject({}),
  connect: (_, { venue }) => ({
    submit: (order) => venue.submit(order),
    modify: (change) => venue.modify(change),
    cancel: (orderId) => venue.cancel(orderId),
    orders: () => venue.orders(),
    positions: () => venue.positions(),
    close: () => undefined,
  }),
});
