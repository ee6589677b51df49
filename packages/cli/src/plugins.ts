import { pathToFileURL } from 'node:url';

import { paperBroker } from '@sauda/brokers/paper';
import { sandboxBroker } from '@sauda/brokers/sandbox';
import { chainCsvFeed, createRegistry, csvFeed, EngineError, type Plugin, type Registry, syntheticFeed } from '@sauda/engine';
import { emaCrossover } from '@sauda/strategies/ema-crossover';
import { createJiti } from 'jiti';

import type { ConfigFile } from './config-file.js';

/** Plug-ins that every configuration can name. */
const firstParty: readonly Plugin[] = [csvFeed, chainCsvFeed, syntheticFeed, paperBroker, sandboxBroker, emaCrossover];

/**
 * The plug-ins of a run: the first-party ones, and what the modules under `plugins:` export.
 *
 * @throws EngineError `plugins/not-loadable`, `plugins/empty`, `plugins/name-taken`.
 */
export async function loadRegistry(file?: ConfigFile): Promise<Registry> {
  const names = file === undefined ? [] : pluginNames(file.raw);
  const loaded: Plugin[] = [];
  for (const name of names) loaded.push(...(await loadPlugins(name, file?.path ?? '')));
  return createRegistry([...firstParty, ...loaded]);
}

const pluginNames = (raw: unknown): readonly string[] =>
  typeof raw === 'object' && raw !== null && 'plugins' in raw && Array.isArray(raw.plugins)
    ? raw.plugins.filter((name): name is string => typeof name === 'string' && name !== '')
    : [];

async function loadPlugins(name: string, from: string): Promise<readonly Plugin[]> {
  let exported: unknown;
  try {
    exported = await createJiti(pathToFileURL(from).href).import(name);
  } catch (error) {
    throw new EngineError('plugins/not-loadable', {
      message: `The plug-in "${name}" cannot be loaded: ${error instanceof Error ? error.message : String(error)}`,
      remedy: `Install it beside the configuration (npm install ${name}), or correct its name under plugins.`,
      context: { name },
      cause: error,
    });
  }
  const plugins = typeof exported === 'object' && exported !== null ? Object.values(exported).filter(isPlugin) : [];
  if (plugins.length === 0) {
    throw new EngineError('plugins/empty', {
      message: `"${name}" exports no plug-in.`,
      remedy: 'Export what defineStrategy, defineFeed or defineBroker gives.',
      context: { name },
    });
  }
  return [...new Set(plugins)];
}

const isPlugin = (value: unknown): value is Plugin =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  'name' in value &&
  typeof value.name === 'string' &&
  (value.kind === 'strategy' || value.kind === 'feed' || value.kind === 'broker');
