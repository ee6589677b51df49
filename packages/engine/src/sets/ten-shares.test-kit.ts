import { MINUTE_MS } from '../primitives/time.js';
import { noExits } from './no-exits.test-kit.js';
import type { SetConfig } from './set-config.js';

/** A share on a grid of five paise. */
export const SHARE = 'NSE:RELIANCE';

/** A set that buys ten shares on a bullish signal and sells ten on a bearish one, at any time, without any exit of its own. */
export const tenShares: SetConfig = {
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
  exits: noExits,
  reentry: { mode: 'signal', times: null, coolDownMs: 0 },
  warmup: null,
  staleAfterMs: MINUTE_MS,
  execution: { answerWithinMs: 5_000, entryWithinMs: 10_000, chaseEveryMs: 2_000, chases: 4, chaseWithin: null },
  protection: 'engine',
  approval: 'auto',
  waive: [],
};
