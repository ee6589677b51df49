import { atTheMoney } from '../sets/at-the-money.test-kit.js';
import type { SetConfig } from '../sets/set-config.js';
import { aSet } from './runtime.test-kit.js';

/** An index, whose options are modelled. */
export const INDEX = 'NSE_INDEX:NIFTY';

const points = (count: number) => ({ kind: 'points', points: count }) as const;

/** Sets of many kinds: a stop watched here, one that rests at the exchange, two in one share, and options. */
export const busySets: readonly SetConfig[] = [
  aSet({ stopLoss: points(3), target: points(4) }, { id: 'quick', accounts: ['main', 'second'] }),
  aSet(
    { stopLoss: points(3), trailing: { start: points(2), distance: points(2), step: null } },
    { id: 'rests', accounts: ['main', 'second'], protection: 'exchange' },
  ),
  aSet({ timeInTradeMs: 90_000, partial: [{ at: points(1), share: 0.4 }], target: points(6) }, { id: 'parts', accounts: ['main'] }),
  aSet(
    { stopLoss: points(6), target: points(9) },
    {
      id: 'options',
      accounts: ['second'],
      underlyings: [INDEX],
      legs: [atTheMoney],
    },
  ),
];
