import { describe, expect, it } from 'vitest';

import type { Finding } from '../risk/account-event.js';
import { LineWatch } from './line-watch.js';

function lineWith(lostForMs: number | null) {
  const found: Finding[] = [];
  const changes: (readonly [string, number])[] = [];
  const line = new LineWatch({ lostForMs, changed: (state, at) => changes.push([state, at]), found: (finding) => found.push(finding) });
  return { line, found, changes };
}

describe('a line', () => {
  it('that is lost, and one that is back, are told of once', () => {
    const { line, changes } = lineWith(60_000);
    line.changed('up', 1);
    line.changed('down', 2);
    line.changed('down', 3);
    line.changed('up', 4);
    line.changed('up', 5);
    expect(changes).toEqual([
      ['down', 2],
      ['up', 4],
    ]);
  });

  it('that is lost for too long is found, once', () => {
    const { line, found } = lineWith(60_000);
    line.changed('down', 1_000);
    expect(line.nextTime).toBe(61_000);
    line.look(61_000);
    expect(found).toMatchObject([{ code: 'account/broker-lost', limit: 60_000, value: 60_000 }]);
    expect(line.nextTime).toBe(Infinity);
  });

  it('that is back in time is not', () => {
    const { line, found } = lineWith(60_000);
    line.changed('down', 1_000);
    line.changed('up', 60_999);
    expect(line.nextTime).toBe(Infinity);
    line.look(61_000);
    expect(found).toEqual([]);
  });

  it('that is lost again is waited for anew', () => {
    const { line } = lineWith(60_000);
    line.changed('down', 0);
    line.changed('up', 10);
    line.changed('down', 20);
    expect(line.nextTime).toBe(60_020);
  });

  it('may be lost for as long as it likes where there is no limit', () => {
    const { line, found, changes } = lineWith(null);
    line.changed('down', 0);
    expect(line.nextTime).toBe(Infinity);
    line.look(1e9);
    expect([found, changes.length]).toEqual([[], 1]);
  });
});
