import { Observable } from 'rxjs';

import type { Reading } from './indicate.js';

/** A reading at which two values have changed sides. */
export interface Crossing<Values> extends Reading<Values> {
  /** Where the first value went: it was on the other side at the last candle at which the two differed. */
  readonly crossed: 'above' | 'below';
}

/**
 * Speaks at each candle at which `fast` has changed sides with `slow`.
 *
 * Touching is not crossing: a candle at which the two are equal leaves the side as it was. The first side known is a beginning, not a crossing.
 *
 * @param fast name of a value, a number, in the readings.
 * @param slow name of the value it is compared with.
 * @example candles$.pipe(indicate({ fast: ema({ period: 9 }), slow: ema({ period: 15 }) }), crossing('fast', 'slow'))
 */
export function crossing<Fast extends string, Slow extends string>(fast: Fast, slow: Slow) {
  return <Values extends Readonly<Record<Fast | Slow, number>>>(readings$: Observable<Reading<Values>>): Observable<Crossing<Values>> =>
    new Observable((subscriber) => {
      let side = 0;
      return readings$.subscribe({
        next({ candle, values, nth }) {
          const distance = values[fast] - values[slow];
          const now = distance > 0 ? 1 : distance < 0 ? -1 : side;
          if (now === side) return;
          const before = side;
          side = now;
          if (before !== 0) subscriber.next({ candle, values, nth, crossed: now > 0 ? 'above' : 'below' });
        },
        error: (error) => subscriber.error(error),
        complete: () => subscriber.complete(),
      });
    });
}
