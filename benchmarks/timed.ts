/** How long one of many equal pieces of work takes, in nanoseconds. */
export interface Timing {
  readonly bestNs: number;
  readonly medianNs: number;
}

/** What work came to is added up here, so that no compiler can leave it out. */
let sink = 0;

/**
 * Does a piece of work several times in this process.
 *
 * @param items how many things the work goes through: candles, events, calls.
 * @param work gives a number that depends on all of it.
 * @param options.warmUps times that do not count: until then the code is not compiled.
 */
export async function timed(
  items: number,
  work: () => number | Promise<number>,
  { runs = 7, warmUps = 2 }: { readonly runs?: number; readonly warmUps?: number } = {},
): Promise<Timing> {
  const [timing] = await timedInTurn(items, [work], { runs, warmUps });
  if (timing === undefined) throw new RangeError('Nothing was timed.');
  return timing;
}

/** The same for several pieces of work that are to be compared: they take turns, so that a busy machine slows all of them. */
export async function timedInTurn(
  items: number,
  works: readonly (() => number | Promise<number>)[],
  { runs = 7, warmUps = 2 }: { readonly runs?: number; readonly warmUps?: number } = {},
): Promise<readonly Timing[]> {
  const times: number[][] = works.map(() => []);
  for (let run = -warmUps; run < runs; run += 1) {
    for (const [index, work] of works.entries()) {
      const started = performance.now();
      const answer = work();
      sink += typeof answer === 'number' ? answer : await answer;
      if (run >= 0) times[index]?.push(((performance.now() - started) * 1e6) / items);
    }
  }
  if (!Number.isFinite(sink)) throw new RangeError(`A benchmark came to ${sink}.`);
  return times.map((of) => {
    of.sort((one, other) => one - other);
    return { bestNs: of[0] ?? Number.NaN, medianNs: of[Math.floor(of.length / 2)] ?? Number.NaN };
  });
}
