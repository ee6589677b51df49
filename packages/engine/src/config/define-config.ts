import type { RunConfigInput } from './run-schema.js';

/**
 * Gives a configuration in TypeScript or JavaScript its type, so that an editor completes and checks it. The value stays as it is.
 *
 * @example export default defineConfig({ mode: 'backtest', accounts: […], feeds: […], sets: […] });
 */
export const defineConfig = (config: RunConfigInput): RunConfigInput => config;
