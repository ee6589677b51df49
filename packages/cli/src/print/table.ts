/** A cell: its text, and how it is coloured when it is printed. The width counts the text alone. */
export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
}

/** Wider tables than this have one space between their columns instead of two. */
const WIDTH_MAX = 120;

/** Rows under titles, each column as wide as its widest cell. */
export function table(columns: readonly Column[], rows: readonly (readonly (string | Cell)[])[]): string {
  const cells = rows.map((row) => row.map((cell): Cell => (typeof cell === 'string' ? { text: cell } : cell)));
  const widths = columns.map(({ title }, index) => Math.max(title.length, ...cells.map((row) => row[index]?.text.length ?? 0)));
  const width = widths.reduce((sum, one) => sum + one, 0);
  const gap = width + 2 * (widths.length - 1) > WIDTH_MAX ? 1 : 2;
  const line = (row: readonly Cell[]): string =>
    columns
      .map(({ align }, index) => {
        const { text, paint } = row[index] ?? { text: '' };
        const space = ' '.repeat((widths[index] ?? 0) - text.length);
        const painted = paint === undefined ? text : paint(text);
        return align === 'right' ? space + painted : painted + space;
      })
      .join(' '.repeat(gap))
      .trimEnd();
  const rule = '─'.repeat(width + gap * (widths.length - 1));
  return [line(columns.map(({ title }) => ({ text: title }))), rule, ...cells.map(line)].join('\n');
}
