import { describe, expect, it } from 'vitest';

import { impurities } from './impurities.mjs';

const found = (text) => impurities('layer.ts', text);

describe('impurities', () => {
  it.each([
    ['Date.now()', 'const now = Date.now();'],
    ['a date of now', 'const now = new Date();'],
    ['chance', 'const chance = Math.random();'],
    ['chance that is handed on', 'const source = Math.random;'],
    ['a timer', 'setTimeout(done, 10);'],
    ['an async function', 'const wait = async () => 1;'],
    ['a promise', 'const later: Promise<number> = soon;'],
    ['the environment', 'const key = process.env.KEY;'],
    ['a power', 'const square = side ** 2;'],
  ])('finds %s', (_, text) => {
    expect(found(text)).toHaveLength(1);
  });

  it('names the line', () => {
    expect(found('const one = 1;\nconst now = Date.now();')).toEqual(['layer.ts:2 Date.now: a pure layer takes the time as an input.']);
  });

  it('lets a date of a given moment, and properties that are called like globals, pass', () => {
    expect(found('const text = new Date(time).toISOString();')).toEqual([]);
    expect(found('const done = order.process; const step = { process: 1 };')).toEqual([]);
  });

  it('reads code, not comments', () => {
    expect(found('// Date.now() would be wrong here.\nconst one = 1;')).toEqual([]);
  });
});
