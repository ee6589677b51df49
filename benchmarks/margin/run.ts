// How far margin estimates are from what brokers answered.
//
//   node benchmarks/run.mjs benchmarks/margin/run.ts
import { compared } from './compared.js';
import { hasRecordedMargins, NOT_COMPARABLE } from './recorded.js';

if (!hasRecordedMargins()) {
  process.stdout.write('SKIPPED: no recorded answers of brokers beside the repository (../shared/brokers/fixtures).\n');
} else {
  const rows = compared();
  for (const { broker, legs, recorded, estimate, errorPercent, assumed } of rows) {
    process.stdout.write(
      `${broker.padEnd(13)} recorded ${money(recorded)}  estimate ${money(estimate)}  ${percent(errorPercent)}  ${legs}\n`,
    );
    process.stdout.write(`${' '.repeat(14)}assumed: ${assumed}\n`);
  }
  for (const { file, lacks } of NOT_COMPARABLE) process.stdout.write(`not compared  ${file}: lacks ${lacks}\n`);
}

function money(rupees: number): string {
  return rupees.toFixed(2).padStart(11);
}

function percent(value: number): string {
  return `${value >= 0 ? '+' : ''}${value.toFixed(1)} %`.padStart(8);
}
