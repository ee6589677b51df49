import type { EpochMs } from '../../packages/engine/src/primitives/time.js';
import type { Floor } from '../../packages/engine/src/runtime/floor.js';
import type { SetRunner } from '../../packages/engine/src/runtime/set-runner.js';

const by = 'person';

/** Has a person command what two numbers of a step mean; says whether they mean a command. */
export function commanded(floor: Floor, runner: SetRunner, [first, second]: readonly [number, number], at: EpochMs): boolean {
  switch (first % 8) {
    case 0:
      floor.post(runner, { kind: 'exitNow', by: 'byHand', price: runner.price, at });
      return true;
    case 1:
      floor.post(runner, { kind: 'stop', by, reason: 'drawn', at });
      return true;
    case 2:
      floor.post(runner, { kind: 'start', by, at });
      return true;
    case 3:
      floor.mailbox.post(floor.system, { kind: 'setSwitch', to: second % 2 === 0 ? 'halted' : 'exits-only', by, at });
      return true;
    case 4:
    case 5:
      floor.mailbox.post(floor.system, { kind: 'setSwitch', to: 'active', by, at });
      for (const { account } of floor.accounts) {
        floor.postAccount(account, { kind: 'rearm', by, equityPaise: account.equityPaise(at), at });
      }
      return true;
    case 6:
      for (const { reconciler } of floor.accounts) reconciler.soon();
      return true;
    default:
      return false;
  }
}
