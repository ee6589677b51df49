import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'tsup';

const placeOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const engine = placeOf('../../../engine/src/index.ts');

/**
 * Puts a source file of this folder and everything that it imports into one file, so that processes of their own can run the sources: it starts
 * quickly, and needs no build.
 *
 * @param name of the file, without its ending.
 * @returns the path of the file that was made; what the source exports can be imported from it.
 */
export async function compileProgram(folder: string, name: string): Promise<string> {
  symlinkSync(placeOf('../../../../node_modules'), join(folder, 'node_modules'), 'junction');
  await build({
    entry: { program: placeOf(`./${name}.ts`) },
    outDir: folder,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    config: false,
    silent: true,
    clean: false,
    noExternal: [/^(?!libsql)/],
    external: ['libsql'],
    outExtension: () => ({ js: '.cjs' }),
    esbuildPlugins: [{ name: 'engine', setup: ({ onResolve }) => onResolve({ filter: /^@sauda\/engine$/ }, () => ({ path: engine })) }],
  });
  return join(folder, 'program.cjs');
}
