// Runs a TypeScript program of this repository on the sources of the packages, on any Node that is supported and without a build:
// `node benchmarks/run.mjs benchmarks/bench.ts --json`. A file is looked for in the working folder.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [program, ...args] = process.argv.slice(2);
if (program === undefined) {
  process.stderr.write('Name a program: node benchmarks/run.mjs benchmarks/bench.ts\n');
  process.exit(2);
}
const entry = resolve(program);

/** A bundled file lies elsewhere: programs that look for files beside themselves are told where they were written. */
const ownPlace = {
  name: 'own-place',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/](benchmarks|examples)[\\/].*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
      loader: 'ts',
      resolveDir: dirname(path),
    }));
  },
};

/** `@sauda/engine` and its like are the sources; whatever else has no dot in front comes from node_modules. */
const sources = {
  name: 'sources',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
      if (kind === 'entry-point') return undefined;
      const [, name, subpath] = /^@sauda\/(\w+)(?:\/(.+))?$/.exec(path) ?? [];
      if (name === undefined) return { path, external: true };
      return { path: join(root, 'packages', name, 'src', subpath ?? '', 'index.ts') };
    });
  },
};

const folder = join(root, 'node_modules', '.cache', 'sauda-run');
const outfile = join(folder, `${basename(entry, '.ts')}-${process.pid}.mjs`);
mkdirSync(folder, { recursive: true });
process.on('exit', () => rmSync(outfile, { force: true }));
await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: 'inline',
  plugins: [ownPlace, sources],
  logLevel: 'warning',
});
process.setSourceMapsEnabled(true);
process.argv = [process.argv[0] ?? 'node', entry, ...args];
// For programs with workers: what they have to start.
process.env['SAUDA_PROGRAM'] = outfile;
await import(pathToFileURL(outfile).href);
