import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { inWords } from './in-words.js';
import { measured } from './measured.js';

const HELP = `npm run bench -- [--json] [--quick] [--floor <ratio>] [--out <file>]
  --json    one JSON document instead of tables
  --quick   the whole engine and the loop by hand alone, a few runs
  --floor   exit code 1 if a candle costs the engine more than so many times what it costs the loop by hand
  --out     a file to write the JSON document to as well
`;

const HELD_MIB_MAX = 8;

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    floor: { type: 'string' },
    out: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const floor = options.floor === undefined ? null : Number(options.floor);
if (options.help || Number.isNaN(floor)) {
  process.stderr.write(HELP);
  process.exit(options.help ? 0 : 2);
}

const result = await measured({ quick: options.quick });
const json = `${JSON.stringify(result, null, 2)}\n`;
if (options.out !== undefined) writeFileSync(options.out, json);
process.stdout.write(options.json ? json : inWords(result));
// Memory is bounded by instruments and open sets, never by time; a report's daily figures and a calendar's days are all that may be added.
const [oneYear, tenYears] = result.memory;
if (oneYear !== undefined && tenYears !== undefined && tenYears.heldMib - oneYear.heldMib > HELD_MIB_MAX) {
  process.stderr.write(
    `Ten years hold ${(tenYears.heldMib - oneYear.heldMib).toFixed(1)} MiB more than one; ${HELD_MIB_MAX} are allowed.\n`,
  );
  process.exitCode = 1;
}
if (floor !== null && result.ratio > floor) {
  process.stderr.write(`A candle costs ${result.ratio.toFixed(0)} times the loop by hand; ${floor} is allowed.\n`);
  process.exitCode = 1;
}
