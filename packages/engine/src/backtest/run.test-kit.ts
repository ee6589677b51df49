import { aRun } from '../config/plain-run.test-kit.js';
import { plainSimulation } from '../config/plain-simulation.test-kit.js';
import type { RunConfig, SimulationConfig } from '../config/run-config.js';
import { arrayFeed } from '../feeds/array-feed.js';
import type { JournalEvent, JournalRecord } from '../journal/journal.js';
import type { Feed, MarketBlock } from '../plugins/feed.js';
import { createRegistry, type Plugin } from '../plugins/registry.js';
import type { EpochMs } from '../primitives/time.js';
import type { AccountEvent } from '../risk/account-event.js';
import type { SystemEvent } from '../risk/system-decider.js';
import { paper } from '../runtime/paper.test-kit.js';
import { aSet } from '../runtime/runtime.test-kit.js';
import type { ExitsConfig, SetConfig } from '../sets/set-config.js';
import type { SetEvent } from '../sets/set-event.js';
import { type RunOptions, type RunResult, runConfig } from './run.js';
import { averages, scripted, signalsAt } from './scripted.test-kit.js';

type SetChanges = Partial<Omit<SetConfig, 'exits'>> & { readonly exits?: Partial<ExitsConfig> };

/** A set over ten shares, without any exit but those that are given, whose strategy says what it is told to. */
export const setOf = ({ exits, ...changes }: SetChanges = {}): SetConfig => aSet(exits, { strategy: signalsAt(), ...changes });

/** The plain exchange, with what is to be otherwise. */
export const exchangeOf = (changes: Partial<SimulationConfig> = {}): SimulationConfig => ({ ...plainSimulation, ...changes });

/** A backtest on data that is its own calendar. */
export const configOf = (sets: readonly SetConfig[], changes: Partial<RunConfig> = {}): RunConfig =>
  aRun(sets, { calendar: 'fromData', ...changes });

/** A run with everything that was journalled. */
export interface Told extends RunResult {
  readonly records: readonly JournalRecord[];
  /** What the sets journalled. */
  readonly events: readonly SetEvent[];
  /** What the accounts and the system journalled. */
  readonly guard: readonly (AccountEvent | SystemEvent)[];
}

/** Runs a configuration over blocks, with the plug-ins of this kit and `plugins`, which take the place of those of their names. */
export async function run(
  config: RunConfig,
  market: readonly MarketBlock[] | readonly Feed[],
  { plugins = [], ...options }: Partial<RunOptions> & { readonly plugins?: readonly Plugin[] } = {},
): Promise<Told> {
  const records: JournalRecord[] = [];
  const own = [scripted, averages, paper()].filter(({ name }) => !plugins.some((plugin) => plugin.name === name));
  const result = await runConfig(config, {
    registry: createRegistry([...own, ...plugins]),
    feeds: feedsOf(market),
    onRecord: (record) => records.push(record),
    ...options,
  });
  const ofSets = records.filter(({ instance }) => instance.includes('|'));
  const guard = records.filter((record) => !ofSets.includes(record)).flatMap(({ events }) => events as Told['guard']);
  return { ...result, records, events: ofSets.flatMap(({ events }) => events as Told['events']), guard };
}

function feedsOf(market: readonly MarketBlock[] | readonly Feed[]): readonly Feed[] {
  const feeds: Feed[] = [];
  const blocks: MarketBlock[] = [];
  for (const part of market) {
    if ('kind' in part) blocks.push(part);
    else feeds.push(part);
  }
  return blocks.length > 0 ? [arrayFeed(blocks)] : feeds;
}

export const eventsOf = <Kind extends SetEvent['kind']>(
  events: readonly JournalEvent[],
  kind: Kind,
): readonly Extract<SetEvent, { kind: Kind }>[] =>
  events.filter((event): event is Extract<SetEvent, { kind: Kind }> => event.kind === kind);

/** Side, price and time of each fill. */
export const fillsOf = (events: readonly SetEvent[]): readonly (readonly [string, number, EpochMs])[] =>
  eventsOf(events, 'legFilled').map(({ fill: { side, price, time } }) => [side, price, time]);
