/** A part of a report while it is written down. */
export type Mutable<Value> = { -readonly [Key in keyof Value]: Value[Key] };
