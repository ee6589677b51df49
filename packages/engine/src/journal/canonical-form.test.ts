import { createHash } from 'node:crypto';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { CanonicalHash } from './canonical-form.js';

const hashOf = (...values: readonly unknown[]): string => {
  const hash = new CanonicalHash();
  for (const value of values) hash.add(value);
  return hash.digest();
};

const sha256 = (hex: string): string =>
  createHash('sha256')
    .update(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
    .digest('hex');

/** The form as its documentation has it, written the plain way. */
function formOf(value: unknown): Buffer {
  if (value === undefined) return Buffer.of(8);
  if (value === null) return Buffer.of(0);
  if (typeof value === 'boolean') return Buffer.of(value ? 2 : 1);
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(9, 3);
    bytes.writeDoubleBE(value === 0 ? 0 : value, 1);
    return bytes;
  }
  if (typeof value === 'string') return Buffer.concat([Buffer.of(4), lengthOf(Buffer.byteLength(value)), Buffer.from(value)]);
  if (Array.isArray(value)) return Buffer.concat([Buffer.of(5), lengthOf(value.length), ...value.map(formOf)]);
  return Buffer.concat([Buffer.of(6), ...Object.values(value as object).map(formOf), Buffer.of(7)]);
}

function lengthOf(length: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(length);
  return bytes;
}

const plain = () => createHash('sha256');

describe('the canonical form', () => {
  it.each<[string, unknown, string]>([
    ['null', null, '00'],
    ['false', false, '01'],
    ['true', true, '02'],
    ['a number', 1.5, '03 3ff8000000000000'],
    ['zero', 0, '03 0000000000000000'],
    ['zero with a sign', -0, '03 0000000000000000'],
    ['a text', 'ab', '04 00000002 6162'],
    ['an empty text', '', '04 00000000'],
    ['a text beyond ASCII', 'é₹', '04 00000005 c3a9 e282b9'],
    ['a list', [null, 'a'], '05 00000002 00 04 00000001 61'],
    ['a record', { kind: 'x', flag: true }, '06 04 00000001 78 02 07'],
    ['a record with a field that is undefined', { a: undefined, b: null }, '06 08 00 07'],
    ['records in records', { a: { b: [{}] } }, '06 06 05 00000001 06 07 07 07'],
  ])('of %s is its documented bytes', (_, value, bytes) => {
    expect(hashOf(value)).toBe(sha256(bytes));
  });

  it('of several values is that of one after the other, whenever the hash is asked for', () => {
    const hash = new CanonicalHash();
    hash.add(null);
    expect(hash.digest()).toBe(sha256('00'));
    expect(hash.digest()).toBe(sha256('00'));
    hash.add(true);
    expect(hash.digest()).toBe(sha256('00 02'));
  });

  it.each([63, 64, 65, 4_079, 4_080, 4_096, 65_535, 65_536, 200_000])('holds a text of %d letters', (length) => {
    for (const letter of ['a', 'é', '₹', '𝄞']) {
      const text = letter.repeat(length);
      expect(hashOf(text, 'then', 1)).toBe(
        plain()
          .update(Buffer.concat([formOf(text), formOf('then'), formOf(1)]))
          .digest('hex'),
      );
    }
  });

  it('holds more than its buffer', () => {
    const many = Array.from({ length: 30_000 }, (_, i) => (i % 3 === 0 ? i : i % 3 === 1 ? `event ${i}` : { i, none: null }));
    expect(hashOf(many)).toBe(plain().update(formOf(many)).digest('hex'));
  });

  it.each([NaN, Infinity, -Infinity])('of %d does not exist', (value) => {
    expect(() => hashOf({ price: value })).toThrow(`A journalled number is ${value}`);
  });

  it.each([[undefined], [() => 1], [10n], [Symbol('x')]])('of what is no data does not exist', (value) => {
    expect(() => hashOf([value])).toThrow('neither data nor null');
  });

  it('is what its documentation says, for any data', () =>
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 8 }), (values) => {
        expect(hashOf(...values)).toBe(
          plain()
            .update(Buffer.concat(values.map(formOf)))
            .digest('hex'),
        );
      }),
      { numRuns: 150 },
    ));

  it('of numbers and texts written one by one is that of the values', () =>
    fc.assert(
      fc.property(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), (text, number) => {
        const hash = new CanonicalHash();
        hash.beginRecord();
        hash.text(text);
        hash.number(number);
        hash.numberOrNull(null);
        hash.textOrNull(text);
        hash.beginList(1);
        hash.textOrNull(null);
        hash.numberOrNull(number);
        hash.endRecord();
        expect(hash.digest()).toBe(hashOf({ text, number, none: null, again: text, list: [null], last: number }));
      }),
      { numRuns: 50 },
    ));
});
