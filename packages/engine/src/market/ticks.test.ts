import { expect, it } from 'vitest';

import { tickSizeOf } from './ticks.js';

it.each([
  ['index', 'NIFTY', '2013-01-02', 0.05, 'data'],
  ['indexOption', 'NIFTY', '2026-08-19', 0.05, 'data'],
  ['indexFuture', 'NIFTY', '2024-07-19', 0.05, 'data'],
  ['indexFuture', 'NIFTY', '2025-06-02', 0.1, 'unverified'],
  ['indexFuture', 'NIFTY', '2025-11-28', 0.1, 'data'],
  ['indexFuture', 'BANKNIFTY', '2025-11-28', 0.2, 'data'],
  ['indexFuture', 'MIDCPNIFTY', '2025-11-28', 0.05, 'data'],
  ['equity', 'RELIANCE', '2015-01-01', 0.05, 'data'],
  ['equity', 'RELIANCE', '2026-01-01', 0.05, 'unverified'],
  ['stockOption', 'RELIANCE', '2026-01-01', 0.05, 'unverified'],
] as const)('the tick of an %s on %s on %s is %d (%s)', (subject, name, on, tick, status) =>
  expect(tickSizeOf(subject, name, on)).toMatchObject({ value: tick, status }),
);
