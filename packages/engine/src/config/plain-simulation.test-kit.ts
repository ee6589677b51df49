import type { SimulationConfig } from './run-config.js';

/** An exchange a tenth of a second away, without slippage and faults, whose broker leaves positions alone. */
export const plainSimulation: SimulationConfig = {
  latency: { kind: 'fixed', ms: 100 },
  slippage: { kind: 'none' },
  fill: { kind: 'touch' },
  size: null,
  path: 'straight',
  priceBand: null,
  margin: true,
  autoSquareOff: null,
  seed: 1,
  faults: [],
};
