import { formatRupees, type RunReport } from '@sauda/engine';

const EIGHTHS = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** The equity of each day as a small chart of Unicode blocks, highest and lowest value beside it. Empty for fewer than two days. */
export function equityCurve(equity: RunReport['equity'], { width = 80, height = 6 } = {}): string {
  if (equity.length < 2) return '';
  const points = squeezed(
    equity.map(({ equityPaise }) => equityPaise),
    width,
  );
  const high = Math.max(...points);
  const low = Math.min(...points);
  const range = high - low;
  // The lowest point keeps one eighth, so that a day without height is not taken for a gap.
  const eighths = points.map((value) =>
    range === 0 ? 8 * Math.ceil(height / 2) : 1 + Math.round(((value - low) / range) * (height * 8 - 1)),
  );
  const labels = [formatRupees(high), formatRupees(low)];
  const labelWidth = Math.max(...labels.map(({ length }) => length));
  const rows = Array.from({ length: height }, (_, index) => {
    const floor = (height - 1 - index) * 8;
    const label = index === 0 ? labels[0] : index === height - 1 && range > 0 ? labels[1] : '';
    return `${(label ?? '').padStart(labelWidth)} │${eighths.map((level) => EIGHTHS[Math.max(0, Math.min(8, level - floor))]).join('')}`.trimEnd();
  });
  const [first, last] = [equity[0]?.date ?? '', equity.at(-1)?.date ?? ''];
  const axis = `${' '.repeat(labelWidth)} └${'─'.repeat(points.length)}`;
  const dates = `${' '.repeat(labelWidth + 2)}${first}${last.padStart(Math.max(points.length - first.length, last.length + 1))}`;
  return [...rows, axis, dates].join('\n');
}

/** At most `width` values, evenly spread, the first and the last among them. */
function squeezed(values: readonly number[], width: number): readonly number[] {
  if (values.length <= width) return values;
  return Array.from({ length: width }, (_, index) => values[Math.round((index * (values.length - 1)) / (width - 1))] ?? 0);
}
