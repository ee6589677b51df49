import type { ClientOrderId, InstanceId } from '../primitives/ids.js';
import type { SetRunner } from './set-runner.js';

const BEFORE_INSTANCE = 'S';
const BEFORE_ORDER = 'O';

/**
 * What client order ids of a set instance begin with. Letters and digits alone: that is all a broker's tag field takes. Instances and orders are
 * counted to the base of 36.
 */
export const orderPrefixOf = (runId: string, number: number): string => `${runId}${BEFORE_INSTANCE}${number.toString(36)}${BEFORE_ORDER}`;

/** Whose ids began with what, as far as a journal tells. */
export class OrderNumbers {
  readonly #owners = new Map<string, Set<InstanceId>>();
  readonly #latest = new Map<InstanceId, string>();

  /** An instance has asked for an order. */
  used(instance: InstanceId, orderId: ClientOrderId): void {
    // The base of 36 is written in small letters, so the last capital ends the prefix.
    const prefix = orderId.slice(0, orderId.lastIndexOf(BEFORE_ORDER) + 1);
    this.#latest.set(instance, prefix);
    const owners = this.#owners.get(prefix);
    if (owners === undefined) this.#owners.set(prefix, new Set([instance]));
    else owners.add(instance);
  }

  /** What an instance goes on with; `undefined` where it has sent nothing yet, or somebody else has begun ids in the same way. */
  prefixOf(instance: InstanceId): string | undefined {
    const prefix = this.#latest.get(instance);
    return prefix !== undefined && this.#owners.get(prefix)?.size === 1 ? prefix : undefined;
  }

  /** The first number that nobody has had, nor anybody before. */
  firstFree(runId: string): number {
    let free = 0;
    for (const prefix of this.#owners.keys()) free = Math.max(free, numberOf(prefix, runId) + 1);
    return free;
  }
}

/**
 * Has instances go on with the numbers under which they have sent orders before, and gives those that have sent none numbers that nobody ever had:
 * a broker's book of the day, or a journal, may remember ids of any of them, wherever in the configuration its set stands now.
 */
export function numberFromJournal(runners: readonly SetRunner[], numbers: OrderNumbers, runId: string): void {
  let next = numbers.firstFree(runId);
  for (const runner of runners) {
    const before = numbers.prefixOf(runner.id);
    runner.numberOrders(before ?? orderPrefixOf(runId, next));
    if (before === undefined) next += 1;
  }
}

/** The number in a prefix of a run; −1 in one of another run. */
function numberOf(prefix: string, runId: string): number {
  const begin = runId + BEFORE_INSTANCE;
  const number = prefix.startsWith(begin) ? Number.parseInt(prefix.slice(begin.length, -BEFORE_ORDER.length), 36) : Number.NaN;
  return Number.isNaN(number) ? -1 : number;
}
