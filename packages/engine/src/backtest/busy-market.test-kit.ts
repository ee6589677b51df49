import { anAccount } from '../config/plain-run.test-kit.js';
import type { RunConfig } from '../config/run-config.js';
import { arrayFeed } from '../feeds/array-feed.js';
import { randomWalkBlocks } from '../feeds/random-walk.js';
import type { Feed } from '../plugins/feed.js';
import { seededRandom } from '../primitives/seeded-random.js';
import { atTheMoney } from '../sets/at-the-money.test-kit.js';
import type { ExitsConfig, SetConfig } from '../sets/set-config.js';
import { SHARE } from '../sets/ten-shares.test-kit.js';
import { configOf, setOf } from './run.test-kit.js';

/** An index, whose options are modelled. */
export const INDEX = 'NSE_INDEX:NIFTY';

/** Two walks side by side, a share and an index, with minutes missing here and there. */
export function walks(seed: number, days = 1, candlesPerDay = 240): readonly [share: Feed, index: Feed] {
  const options = { days, candlesPerDay, missingMinutes: 0.05, start: '2026-02-02' };
  return [
    arrayFeed(randomWalkBlocks({ ...options, seed, instrument: SHARE, startPrice: 1_500, stepTicks: 4, overnightTicks: 80 }), {
      name: 'share',
    }),
    arrayFeed(randomWalkBlocks({ ...options, seed: seed + 1_000, instrument: INDEX, startPrice: 24_000 }), { name: 'index' }),
  ];
}

const points = (count: number) => ({ kind: 'points', points: count }) as const;

/** Ways to leave, from which a seed picks. */
const EXITS: readonly Partial<ExitsConfig>[] = [
  { stopLoss: points(3), target: points(5), squareOff: 750 },
  { stopLoss: points(4), trailing: { start: points(2), distance: points(2), step: null }, oppositeSignal: 'exit' },
  { oppositeSignal: 'reverse' },
  { timeInTradeMs: 312_345, target: points(4) },
  { stopLoss: { kind: 'percent', share: 0.002 }, target: points(8), partial: [{ at: points(2), share: 0.4 }] },
  { set: { stopLoss: { kind: 'money', paise: 30_00 }, target: { kind: 'money', paise: 40_00 }, dayLossPaise: 200_00 } },
];

/** Several sets over a share and an index on two accounts, one of which has a single slot: signals, orders and exits of many kinds at once. */
export function busyConfig(seed: number, changes: Partial<RunConfig> = {}): RunConfig {
  const random = seededRandom(seed);
  const exits = (): Partial<ExitsConfig> => EXITS[random.below(EXITS.length)] ?? {};
  const share = (id: string, fast: number, slow: number): SetConfig =>
    setOf({ id, strategy: { use: 'averages', params: { fast, slow } }, accounts: ['main', 'second'], exits: exits() });
  const options = setOf({
    id: 'options',
    strategy: { use: 'averages', params: { fast: 3, slow: 8 } },
    underlyings: [INDEX],
    accounts: ['main', 'second'],
    legs: [atTheMoney],
    exits: exits(),
  });
  return configOf([share('quick', 2, 5), share('slow', 4, 9), options], {
    accounts: [anAccount('main'), anAccount('second', { maxOpenSets: 1 })],
    ...changes,
  });
}
