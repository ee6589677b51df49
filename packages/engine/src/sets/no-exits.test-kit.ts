import type { ExitsConfig } from './set-config.js';

/** A set that leaves by none of its own rules. */
export const noExits: ExitsConfig = {
  stopLoss: null,
  target: null,
  trailing: null,
  timeInTradeMs: null,
  squareOff: null,
  endOfDay: null,
  oppositeSignal: null,
  underlyingRange: null,
  daysBeforeExpiry: null,
  partial: [],
  set: { stopLoss: null, target: null, dayLossPaise: null },
};
