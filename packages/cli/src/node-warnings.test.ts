import { expect, it } from 'vitest';

import { leaveOutSqliteWarning } from './node-warnings.js';

it('the warning about SQLite is left out, and no other one', () => {
  const warned: unknown[] = [];
  const process = { emitWarning: (...given: readonly unknown[]) => void warned.push(given) };
  leaveOutSqliteWarning(process);
  process.emitWarning('SQLite is an experimental feature and might change at any time', 'ExperimentalWarning');
  process.emitWarning(new Error('SQLite is an experimental feature and might change at any time'));
  process.emitWarning('Buffer() is deprecated', 'DeprecationWarning', 'DEP0005');
  expect(warned).toEqual([['Buffer() is deprecated', 'DeprecationWarning', 'DEP0005']]);
});
