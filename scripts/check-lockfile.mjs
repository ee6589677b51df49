// The lock file names no registry, so an install goes where the machine's own npm settings point; and it has every platform's programs.
//
// npm leaves a platform's package out when the registry at hand does not have it, and `npm ci` then refuses the whole file (npm/cli issue 9846).
// The versions are pinned by the packages that want them and the platforms stand in the names, so `--write` can add what is missing.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { missingPlatforms } from './lib/platform-packages.mjs';
import { root } from './lib/repository.mjs';

const path = join(root, 'package-lock.json');
const lock = JSON.parse(readFileSync(path, 'utf8'));

const addressed = Object.entries(lock.packages).filter(([, { resolved }]) => /^[a-z+]+:\/\//.test(resolved ?? ''));
for (const [name, { resolved }] of addressed) process.stderr.write(`package-lock.json: ${name} comes from ${resolved}.\n`);
if (addressed.length > 0) {
  process.stderr.write('Run `npm install --package-lock-only`: the settings of .npmrc leave addresses away.\n');
  process.exitCode = 1;
}

const write = process.argv.includes('--write');
const missing = missingPlatforms(lock.packages);
if (write) {
  const [head, ...rest] = Object.entries(lock.packages);
  const sorted = [...rest, ...missing].sort(([left], [right]) => left.localeCompare(right, 'en'));
  writeFileSync(path, `${JSON.stringify({ ...lock, packages: Object.fromEntries([head, ...sorted]) }, null, 2)}\n`);
  process.stdout.write(`${missing.length} packages of other platforms added.\n`);
} else if (missing.length > 0) {
  process.stderr.write(
    `package-lock.json lacks ${missing.map(([name]) => name).join(', ')}.\nRun \`node scripts/check-lockfile.mjs --write\`.\n`,
  );
  process.exitCode = 1;
}
if (process.exitCode === undefined)
  process.stdout.write(`${Object.keys(lock.packages).length} locked packages, complete and without addresses.\n`);
