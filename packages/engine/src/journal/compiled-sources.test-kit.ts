import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import ts from 'typescript';

const sources = fileURLToPath(new URL('..', import.meta.url));
const packages = fileURLToPath(new URL('../../../../node_modules', import.meta.url));

/**
 * Puts source files and what they import into a folder as JavaScript, so that a process of its own can run them: packages are found there as well.
 *
 * @param entries as seen from the engine's `src`.
 */
export function compileSources(folder: string, entries: readonly string[]): void {
  symlinkSync(packages, join(folder, 'node_modules'), 'junction');
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const done = new Set<string>();
  const compile = (path: string): void => {
    if (done.has(path)) return;
    done.add(path);
    const { outputText } = ts.transpileModule(readFileSync(path, 'utf8'), {
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true },
    });
    const target = join(folder, relative(sources, path).replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, outputText);
    for (const [, imported = ''] of outputText.matchAll(/ from '(\.[^']+)\.js'/g)) compile(join(dirname(path), `${imported}.ts`));
  };
  for (const entry of entries) compile(join(sources, entry));
}
