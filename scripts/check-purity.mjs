// The pure layers ask nobody for now, chance or I/O: time, randomness and outcomes arrive as inputs.
// dependency-cruiser watches over what they import; this watches over what they call.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { impurities } from './lib/impurities.mjs';
import { packageSources, root } from './lib/repository.mjs';

const pureFolders = ['primitives', 'market', 'indicators', 'candles', 'options', 'orders', 'portfolio', 'sets', 'risk'];
const isPure = (path) => pureFolders.some((folder) => path.startsWith(`packages/engine/src/${folder}/`));

const problems = packageSources()
  .filter(isPure)
  .flatMap((path) => impurities(path, readFileSync(join(root, path), 'utf8')));

for (const problem of problems) process.stderr.write(`${problem}\n`);
if (problems.length > 0) process.exit(1);
process.stdout.write(`Layers 0 to 7 are pure: ${pureFolders.join(', ')}.\n`);
