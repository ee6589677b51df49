export { sandboxBroker } from './sandbox-broker.js';
export { type Sandbox, type SandboxOptions, startSandbox } from './sandbox-server.js';
export { WallMarketClock } from './wall-market-clock.js';
