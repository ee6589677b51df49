import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { csvSplitter } from './csv-splitter.js';

const splitAll = (pieces: readonly string[], delimiter = ',') => {
  const splitter = csvSplitter({ file: 'a.csv', delimiter });
  const batches = [...pieces.map((piece) => splitter.push(piece)), splitter.end()];
  return { rows: batches.flatMap(({ rows }) => rows), lines: batches.flatMap(({ lines }) => lines) };
};

describe('csvSplitter', () => {
  it('splits fields, whatever ends a line, and counts the lines it leaves out', () => {
    expect(splitAll(['a,b\r\n1,2\n\n3,\n'])).toEqual({
      rows: [
        ['a', 'b'],
        ['1', '2'],
        ['3', ''],
      ],
      lines: [1, 2, 4],
    });
  });

  it('keeps a last row without a newline', () => {
    expect(splitAll(['a\nb']).rows).toEqual([['a'], ['b']]);
  });

  it('understands quoted fields with delimiters, doubled quotes and newlines inside', () => {
    expect(splitAll(['"a,b","say ""x""","two\nlines"\nnext,1,2\n'])).toEqual({
      rows: [
        ['a,b', 'say "x"', 'two\nlines'],
        ['next', '1', '2'],
      ],
      lines: [1, 3],
    });
  });

  it('splits at another delimiter', () => {
    expect(splitAll(['a;b,c\n'], ';').rows).toEqual([['a', 'b,c']]);
  });

  it('gives the same rows and lines however the text is cut into pieces', () => {
    const field = fc.constantFrom('', '1', '24,5', 'say "x"', 'two\nlines', ' 7 ', 'é');
    const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    fc.assert(
      fc.property(
        fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { maxLength: 8 }),
        fc.array(fc.nat(200), { maxLength: 6 }),
        (rows, cuts) => {
          const text = rows.map((row) => `${row.map(quoted).join(',')}\n`).join('');
          const edges = [0, ...cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b), text.length];
          const pieces = edges.slice(1).map((edge, index) => text.slice(edges[index], edge));
          expect(splitAll(pieces)).toEqual(splitAll([text]));
          expect(splitAll([text]).rows).toEqual(rows);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('refuses a quote that is never closed, naming its line', () => {
    expect(() => splitAll(['a,b\n1,"2\n3,4\n'])).toThrow(
      expect.objectContaining({ code: 'feed/quote-unclosed', context: { file: 'a.csv', line: 2 } }),
    );
    expect(() => splitAll([`"${'x'.repeat(70_000)}`, 'y'])).toThrow(expect.objectContaining({ code: 'feed/quote-unclosed' }));
  });
});
