/**
 * How well a figure of the tables is known: read in a dated source (`confirmed`), seen in recorded market data (`data`), worked out from a
 * confirmed rule (`derived`), or none of these (`unverified`: usable, and said so in a run's notes).
 */
export type RuleStatus = 'confirmed' | 'data' | 'derived' | 'unverified';

/** A figure with what it rests on. */
export interface Fact<Value> {
  readonly value: Value;
  readonly status: RuleStatus;
  /** Circular number, page or file. */
  readonly source: string;
}

/** Something uncertain that an answer rests on, for a run's report. */
export interface RuleNote {
  /** Stable, for programs: `rules/lot-size-unverified`, … */
  readonly code: string;
  /** What it is about: an instrument key, a date. */
  readonly subject: string;
  readonly message: string;
}
