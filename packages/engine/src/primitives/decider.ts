/**
 * Something that handles money: what follows from an input, and what is true after an event.
 *
 * Both functions are pure. State and events are JSON, so that folding `evolve` over the journal gives the live state back.
 */
export interface Decider<State, Input, Event> {
  readonly initial: State;
  /** What follows from this input? Nothing at all is a good answer. */
  readonly decide: (state: State, input: Input) => readonly Event[];
  /** What is true after this event? */
  readonly evolve: (state: State, event: Event) => State;
}

/** The state that a list of events leads to. */
export function fold<State, Event>(decider: Pick<Decider<State, never, Event>, 'initial' | 'evolve'>, events: Iterable<Event>): State {
  let state = decider.initial;
  for (const event of events) state = decider.evolve(state, event);
  return state;
}
