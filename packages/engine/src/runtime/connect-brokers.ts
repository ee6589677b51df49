import type { RunConfig } from '../config/run-config.js';
import type { Venue } from '../plugins/broker.js';
import type { Registry } from '../plugins/registry.js';
import { EngineError } from '../primitives/errors.js';
import type { SimulatedExchange } from '../simulation/simulated-exchange.js';
import type { Board } from './board.js';
import type { RunClock } from './run-clock.js';
import type { SetDesk } from './set-desk.js';

/** Connects each account to its broker. A broker that simulates sends its orders to the exchange in memory. */
export async function connectBrokers(
  { accounts }: RunConfig,
  registry: Registry,
  {
    desk,
    exchange,
    board,
    clock,
  }: { readonly desk: SetDesk; readonly exchange: SimulatedExchange; readonly board: Board; readonly clock: RunClock },
): Promise<void> {
  const venue: Venue = {
    submit(order) {
      const slot = board.slot(order.instrument);
      return exchange.submit(order, slot.price(clock.now, slot.lineFor(order.side)));
    },
    cancel(orderId) {
      const at = clock.now;
      if (exchange.cancel(orderId, at)) return { kind: 'acknowledged', orderId, brokerOrderId: `paper ${orderId}`, at };
      return { kind: 'rejected', orderId, code: 'exchange/order-unknown', reason: `No order "${orderId}" waits here.`, at };
    },
  };
  for (const { id, broker } of accounts) {
    const definition = registry.brokers.get(broker.use);
    if (definition === undefined) {
      throw new EngineError('config/broker-unknown', {
        message: `Account "${id}" uses the broker "${broker.use}", which no plug-in brings.`,
        remedy: `Use one of: ${[...registry.brokers.keys()].join(', ')}.`,
        context: { account: id, broker: broker.use },
      });
    }
    desk.connect(id, await definition.connect(broker.config, { account: id, venue, onNews: desk.news }));
  }
}
