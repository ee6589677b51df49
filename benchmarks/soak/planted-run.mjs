/**
 * Shows that the soak test can fail: plants one mistake after the other into the sources, in memory, and demands that the schedules find each.
 * `npm run soak:planted`; exit code 1 if one is not found.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { build } from 'esbuild';

import { PLANTED } from './planted-bugs.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const SEED = 1;
let builds = 0;
/** Schedules in which a mistake has to show. */
const MOST = 20_000;
/** Schedules in which nothing may show without one: what is found then is no planted mistake. */
const CONTROL = 2_000;

function patched({ name, file, find, replace }) {
  const source = readFileSync(join(root, file), 'utf8');
  const parts = source.split(find);
  if (parts.length !== 2)
    throw new Error(`"${name}": its place in ${file} is there ${parts.length - 1} times; the patch has to be adapted.`);
  return parts.join(replace);
}

/** What a patch replaces as esbuild loads the sources; `wasApplied` tells whether it was loaded at all. */
function patch(bug) {
  const contents = patched(bug);
  const path = join(root, ...bug.file.split('/'));
  let applied = false;
  const plugin = {
    name: 'planted',
    setup: ({ onLoad }) => {
      onLoad({ filter: new RegExp(`${bug.file.split('/').pop()}$`) }, (args) => {
        if (args.path !== path.split('/').join(sep)) return undefined;
        applied = true;
        return { contents, loader: 'ts', resolveDir: dirname(path) };
      });
    },
  };
  return { plugin, wasApplied: () => applied };
}

/** Plays schedules on the sources with a mistake in them, or without one. */
async function played(bug, most) {
  const folder = join(root, 'node_modules', '.cache', 'sauda-run');
  mkdirSync(folder, { recursive: true });
  builds += 1;
  const outfile = join(folder, `planted-${builds}-${process.pid}.mjs`);
  const patching = bug === null ? null : patch(bug);
  await build({
    entryPoints: [join(root, 'benchmarks', 'soak', 'planted.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    plugins: patching === null ? [] : [patching.plugin],
    logLevel: 'warning',
  });
  try {
    if (patching?.wasApplied() === false) throw new Error(`"${bug.name}": ${bug.file} is no part of what the schedules run.`);
    const { caught } = await import(pathToFileURL(outfile).href);
    return caught(SEED, most);
  } finally {
    rmSync(outfile, { force: true });
  }
}

const only = process.argv[2];
const chosen = PLANTED.filter(({ name }) => only === undefined || name.includes(only));
// All places first: what was moved is to be known at once.
for (const bug of chosen) patched(bug);
const control = await played(null, CONTROL);
if (control !== null) {
  process.stdout.write(`Without any mistake planted, schedule ${control.after} breaks something: ${control.message}\n`);
  process.exit(1);
}
let missed = 0;
for (const bug of chosen) {
  const found = await played(bug, MOST);
  if (found === null) missed += 1;
  const outcome = found === null ? `NOT FOUND in ${MOST} schedules` : `found after ${found.after}: ${found.message}`;
  process.stdout.write(`${bug.name}\n    ${outcome}\n`);
}
process.stdout.write(`${chosen.length} planted mistakes, ${chosen.length - missed} found\n`);
process.exitCode = missed > 0 ? 1 : 0;
