import type { InstanceId, JournalEvent, JournalRecord, Signal } from '@sauda/engine';

/** A set's last signal, and what became of it. */
export interface LastSignal {
  readonly signal: Signal;
  /** In words: `taken`, or `not taken: …`. */
  readonly outcome: string;
}

const PENDING = 'not decided yet';

/** Remembers each set instance's last signal and what became of it, from the journal's records in their order. */
export class LastSignals {
  readonly #last = new Map<InstanceId, LastSignal>();

  add({ instance, events }: Pick<JournalRecord, 'instance' | 'events'>): void {
    for (const event of events) this.#told(instance, event);
  }

  /** `null`: it has had none. */
  of(instance: InstanceId): LastSignal | null {
    return this.#last.get(instance) ?? null;
  }

  #told(instance: InstanceId, event: JournalEvent): void {
    switch (event.kind) {
      case 'signalSeen':
        this.#last.set(instance, { signal: event.signal, outcome: PENDING });
        return;
      case 'preparationStarted':
        // After an exit that turns the other way round the signal is an earlier one, and taken now.
        this.#last.set(instance, { signal: event.signal, outcome: 'taken: entering' });
        return;
      case 'setOpened':
        this.#becomes(instance, 'taken: entered');
        return;
      case 'exitTriggered':
        if (event.rule === 'oppositeSignal' || event.rule === 'strategyExit') this.#becomes(instance, 'taken: left');
        return;
      case 'entryRefused':
        if (this.of(instance)?.signal.at === event.signalAt) this.#becomes(instance, `not taken: ${event.reason} (${event.code})`);
        return;
      default:
    }
  }

  #becomes(instance: InstanceId, outcome: string): void {
    const last = this.#last.get(instance);
    if (last !== undefined && !last.outcome.startsWith('not taken')) this.#last.set(instance, { ...last, outcome });
  }
}
