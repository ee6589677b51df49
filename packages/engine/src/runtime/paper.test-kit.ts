import { z } from 'zod';

import { type Broker, type BrokerContext, type BrokerDefinition, defineBroker } from '../plugins/broker.js';
import { simulatedBroker } from './connect-broker.js';

/** A broker whose orders go to the simulated exchange, which answers at once; what a test says otherwise takes the place of what it would do. */
export const paper = (otherwise: (context: BrokerContext) => Partial<Broker> = () => ({})): BrokerDefinition =>
  defineBroker({
    name: 'paper',
    simulated: true,
    config: z.unknown(),
    connect: (_, context) => ({ ...simulatedBroker(context.venue), ...otherwise(context) }),
  });
