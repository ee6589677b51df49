import type { FaultKind } from '../config/run-config.js';
import type { ClientOrderId } from '../primitives/ids.js';

/** Somebody who is told of each fault when it is applied, for tests. */
export interface FaultObserver {
  /** `orderId` is `null` where the fault is about no order of ours. */
  fault(kind: FaultKind, orderId: ClientOrderId | null): void;
}
