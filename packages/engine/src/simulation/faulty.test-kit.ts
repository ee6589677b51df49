import type { FaultConfig, FaultKind } from '../config/run-config.js';
import type { ClientOrderId } from '../primitives/ids.js';
import type { ExchangeModel } from './exchange-model.js';
import { Market } from './market.test-kit.js';

export type Planned = Pick<FaultConfig, 'kind'> & Partial<FaultConfig>;

/** A market at 100 in which things go wrong as planned, and a list of what did. */
export function faulty(faults: readonly Planned[] = [], model: Partial<ExchangeModel> = {}) {
  const told: (readonly [FaultKind, ClientOrderId | null])[] = [];
  const market = new Market(
    {
      faults: faults.map((fault) => ({ chance: 1, from: null, to: null, times: null, account: null, ...fault })),
      faultObserver: { fault: (kind, orderId) => told.push([kind, orderId]) },
      ...model,
    },
    { accounts: { main: 1e12, other: 1e12 } },
  );
  market.at(0, 100);
  return { market, told, line: market.of().line };
}
