import { paperBroker } from '@sauda/brokers/paper';
import {
  chainCsvFeed,
  createRegistry,
  csvFeed,
  ProblemsError,
  parseRunConfig,
  type RunConfig,
  type RunConfigInput,
  syntheticFeed,
} from '@sauda/engine';
import { emaCrossover } from '@sauda/strategies/ema-crossover';

/** The plug-ins that benchmarks name. */
export const registry = createRegistry([csvFeed, chainCsvFeed, syntheticFeed, paperBroker, emaCrossover]);

/** A configuration the way it comes from a file: checked, with its defaults. */
export function readConfig(input: RunConfigInput): RunConfig {
  const { config, problems } = parseRunConfig(input, { registry });
  if (config === null) throw new ProblemsError('config/invalid', 'The configuration of a benchmark is wrong', problems);
  return config;
}
