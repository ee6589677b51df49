import { existsSync, readdirSync } from 'node:fs';

import { defineConfig } from 'tsup';

// One build for every package: `scripts/build.mjs` runs it with the package as working directory.
// What `exports` points to are `src/index.ts` and `src/<subpath>/index.ts`; nothing else inside a package is called index.
const entries = ['.', ...readdirSync('src')]
  .filter((folder) => existsSync(`src/${folder}/index.ts`))
  .map((folder): [string, string] => [folder === '.' ? 'index' : `${folder}/index`, `src/${folder}/index.ts`]);

// A package with a command has the file that `bin/` starts as well.
if (existsSync('bin') && existsSync('src/main.ts')) entries.push(['main', 'src/main.ts']);

export default defineConfig({
  entry: Object.fromEntries(entries),
  tsconfig: '../../tsconfig.build.json',
  target: 'node20',
  format: ['esm', 'cjs'],
  // Without the types of `@sauda/engine` beside it a package cannot be type-checked, so `dts` needs the engine's build first.
  dts: true,
  // Entry points share chunks: an error thrown in one is an instance of the class that the other exports.
  splitting: true,
  clean: true,
  // A source map would name folders of the machine that built it.
  sourcemap: false,
});
