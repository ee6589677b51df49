import { forkJoin, lastValueFrom, map, toArray } from 'rxjs';
import { expect, it } from 'vitest';

import { streamsOfADay } from './streams-of-a-day.js';

it('a day of ticks becomes candles, and these become readings that belong to them', async () => {
  const { minutes$, candles$, readings$, crossings$ } = streamsOfADay(1);
  const day = forkJoin({
    minutes: minutes$.pipe(toArray()),
    candles: candles$.pipe(toArray()),
    readings: readings$.pipe(toArray()),
    crossings: crossings$.pipe(
      map(({ crossed }) => crossed),
      toArray(),
    ),
  });
  const { minutes, candles, readings, crossings } = await lastValueFrom(day);
  const [first, ...others] = candles;
  const parts = minutes.slice(0, 5);
  expect(first?.open).toBe(parts[0]?.open);
  expect(first?.close).toBe(parts.at(-1)?.close);
  expect(first?.high).toBe(Math.max(...parts.map(({ high }) => high)));
  expect(first?.low).toBe(Math.min(...parts.map(({ low }) => low)));
  // Twenty closes are what the slowest of the indicators needs.
  expect(readings.map(({ candle }) => candle)).toEqual(others.slice(18));
  expect(readings.every(({ values: { bands } }) => bands.lower <= bands.middle && bands.middle <= bands.upper)).toBe(true);
  expect(crossings.every((crossed, at) => at === 0 || crossed !== crossings[at - 1])).toBe(true);
  expect(crossings.length).toBeGreaterThan(0);
});
