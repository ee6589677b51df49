import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

// Tests run on the sources, so that a fresh clone needs no build.
export default defineConfig({
  resolve: {
    alias: [
      { find: /^@sauda\/engine$/, replacement: source('./packages/engine/src/index.ts') },
      { find: /^@sauda\/engine\/testing$/, replacement: source('./packages/engine/src/testing/index.ts') },
      { find: /^@sauda\/(brokers|strategies)\/(.+)$/, replacement: `${source('./packages')}/$1/src/$2/index.ts` },
      { find: /^@sauda\/cli$/, replacement: source('./packages/cli/src/index.ts') },
    ],
  },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'examples/**/*.test.ts', 'benchmarks/**/*.test.ts', 'scripts/**/*.test.mjs'],
    reporters: process.env['CI'] === undefined ? ['default'] : ['default', source('./scripts/plain-count-reporter.mjs')],
    testTimeout: 30_000,
    // Every core, and no process a file: half the time of the defaults on two cores.
    pool: 'threads',
    maxWorkers: '100%',
  },
});
