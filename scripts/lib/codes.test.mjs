import { describe, expect, it } from 'vitest';

import { codesOf } from './codes.mjs';

const codes = (text) => codesOf('a.ts', text).codes.map(({ kind, code, says, remedy }) => ({ kind, code, says, remedy }));

describe('codesOf', () => {
  it('reads a thrown error, with an ellipsis for values', () => {
    const text = "throw new EngineError('price/off', { message: `Price $" + "{price} is off.`, remedy: 'Snap it.' });";
    expect(codes(text)).toEqual([{ kind: 'error', code: 'price/off', says: 'Price … is off.', remedy: 'Snap it.' }]);
  });

  it('reads both codes of a choice', () => {
    const text = "throw new EngineError(isLate ? 'time/late' : 'time/early', { message: 'Not now.', remedy: 'Wait.' });";
    expect(codes(text).map(({ code }) => code)).toEqual(['time/late', 'time/early']);
  });

  it('reads the codes that callers hand to a function which throws', () => {
    const text = `
      const refuse = (code: string, message: string) => new EngineError(code, { message, remedy: 'Look it up.' });
      throw refuse('feed/none', 'There is no feed.');`;
    expect(codes(text)).toEqual([{ kind: 'error', code: 'feed/none', says: 'There is no feed.', remedy: 'Look it up.' }]);
  });

  it('reads a code that is made from a parameter', () => {
    const text = `
      const unknown = (fact: string) => new EngineError(\`rules/\${fact}-unknown\`, { message: 'Nobody knows.', remedy: 'Say it.' });
      throw unknown('lot-size');`;
    expect(codes(text)).toEqual([{ kind: 'error', code: 'rules/lot-size-unknown', says: 'Nobody knows.', remedy: 'Say it.' }]);
  });

  it('tells refusals from findings', () => {
    const text = "const a = { code: 'set/cooling', reason: 'It waits.' }; const b = { code: 'duplicate', message: 'Twice.' };";
    expect(codes(text).map(({ kind, code }) => `${kind} ${code}`)).toEqual(['refusal set/cooling', 'finding duplicate']);
  });

  it('complains about a code that cannot be read', () => {
    expect(codesOf('a.ts', 'throw new EngineError(codes[0], { message: "", remedy: "" });').problems).toHaveLength(1);
  });
});
