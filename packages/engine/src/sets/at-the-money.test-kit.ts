import type { OptionLegConfig } from './set-config.js';

/** A lot of the option at the money that expires first is bought: a call on a bullish signal, a put on a bearish one. */
export const atTheMoney: OptionLegConfig = {
  kind: 'option',
  optionType: 'signal',
  side: 'buy',
  strike: { kind: 'moneyness', stepsOutOfTheMoney: 0 },
  expiry: { cycle: 'nearest', minDays: 0 },
  size: [{ kind: 'lots', lots: 1 }],
};
