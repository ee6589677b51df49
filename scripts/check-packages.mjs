// What would be published is right for every way of importing it: publint and are-the-types-wrong over each built package.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { root } from './lib/repository.mjs';

const bin = (name) => join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name);
const run = (command, args, cwd) => spawnSync(bin(command), args, { cwd, stdio: 'inherit', shell: process.platform === 'win32' }).status;

let failed = false;
for (const name of ['engine', 'brokers', 'strategies', 'cli']) {
  const folder = join(root, 'packages', name);
  process.stdout.write(`\n@sauda/${name}\n`);
  if (!existsSync(join(folder, 'dist'))) {
    process.stderr.write('It is not built: run `npm run build` first.\n');
    failed = true;
    continue;
  }
  // Node 10's resolution knows no `exports`; every Node that we support does.
  const statuses = [
    run('publint', ['--strict'], folder),
    run('attw', ['--pack', '.', '--profile', 'node16', '--format', 'table-flipped'], folder),
  ];
  if (statuses.some((status) => status !== 0)) failed = true;
}
process.exit(failed ? 1 : 0);
