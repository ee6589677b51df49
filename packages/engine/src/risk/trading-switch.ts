/**
 * What the engine may do by itself. `exits-only`: leave positions, enter none. `halted`: send nothing, exits included; what rests at the
 * exchange stays, and a person's commands still work.
 */
export type TradingSwitch = 'active' | 'exits-only' | 'halted';
