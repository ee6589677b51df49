// Writes candles.csv anew: `npm run make-candles --workspace examples`.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { madeUpCandles } from './made-up-candles.js';

writeFileSync(fileURLToPath(new URL('./candles.csv', import.meta.url)), await madeUpCandles());
