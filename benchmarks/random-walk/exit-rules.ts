import { minuteOfDay, type RunConfig } from '@sauda/engine';

import { noExits } from '../../packages/engine/src/sets/no-exits.test-kit.js';

type Exits = RunConfig['sets'][number]['exits'];

/** A way to leave positions, with a name for the table. */
export interface ExitRules {
  readonly name: string;
  readonly exits: Exits;
  /** A trailing stop nearer than two median candle ranges: the straight path is known to favour it, the pessimistic one must not. */
  readonly tight: boolean;
}

/** The walk's candles have a median range of about 5 points: these are more than two of them. */
const WIDE = { kind: 'points', points: 12 } as const;
const NEAR = { kind: 'points', points: 6 } as const;
/** The same as 12 points on four units. */
const WIDE_MONEY = { kind: 'money', paise: 48_00 } as const;

/** What has no other rule leaves at a time of day. */
const usual: Exits = { ...noExits, squareOff: minuteOfDay('15:15') };

const rule = (name: string, exits: Partial<Exits>, tight = false): ExitRules => ({ name, exits: { ...usual, ...exits }, tight });

const trailing = (start: number, distance: number): Partial<Exits> => ({
  trailing: { start: { kind: 'points', points: start }, distance: { kind: 'points', points: distance }, step: null },
});

/** Every way to leave, alone, and the usual ones together. All but `over night` are out by 15:15. */
export const exitRules: readonly ExitRules[] = [
  rule('square-off', {}),
  rule('over night', { squareOff: null, oppositeSignal: 'reverse' }),
  rule('stop', { stopLoss: WIDE }),
  rule('stop within a candle', { stopLoss: { kind: 'points', points: 2 } }),
  rule('target', { target: WIDE }),
  rule('target within a candle', { target: { kind: 'points', points: 2 } }),
  rule('stop and target', { stopLoss: WIDE, target: WIDE }),
  rule('trailing stop', trailing(6, 12)),
  rule('stop, target, trailing', { stopLoss: WIDE, target: { kind: 'points', points: 30 }, ...trailing(12, 12) }),
  rule('time in trade', { timeInTradeMs: 610_000 }),
  rule('opposite: exit', { oppositeSignal: 'exit' }),
  rule('opposite: reverse', { oppositeSignal: 'reverse' }),
  rule('partial targets', {
    stopLoss: WIDE,
    target: { kind: 'points', points: 24 },
    partial: [
      { at: NEAR, share: 0.25 },
      { at: WIDE, share: 0.5 },
    ],
  }),
  rule('underlying range', { underlyingRange: { below: 23_980, above: 24_020 } }),
  rule('set stop and target', { set: { stopLoss: WIDE_MONEY, target: WIDE_MONEY, dayLossPaise: null } }),
  rule('day loss', { stopLoss: WIDE, set: { stopLoss: null, target: null, dayLossPaise: 100_00 } }),
  rule('trailing, a range', trailing(2, 5), true),
  rule('trailing, a fifth of a range', trailing(1, 1), true),
  rule('trailing, a tick', trailing(0.05, 0.05), true),
];
