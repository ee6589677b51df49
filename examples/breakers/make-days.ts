// Writes the CSV files of this folder anew: `npm run make-days --workspace examples`.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { madeUpFiles } from './made-up-days.js';

for (const [name, text] of madeUpFiles()) writeFileSync(fileURLToPath(new URL(`./${name}`, import.meta.url)), text);
