declare const unit: unique symbol;

/**
 * A plain value that carries its unit in its type: a `Price` does not pass for an `EpochMs`, while arithmetic and literals stay plain.
 *
 * `Unit<number, 'Price'>` accepts a number that has no unit, and refuses one that has another.
 */
export type Unit<Value, Name extends string> = Value & {
  readonly [unit]?: Name;
};
