import type { Decider } from '../primitives/decider.js';
import type { InstanceId } from '../primitives/ids.js';
import { type SystemEvent, type SystemInput, type SystemState, systemDecider } from '../risk/system-decider.js';
import type { TradingSwitch } from '../risk/trading-switch.js';
import type { Actor } from './mailbox.js';

/** What concerns all accounts of a run: the trading switch. */
export class SystemDesk implements Actor<SystemInput, SystemEvent> {
  readonly id: InstanceId = 'system';
  readonly #decider: Decider<SystemState, SystemInput, SystemEvent>;
  readonly #onEvents: (events: readonly SystemEvent[]) => void;
  #state: SystemState;

  /** @param onEvents told when the switch has been changed. */
  constructor(tradingSwitch: TradingSwitch, onEvents: (events: readonly SystemEvent[]) => void) {
    this.#decider = systemDecider(tradingSwitch);
    this.#state = this.#decider.initial;
    this.#onEvents = onEvents;
  }

  get tradingSwitch(): TradingSwitch {
    return this.#state.tradingSwitch;
  }

  get state(): SystemState {
    return this.#state;
  }

  decide(input: SystemInput): readonly SystemEvent[] {
    return this.#decider.decide(this.#state, input);
  }

  carryOut(events: readonly SystemEvent[]): void {
    for (const event of events) this.#state = this.#decider.evolve(this.#state, event);
    this.#onEvents(events);
  }

  /** Takes over what was journalled before this run. */
  fold(events: readonly SystemEvent[]): void {
    this.#state = events.reduce(this.#decider.evolve, this.#state);
  }

  /** Puts a state in place that was folded from a journal. */
  restore(state: SystemState): void {
    this.#state = state;
  }
}
