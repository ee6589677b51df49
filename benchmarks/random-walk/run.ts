// Nobody earns money on a market without drift before costs. If a rule does here, the simulation gives it away.
//
//   node benchmarks/run.mjs benchmarks/random-walk/run.ts [candles a rule; a million if absent]
import { exitRules } from './exit-rules.js';
import { judge } from './judge.js';
import { measure } from './measure.js';

const candles = Number(process.argv[2] ?? 1_000_000);
const paths = ['straight', 'pessimistic'] as const;
const trials = paths.flatMap((path) => exitRules.map((rules) => ({ rules, path })));

const VERDICTS = {
  fair: '',
  favoured: 'a tight trailing stop: favoured by the path, as documented',
  unfair: 'MONEY OUT OF NOTHING',
} as const;

process.stdout.write(row('path', 'rule', 'round trips', 'mean ₹', 'std error', 'z'));
for (const measured of await measure(trials, { candles, seed: 1 })) {
  const { path, rules, roundTrips, mean, standardError, z } = measured;
  const verdict = judge(measured);
  if (verdict === 'unfair') process.exitCode = 1;
  process.stdout.write(
    row(path, rules.name, String(roundTrips), mean.toFixed(3), standardError.toFixed(3), z.toFixed(2), VERDICTS[verdict]),
  );
}

function row(path: string, rule: string, ...[count = '', mean = '', error = '', z = '', verdict = '']: readonly string[]): string {
  const cells = [path.padEnd(12), rule.padEnd(29), count.padStart(11), mean.padStart(9), error.padStart(10), z.padStart(8), ` ${verdict}`];
  return `${cells.join(' ').trimEnd()}\n`;
}
