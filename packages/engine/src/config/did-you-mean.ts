/**
 * The candidate that a person most likely meant, or `undefined` if none is near: at most a third of the letters may differ,
 * upper and lower case and punctuation do not count.
 */
export function nearestOf(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = plain(word);
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, plain(candidate));
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** A remedy for a word that is none of the known ones: the nearest, if there is one, and all of them. */
export function didYouMean(word: string, known: readonly string[]): string {
  const nearest = nearestOf(word, known);
  const question = nearest === undefined ? '' : `Did you mean "${nearest}"? `;
  if (known.length === 0) return `${question}Remove it.`;
  return `${question}${known.length === 1 ? 'Known is' : 'Known are'} ${known.join(', ')}.`;
}

const plain = (word: string): string => word.toLowerCase().replaceAll(/[-_ .]/g, '');

/** Insertions, deletions, substitutions and swaps of neighbours that lead from one word to the other (optimal string alignment). */
function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      let distance = Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) distance = Math.min(distance, (beforeLast[column - 2] ?? 0) + 1);
      current.push(distance);
    }
    beforeLast = last;
    last = current;
  }
  return last[to.length] ?? 0;
}
