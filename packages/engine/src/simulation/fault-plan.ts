import type { FaultConfig, FaultKind } from '../config/run-config.js';
import type { AccountId } from '../primitives/ids.js';
import type { SeededRandom } from '../primitives/seeded-random.js';
import { type EpochMs, istTimeOfDayMs, MINUTE_MS } from '../primitives/time.js';

/** An entry of the plan, with how often it may still strike. */
export interface PlannedFault extends FaultConfig {
  left: number;
}

/** What is to go wrong in a run. The chance comes from whoever asks, so that each account has its own. */
export class FaultPlan {
  readonly #faults: readonly PlannedFault[];

  constructor(faults: readonly FaultConfig[]) {
    this.#faults = faults.map((fault) => ({ ...fault, left: fault.times ?? Infinity }));
  }

  /** The entry that strikes at an opportunity, which counts; `null` for none. */
  strikes(kind: FaultKind, account: AccountId, at: EpochMs, random: SeededRandom): PlannedFault | null {
    for (const fault of this.#faults) {
      if (fault.kind !== kind || fault.left === 0 || !concerns(fault, account) || !isAtTime(fault, at)) continue;
      if (fault.chance < 1 && random.next() >= fault.chance) continue;
      fault.left -= 1;
      return fault;
    }
    return null;
  }

  /** What struck could not be done after all. */
  giveBack(fault: PlannedFault): void {
    fault.left += 1;
  }

  /** Entries of a kind that begin at a time of day. */
  beginning(kind: FaultKind, account: AccountId): readonly PlannedFault[] {
    return this.#faults.filter((fault) => fault.kind === kind && fault.from !== null && concerns(fault, account));
  }
}

const concerns = ({ account }: FaultConfig, asked: AccountId): boolean => account === null || account === asked;

/** Whether a moment lies in the stretch of the day in which a fault may happen. */
export function isAtTime({ from, to }: FaultConfig, at: EpochMs): boolean {
  if (from === null && to === null) return true;
  const minute = istTimeOfDayMs(at) / MINUTE_MS;
  return (from === null || minute >= from) && (to === null || minute < to);
}
