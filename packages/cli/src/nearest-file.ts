import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';

import type { EngineError } from '@sauda/engine';

/** For a file that is missing: the file of its folder with the most similar name, as a remedy. `null` where there is none. */
export function nearestFile(error: EngineError): string | null {
  const file = error.context['file'];
  if (error.code !== 'feed/file-missing' || typeof file !== 'string') return null;
  const dir = dirname(file);
  if (!existsSync(dir)) return `There is no folder "${dir}".`;
  const wanted = pairsOf(basename(file));
  const rated = readdirSync(dir).map((name) => ({ name, likeness: likeness(wanted, pairsOf(name)) }));
  rated.sort((a, b) => b.likeness - a.likeness);
  const [best] = rated;
  return best === undefined || best.likeness < 0.4 ? null : `Did you mean "${best.name}", which is in that folder?`;
}

const pairsOf = (name: string): readonly string[] =>
  Array.from({ length: Math.max(0, name.length - 1) }, (_, index) => name.slice(index, index + 2).toLowerCase());

/** How many neighbouring letters two names share, from 0 to 1 (L. R. Dice, 1945). */
function likeness(a: readonly string[], b: readonly string[]): number {
  const left = [...b];
  let shared = 0;
  for (const pair of a) {
    const place = left.indexOf(pair);
    if (place < 0) continue;
    left.splice(place, 1);
    shared += 1;
  }
  return a.length + b.length === 0 ? 0 : (2 * shared) / (a.length + b.length);
}
