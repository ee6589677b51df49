import { type BrokerDefinition, defineBroker } from '@sauda/engine';

import { type SandboxAddress, sandboxAddress } from './sandbox-config.js';
import { openSandboxFeed } from './sandbox-feed.js';
import { connectSandbox } from './sandbox-line.js';

/**
 * A broker that is the simulated exchange in a process of its own: `sauda sandbox` starts it. To the engine it is as real as any: it goes on when the
 * engine dies, answers late or not at all, and has its own time.
 */
export const sandboxBroker: BrokerDefinition<SandboxAddress> = defineBroker({
  name: 'sandbox',
  simulated: false,
  config: sandboxAddress,
  connect: (address, context) => connectSandbox(address, context),
  feed: (address) => openSandboxFeed(address),
});
