import { isDeepStrictEqual } from 'node:util';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { exactJson } from './exact-json.js';

/** Node's deep equality tells −0 from 0. */
const comesBack = (value: unknown): boolean => isDeepStrictEqual(JSON.parse(exactJson(value).text), value);

describe('exact JSON', () => {
  it.each([0, -0, 1e-7, 5e-324, 0.1 + 0.2, 2 ** 53, -(2 ** 53), 1e21, Number.MAX_VALUE])('gives the number %d back', (number) => {
    expect(Object.is(JSON.parse(exactJson([number]).text)[0], number)).toBe(true);
  });

  it.each(['', '₹ नमस्ते 😀', 'a"b\\c\n\u0000', '\ud800 alone', '\u2028', '__proto__'])('gives the text %j back', (text) => {
    expect(comesBack([text, { text }])).toBe(true);
  });

  it('gives any data back', () => fc.assert(fc.property(fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' }), comesBack), { numRuns: 100 }));

  it('gives any number back, with its sign', () =>
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => Object.is(JSON.parse(exactJson(number).text), number)),
      { numRuns: 200 },
    ));

  it('keeps the order of fields, and a field that is called __proto__', () => {
    const record = JSON.parse('{"b":1,"__proto__":{"a":null},"a":2}');
    expect(exactJson(record).text).toBe('{"b":1,"__proto__":{"a":null},"a":2}');
  });

  it('leaves out fields that are undefined, and says so', () => {
    expect(exactJson({ a: undefined, b: null })).toEqual({ text: '{"b":null}', leftOut: true });
    expect(exactJson({ b: null })).toEqual({ text: '{"b":null}', leftOut: false });
  });

  it.each([NaN, Infinity, -Infinity])('refuses %d', (number) => {
    expect(() => exactJson({ price: number })).toThrow(`A journalled number is ${number}`);
  });

  it.each([
    ['a place in a list that is undefined', undefined],
    ['a function', () => 1],
    ['a big integer', 10n],
    ['a symbol', Symbol('x')],
    ['a date', new Date(0)],
    ['a map', new Map([['a', 1]])],
  ])('refuses %s', (_, value) => {
    expect(() => exactJson([value])).toThrow('neither data nor null');
  });
});
