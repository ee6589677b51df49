/**
 * What the engine may do by itself. `exits-only`: leave positions, enter none. `halted`: send nothing, exits included; what rests at the
 * exchange stays, and a person's commands still work.
 */
export type TradingSwitch = 'active' | 'exits-only' | 'halted';

const FROM_LOOSE_TO_STRICT: readonly TradingSwitch[] = ['active', 'exits-only', 'halted'];

/** Whether the engine may do less by itself with one switch than with another. */
export const isStricter = (one: TradingSwitch, other: TradingSwitch): boolean =>
  FROM_LOOSE_TO_STRICT.indexOf(one) > FROM_LOOSE_TO_STRICT.indexOf(other);
