/** A broken invariant: a bug of ours, never a person's mistake. The engine stops and recovers from its journal. */
export class InvariantError extends Error {
  constructor(message: string) {
    super(`${message} This is a bug in Sauda: please report it with the journal.`);
    this.name = 'InvariantError';
  }
}

/** States what must be true here. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}

/** Marks a branch that the types rule out. */
export function unreachable(value: never): never {
  throw new InvariantError(`Unexpected ${JSON.stringify(value)}.`);
}
