import { Observable, type OperatorFunction } from 'rxjs';

/** Takes in one value and says none, one or several. */
export type Step<In, Out> = (input: In, emit: (output: Out) => void) => void;

/** An operator over a small machine: each subscription makes its own, and what the machine throws ends the stream as its error. */
export const emitting =
  <In, Out>(make: () => Step<In, Out>): OperatorFunction<In, Out> =>
  (source$) =>
    new Observable((subscriber) => {
      const step = make();
      const emit = (output: Out): void => subscriber.next(output);
      return source$.subscribe({
        next(input) {
          try {
            step(input, emit);
          } catch (error) {
            subscriber.error(error);
          }
        },
        error: (error) => subscriber.error(error),
        complete: () => subscriber.complete(),
      });
    });
