import { EngineError } from '../primitives/errors.js';
import type { AnyBroker } from './broker.js';
import type { AnyFeed } from './feed.js';
import type { AnyStrategy } from './strategy.js';

/** Any plug-in a configuration can name. */
export type Plugin = AnyStrategy | AnyBroker | AnyFeed;

/** The plug-ins of one run by their names. Never a global: two runs in one process can know different ones. */
export interface Registry {
  readonly strategies: ReadonlyMap<string, AnyStrategy>;
  readonly brokers: ReadonlyMap<string, AnyBroker>;
  readonly feeds: ReadonlyMap<string, AnyFeed>;
}

/**
 * A registry of these plug-ins.
 *
 * @throws EngineError `plugins/name-taken` if two of one kind have one name.
 */
export function createRegistry(plugins: Iterable<Plugin>): Registry {
  const strategies = new Map<string, AnyStrategy>();
  const brokers = new Map<string, AnyBroker>();
  const feeds = new Map<string, AnyFeed>();
  for (const plugin of plugins) {
    if (plugin.kind === 'strategy') register(strategies, plugin);
    else if (plugin.kind === 'broker') register(brokers, plugin);
    else register(feeds, plugin);
  }
  return { strategies, brokers, feeds };
}

function register<Kind extends Plugin>(known: Map<string, Kind>, plugin: Kind): void {
  if (known.has(plugin.name)) {
    throw new EngineError('plugins/name-taken', {
      message: `Two plug-ins of kind "${plugin.kind}" are named "${plugin.name}".`,
      remedy: 'Rename one of them, or load only one.',
      context: { kind: plugin.kind, name: plugin.name },
    });
  }
  known.set(plugin.name, plugin);
}
