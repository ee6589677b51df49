import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

const SKIPPED = new Set(['node_modules', '.git', 'dist', 'coverage']);

/** Every file below a folder of the repository, as paths from its root with forward slashes, sorted. */
export function filesBelow(folder) {
  const found = [];
  const visit = (path) => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (SKIPPED.has(entry.name)) continue;
      const inside = join(path, entry.name);
      if (entry.isDirectory()) visit(inside);
      else found.push(relative(root, inside).split(sep).join('/'));
    }
  };
  visit(join(root, folder));
  return found.sort();
}

/** Sources of the packages, without tests. */
export const packageSources = () =>
  filesBelow('packages').filter((path) => /^packages\/[^/]+\/src\/.*\.ts$/.test(path) && !/\.(test|test-kit|fixture)\.ts$/.test(path));
