import { Observable } from 'rxjs';

import type { Reading } from './indicate.js';

/** A reading at which a value has gone through a level. */
export interface LevelCrossing<Values> extends Reading<Values> {
  /** Where the value went: it was on the other side at the last candle at which it was not at the level itself. */
  readonly crossed: 'above' | 'below';
  readonly level: number;
}

/**
 * Speaks at each candle at which a value has gone to the other side of `level`, once for each time; touching is not crossing.
 *
 * The first side known is a beginning, not a crossing.
 *
 * @param name name of a value, a number, in the readings.
 * @example candles$.pipe(indicate({ rsi: rsi() }), levelCrossing('rsi', 30), filter(({ crossed }) => crossed === 'above'))
 */
export function levelCrossing<Name extends string>(name: Name, level: number) {
  return <Values extends Readonly<Record<Name, number>>>(readings$: Observable<Reading<Values>>): Observable<LevelCrossing<Values>> =>
    new Observable((subscriber) => {
      let side = 0;
      return readings$.subscribe({
        next({ candle, values, nth }) {
          const value: number = values[name];
          const now = value > level ? 1 : value < level ? -1 : side;
          if (now === side) return;
          const before = side;
          side = now;
          if (before !== 0) subscriber.next({ candle, values, nth, crossed: now > 0 ? 'above' : 'below', level });
        },
        error: (error) => subscriber.error(error),
        complete: () => subscriber.complete(),
      });
    });
}
