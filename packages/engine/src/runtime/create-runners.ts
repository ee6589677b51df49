import type { RunConfig } from '../config/run-config.js';
import { assert } from '../primitives/assert.js';
import { setDecider } from '../sets/set-decider.js';
import { instanceId, type SetInstance } from '../sets/set-instance.js';
import type { AccountDesk } from './account-desk.js';
import { orderPrefixOf } from './order-numbers.js';
import { SetRunner, type SetRunnerParts } from './set-runner.js';

/**
 * A runner for each set, underlying and account, in the order of the configuration. Their orders are numbered by it, too, unless a journal has
 * numbers for them, see `numberFromJournal`.
 *
 * @param runId what the client order ids of this run begin with: letters and digits, short. With an exchange that outlives the run it has to be
 *   another one for each run.
 */
export function createRunners(
  config: RunConfig,
  accounts: ReadonlyMap<string, AccountDesk>,
  { runId, ...parts }: SetRunnerParts & { readonly runId: string },
): readonly SetRunner[] {
  const runners: SetRunner[] = [];
  for (const set of config.sets) {
    for (const underlying of set.underlyings) {
      for (const account of set.accounts) {
        const desk = accounts.get(account);
        assert(desk !== undefined, `There is no account ${account}.`);
        const orderPrefix = orderPrefixOf(runId, runners.length);
        const { capitalPaise } = desk.money;
        const id = instanceId(set.id, underlying, account);
        const instance: SetInstance = { id, account, underlying, capitalPaise, orderPrefix, config: set };
        const runner = new SetRunner(instance, setDecider(instance), { ...parts, onEquity: desk.lookAtEquity });
        desk.runners.push(runner);
        runners.push(runner);
      }
    }
  }
  return runners;
}
