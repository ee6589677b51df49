import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { paperBroker } from '@sauda/brokers/paper';
import {
  createRegistry,
  csvFeed,
  type Plugin,
  ProblemsError,
  parseRunConfig,
  type RunReport,
  runConfig,
  syntheticFeed,
} from '@sauda/engine';
import { emaCrossover } from '@sauda/strategies/ema-crossover';
import { parse } from 'yaml';

/** Runs a configuration of this folder to its end, as fast as it can. */
export async function runExample(file: string, plugins: readonly Plugin[] = []): Promise<RunReport> {
  const path = join(dirname(fileURLToPath(import.meta.url)), file);
  const registry = createRegistry([csvFeed, syntheticFeed, paperBroker, emaCrossover, ...plugins]);
  const { config, problems } = parseRunConfig(parse(readFileSync(path, 'utf8')), { registry });
  if (config === null || problems.length > 0) throw new ProblemsError('config/invalid', file, problems);
  const { report } = await runConfig(config, { registry, baseDir: dirname(path) });
  return report;
}
