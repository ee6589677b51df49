import type { RunConfig } from '../config/run-config.js';
import { assert } from '../primitives/assert.js';
import { setDecider } from '../sets/set-decider.js';
import { instanceId, type SetInstance } from '../sets/set-instance.js';
import type { AccountDesk } from './account-desk.js';
import type { Board } from './board.js';
import type { RunClock } from './run-clock.js';
import { type Post, SetRunner } from './set-runner.js';

/** A runner for each set, underlying and account, in the order of the configuration. */
export function createRunners(
  config: RunConfig,
  accounts: ReadonlyMap<string, AccountDesk>,
  parts: { readonly board: Board; readonly clock: RunClock; readonly post: Post },
): readonly SetRunner[] {
  const runners: SetRunner[] = [];
  for (const set of config.sets) {
    for (const underlying of set.underlyings) {
      for (const account of set.accounts) {
        const orderPrefix = `${runners.length.toString(36)}-`;
        const instance: SetInstance = { id: instanceId(set.id, underlying, account), account, underlying, orderPrefix, config: set };
        const runner = new SetRunner(instance, setDecider(instance), parts);
        const desk = accounts.get(account);
        assert(desk !== undefined, `There is no account ${account}.`);
        desk.add(runner);
        runners.push(runner);
      }
    }
  }
  return runners;
}
