// docs/reference/errors.md lists every code that the sources can answer with. `--write` makes the page anew; without it the page is held against the sources.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { codesOf } from './lib/codes.mjs';
import { packageSources, root } from './lib/repository.mjs';

const page = join(root, 'docs/reference/errors.md');

const read = packageSources().map((path) => codesOf(path, readFileSync(join(root, path), 'utf8')));
const all = read.flatMap(({ codes }) => codes);
const problems = read.flatMap((each) => each.problems);

for (const { kind, code, path, line } of all) {
  if (kind === 'error' && !/^[a-z][a-z-]*\/[a-z][a-z0-9-]*$/.test(code))
    problems.push(`${path}:${line} "${code}" is not written area/what.`);
}

const cell = (text) => text.replace(/\s+/g, ' ').replace(/\|/g, '\\|').replace(/</g, '&lt;').trim();

/** One row for each code; a code that is said in several ways has them all. */
function rowsOf(kind) {
  const byCode = new Map();
  for (const each of all.filter((found) => found.kind === kind)) {
    const known = byCode.get(each.code) ?? { says: new Set(), remedy: new Set(), area: new Set() };
    if (each.says !== '') known.says.add(cell(each.says));
    if (each.remedy !== '') known.remedy.add(cell(each.remedy));
    known.area.add(
      each.path
        .replace(/^packages\//, '')
        .replace(/\/src\//, '/')
        .replace(/\/[^/]*$/, '/'),
    );
    byCode.set(each.code, known);
  }
  return [...byCode].sort(([left], [right]) => (left < right ? -1 : 1));
}

const list = (texts) => [...texts].sort().join('<br>');

const section = (title, intro, kind, columns) => {
  const rows = rowsOf(kind);
  if (rows.length === 0) return [];
  return [
    `## ${title}`,
    '',
    intro,
    '',
    `| code | ${columns.join(' | ')} | from |`,
    `| --- | ${columns.map(() => '---').join(' | ')} | --- |`,
    ...rows.map(([code, { says, remedy, area }]) => {
      const middle = columns.length === 2 ? [list(says), list(remedy)] : [list(says)];
      return `| \`${code}\` | ${middle.join(' | ')} | ${list(area)} |`;
    }),
    '',
  ];
};

const text = [
  '# Codes',
  '',
  'A code is stable: programs may rely on it, while the words around it may become better. An ellipsis stands for the value that was found.',
  'This page is made from the sources by `npm run docs:errors`; `npm run docs:check` fails when the two differ.',
  '',
  ...section(
    'Errors',
    'Thrown as an `EngineError` with `code`, `message`, `remedy` and `context`. A `ProblemsError` is one that lists many problems.',
    'error',
    ['says', 'what to do'],
  ),
  ...section(
    'Refusals',
    'Answers to a wish: why a set did not enter, or why an order was not sent. They are journalled and shown, not thrown.',
    'refusal',
    ['says'],
  ),
  ...section(
    'Findings',
    'Warnings about a configuration or a run; the work goes on. What a feed finds strange in its data is `data/<finding>`, listed in [the guide](../guides/data.md#what-is-checked-while-reading).',
    'finding',
    ['says', 'what to do'],
  ),
].join('\n');

for (const problem of problems) process.stderr.write(`${problem}\n`);

if (process.argv.includes('--write')) {
  mkdirSync(dirname(page), { recursive: true });
  writeFileSync(page, text);
  process.stdout.write(`docs/reference/errors.md lists ${new Set(all.map(({ code }) => code)).size} codes.\n`);
} else if (!existsSync(page) || readFileSync(page, 'utf8') !== text) {
  process.stderr.write('docs/reference/errors.md differs from the sources: run `npm run docs:errors`.\n');
  process.exitCode = 1;
}
if (problems.length > 0) process.exitCode = 1;
