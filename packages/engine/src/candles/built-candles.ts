import { Observable, type OperatorFunction } from 'rxjs';

import type { Candle } from '../market/candle.js';
import type { EpochMs } from '../primitives/time.js';
import type { BucketRules } from './bucket.js';
import { CandleBuilder } from './candle-builder.js';

export interface BuiltCandlesOptions extends BucketRules {
  /** Beats of the run's clock, hot and shared: each ends the candle whose `closeTime` it has reached. */
  readonly clock$?: Observable<EpochMs> | undefined;
}

/** What an input does to the candles: it may end one, and it counts for one. */
export type TakeIn<In> = (input: In, builder: CandleBuilder, emit: (candle: Candle) => void) => void;

/** Ends the candle being built if its time is over. */
export function endDue(builder: CandleBuilder, now: EpochMs, emit: (candle: Candle) => void): void {
  if (builder.closeTime <= now) emit(builder.close());
}

/**
 * An operator around a builder of its own for each subscription. It ends with its source, whatever the clock does, and a candle that is being
 * built then is not given out. What the builder or its calendar throws ends the stream as its error.
 */
export function builtCandles<In>({ clock$, ...rules }: BuiltCandlesOptions, takeIn: TakeIn<In>): OperatorFunction<In, Candle> {
  return (source$) =>
    new Observable((subscriber) => {
      const builder = new CandleBuilder(rules);
      const emit = (candle: Candle): void => subscriber.next(candle);
      /** Beats and inputs alike: what they do may throw. */
      const observer = <Value>(act: (value: Value) => void, complete: () => void) => ({
        next(value: Value): void {
          try {
            act(value);
          } catch (error) {
            subscriber.error(error);
          }
        },
        error: (error: unknown): void => subscriber.error(error),
        complete,
      });
      const inputs = observer<In>(
        (input) => takeIn(input, builder, emit),
        () => subscriber.complete(),
      );
      const beats = observer<EpochMs>(
        (now) => endDue(builder, now, emit),
        () => undefined,
      );
      // The source first: where it builds candles by the same clock, a beat ends its candle, which is a part of ours, before it ends ours.
      subscriber.add(source$.subscribe(inputs));
      if (!subscriber.closed) subscriber.add(clock$?.subscribe(beats));
    });
}
