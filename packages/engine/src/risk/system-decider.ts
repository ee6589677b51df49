import type { Decider } from '../primitives/decider.js';
import type { EpochMs } from '../primitives/time.js';
import type { TradingSwitch } from './trading-switch.js';

/** What concerns all accounts. */
export interface SystemState {
  readonly tradingSwitch: TradingSwitch;
}

export type SystemInput = { readonly kind: 'setSwitch'; readonly to: TradingSwitch; readonly by: string; readonly at: EpochMs };

export type SystemEvent = {
  readonly kind: 'switchChanged';
  readonly from: TradingSwitch;
  readonly to: TradingSwitch;
  readonly by: string;
  readonly at: EpochMs;
};

/** The trading switch, as a person sets it. */
export const systemDecider = (tradingSwitch: TradingSwitch): Decider<SystemState, SystemInput, SystemEvent> => ({
  initial: { tradingSwitch },
  decide: (state, { to, by, at }) => (state.tradingSwitch === to ? [] : [{ kind: 'switchChanged', from: state.tradingSwitch, to, by, at }]),
  evolve: (_, { to }) => ({ tradingSwitch: to }),
});
