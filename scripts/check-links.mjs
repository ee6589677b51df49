// Every link of our Markdown pages that points into the repository leads somewhere, headings included.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import { filesBelow, root } from './lib/repository.mjs';

const pages = filesBelow('.').filter((path) => path.endsWith('.md') && !path.startsWith('docs/api/') && !path.startsWith('.changeset/'));

/** Text without code, in which brackets mean something else. */
const prose = (text) => text.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '');

/** The anchors of a page as GitHub makes them from its headings. */
function anchorsOf(path) {
  const text = readFileSync(path, 'utf8').replace(/```[\s\S]*?```/g, '');
  return new Set(
    [...text.matchAll(/^#{1,6}\s+(.*)$/gm)].map(([, heading]) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replace(/\s/g, '-'),
    ),
  );
}

const problems = [];
let links = 0;
for (const page of pages) {
  const text = prose(readFileSync(join(root, page), 'utf8'));
  const targets = [...text.matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g), ...text.matchAll(/^\[[^\]]+\]:\s+(\S+)/gm)].map(
    ([, target]) => target,
  );
  for (const target of targets) {
    if (/^[a-z][a-z+.-]*:/i.test(target)) continue;
    links += 1;
    const [file = '', anchor] = target.split('#');
    const found = file === '' ? join(root, page) : join(root, dirname(page), decodeURIComponent(file));
    if (relative(root, found).startsWith('..')) problems.push(`${page}: "${target}" leads out of the repository.`);
    else if (!existsSync(found)) problems.push(`${page}: "${target}" leads nowhere.`);
    else if (anchor !== undefined && statSync(found).isFile() && !anchorsOf(found).has(anchor))
      problems.push(`${page}: "${target}" names a heading that the page has not.`);
  }
}

for (const problem of problems) process.stderr.write(`${problem}\n`);
if (problems.length > 0) process.exit(1);
process.stdout.write(`${links} links on ${pages.length} pages lead somewhere.\n`);
