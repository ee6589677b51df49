import type { BenchResult } from './measured.js';

/** The result for people. */
export function inWords({
  node,
  cpu,
  market,
  candles,
  engine,
  guarded,
  guardCost,
  handLoop,
  parts,
  memory,
  micro,
  ...whole
}: BenchResult): string {
  const times = (ns: number): string => `${(ns / handLoop.bestNs).toFixed(0)} ×`;
  const lines = [
    `Node ${node}, ${cpu}`,
    `${grouped(candles)} candles: ${market}`,
    `${grouped(whole.signals)} signals, ${grouped(whole.roundTrips)} round trips, ${whole.eventsPerCandle.toFixed(2)} journalled events a candle, decisions ${whole.decisionHash.slice(0, 12)}`,
    '',
    `whole engine   best ${grouped(engine.candlesPerSecond)} candles/s, ${nanoseconds(engine.bestNs)} a candle`,
    `             median ${grouped(engine.candlesPerSecondMedian)} candles/s, ${nanoseconds(engine.medianNs)} a candle`,
    `every limit on best ${nanoseconds(guarded.bestNs)} a candle, median ${nanoseconds(guarded.medianNs)}: ${(guardCost * 100).toFixed(0)} % more than with none`,
    `loop by hand   best ${nanoseconds(handLoop.bestNs)} a candle: the engine takes ${whole.ratio.toFixed(0)} times as long (median ${whole.ratioMedian.toFixed(0)})`,
  ];
  if (parts.length > 0) {
    const rows = parts.map(({ part, per, bestNs, medianNs }) => [
      part,
      `a${per === 'event' ? 'n' : ''} ${per}`,
      nanoseconds(bestNs),
      nanoseconds(medianNs),
      times(bestNs),
    ]);
    lines.push('', ...table(['part', 'for', 'best', 'median', 'of the loop by hand'], rows));
  }
  if (memory.length > 0) {
    const rows = memory.map(({ years, heldMib, ...of }) => [
      String(years),
      grouped(of.candles),
      grouped(of.events),
      grouped(of.roundTrips),
      `${heldMib.toFixed(1)} MiB`,
    ]);
    lines.push('', ...table(['years', 'candles', 'events', 'round trips', 'held after a collection'], rows));
  }
  if (micro.length > 0) {
    const rows = micro.map(({ what, per, bestNs, medianNs }) => [what, `a ${per}`, nanoseconds(bestNs), nanoseconds(medianNs)]);
    lines.push('', ...table(['alone', 'for', 'best', 'median'], rows));
  }
  return `${lines.join('\n')}\n`;
}

const grouped = (value: number): string => Math.round(value).toLocaleString('en-US');

const nanoseconds = (ns: number): string => (ns < 10 ? `${ns.toFixed(1)} ns` : `${grouped(ns)} ns`);

/** The first column to the left, numbers to the right. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ');
  return [line(head), ...rows.map(line)];
}
