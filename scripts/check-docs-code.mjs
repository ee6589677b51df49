// TypeScript on our pages is what a reader copies first, so it compiles: every block that begins with an import, against the sources.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';

import { filesBelow, root } from './lib/repository.mjs';

const pages = ['README.md', ...filesBelow('docs').filter((path) => path.endsWith('.md') && !path.startsWith('docs/api/'))];

/** The blocks under the names of files that are not there, so that imports resolve as they would at the root. */
const blocks = new Map();
for (const page of pages) {
  const text = readFileSync(join(root, page), 'utf8');
  for (const match of text.matchAll(/```ts\n(import [\s\S]*?)```/g)) {
    const line = text.slice(0, match.index).split('\n').length;
    blocks.set(join(root, `${page.replaceAll('/', '-')}-${line}.ts`), { page, line, code: match[1] });
  }
}

const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent({ ...config, files: [], include: undefined }, ts.sys, root);
const host = ts.createCompilerHost(options);
const { readFile, fileExists } = host;
host.readFile = (path) => blocks.get(path)?.code ?? readFile(path);
host.fileExists = (path) => blocks.has(path) || fileExists(path);

const program = ts.createProgram([...blocks.keys()], options, host);
let failed = false;
for (const [path, { page, line }] of blocks) {
  const source = program.getSourceFile(path);
  for (const { start = 0, messageText } of [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]) {
    const at = line + 1 + source.getLineAndCharacterOfPosition(start).line;
    process.stderr.write(`${page}:${at} ${ts.flattenDiagnosticMessageText(messageText, '\n')}\n`);
    failed = true;
  }
}
if (failed) process.exit(1);
process.stdout.write(`${blocks.size} pieces of TypeScript on our pages compile.\n`);
