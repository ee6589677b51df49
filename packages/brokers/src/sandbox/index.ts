export { sandboxBroker } from './sandbox-broker.js';
export { type Sandbox, type SandboxOptions, startSandbox } from './sandbox-server.js';
