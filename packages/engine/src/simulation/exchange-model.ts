import type { SimulationConfig } from '../config/run-config.js';
import type { FaultObserver } from './fault-observer.js';

/** How an exchange is simulated: what the configuration says. */
export interface ExchangeModel extends SimulationConfig {
  /** Is told of each fault. With it, faults can be injected even where the configuration has none. */
  readonly faultObserver?: FaultObserver;
}
