import { MINUTE_MS } from '../primitives/time.js';
import type { ExitsConfig, SetConfig } from '../sets/set-config.js';
import { setDecider } from '../sets/set-decider.js';
import type { SetInput } from '../sets/set-input.js';
import { instanceId, type SetInstance } from '../sets/set-instance.js';
import { Board } from './board.js';
import type { RunClock } from './run-clock.js';
import { SetRunner } from './set-runner.js';

/** A share with a grid of five paise. */
export const SHARE = 'NSE:RELIANCE';

/** A set that buys ten shares, or sells them, without any exit of its own. */
export const aSet = (exits: Partial<ExitsConfig> = {}, changes: Partial<SetConfig> = {}): SetConfig => ({
  id: 'one',
  name: '',
  active: true,
  note: '',
  strategy: { use: 'none', params: {} },
  underlyings: [SHARE],
  accounts: ['main'],
  chart: { type: 'candlestick', timeframe: '1m' },
  window: { from: 0, to: 1440 },
  weekdays: [0, 1, 2, 3, 4, 5, 6],
  checks: { entryEveryMs: null, exitEveryMs: null },
  product: 'MIS',
  legs: [{ kind: 'equity', side: 'signal', size: [{ kind: 'lots', lots: 10 }] }],
  reentry: { mode: 'signal', times: null, coolDownMs: 0 },
  warmup: null,
  staleAfterMs: MINUTE_MS,
  protection: 'engine',
  approval: 'auto',
  waive: [],
  ...changes,
  exits: {
    stopLoss: null,
    target: null,
    trailing: null,
    timeInTradeMs: null,
    squareOff: null,
    endOfDay: null,
    oppositeSignal: null,
    underlyingRange: null,
    daysBeforeExpiry: null,
    partial: [],
    set: { stopLoss: null, target: null, dayLossPaise: null },
    ...exits,
  },
});

/** A set instance in a runtime of its own, whose inputs are kept. */
export function runnerOf(
  exits: Partial<ExitsConfig>,
  changes: Partial<SetConfig> = {},
): { readonly runner: SetRunner; readonly mail: SetInput[]; readonly clock: RunClock; readonly board: Board } {
  const mail: SetInput[] = [];
  const clock: RunClock = { now: 0 };
  const board = new Board({ pessimistic: false });
  const config = aSet(exits, changes);
  const instance: SetInstance = {
    id: instanceId(config.id, SHARE, 'main'),
    account: 'main',
    underlying: SHARE,
    orderPrefix: `${config.id}-`,
    config,
  };
  const runner = new SetRunner(instance, setDecider(instance), { board, clock, post: (_, input) => mail.push(input) });
  return { runner, mail, clock, board };
}
