import type { FaultKind } from '../config/run-config.js';
import type { AccountId, ClientOrderId } from '../primitives/ids.js';
import type { SeededRandom } from '../primitives/seeded-random.js';
import type { EpochMs } from '../primitives/time.js';
import type { FaultObserver } from './fault-observer.js';
import type { FaultPlan, PlannedFault } from './fault-plan.js';

/** A fault that was asked for at the next opportunity, of an order or of any. */
interface Armed {
  readonly kind: FaultKind;
  readonly orderId: ClientOrderId | null;
}

/** A fault that strikes: by the plan, or `null` because it was asked for. */
export interface Strike {
  readonly planned: PlannedFault | null;
}

/** Faults of one account's line: asks the plan, and knows what was asked for beside it. */
export class LineFaults {
  readonly account: AccountId;
  readonly random: SeededRandom;
  readonly #plan: FaultPlan;
  readonly #observer: FaultObserver | null;
  readonly #armed: Armed[] = [];

  constructor(account: AccountId, plan: FaultPlan, random: SeededRandom, observer: FaultObserver | null) {
    this.account = account;
    this.random = random;
    this.#plan = plan;
    this.#observer = observer;
  }

  /** Whether a fault strikes at this opportunity. It is told of when it is applied. */
  draw(kind: FaultKind, orderId: ClientOrderId | null, at: EpochMs): Strike | null {
    const place = this.#armed.findIndex((armed) => armed.kind === kind && (armed.orderId === null || armed.orderId === orderId));
    if (place >= 0) {
      this.#armed.splice(place, 1);
      return ASKED_FOR;
    }
    const planned = this.#plan.strikes(kind, this.account, at, this.random);
    return planned === null ? null : { planned };
  }

  /** Draws a fault that is applied at once, and tells of it. */
  strikes(kind: FaultKind, orderId: ClientOrderId | null, at: EpochMs): boolean {
    if (this.draw(kind, orderId, at) === null) return false;
    this.tell(kind, orderId);
    return true;
  }

  giveBack({ planned }: Strike): void {
    if (planned !== null) this.#plan.giveBack(planned);
  }

  arm(kind: FaultKind, orderId: ClientOrderId | null): void {
    this.#armed.push({ kind, orderId });
  }

  tell(kind: FaultKind, orderId: ClientOrderId | null): void {
    this.#observer?.fault(kind, orderId);
  }
}

const ASKED_FOR: Strike = { planned: null };
