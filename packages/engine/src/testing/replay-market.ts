import { type Observable, Subject } from 'rxjs';

import { chart as chartOf } from '../candles/chart.js';
import type { Candle } from '../market/candle.js';
import type { InstrumentKey } from '../market/instrument.js';
import type { Tick } from '../market/tick.js';
import type { Market } from '../plugins/strategy.js';
import type { EpochMs } from '../primitives/time.js';
import type { Signal } from '../sets/signal.js';

/** A signal, and when it was given. */
export interface Said {
  readonly signal: Signal;
  /** The place in the series of the candle that had come last. */
  readonly candle: number;
  /** The time of the market: that of the candle's end, or of a point of its path. */
  readonly now: EpochMs;
}

/** Where signals come from, and where another market is to be had that is replayed in step with the own one. */
export type Listeners = (market: Market, besides: (other: readonly Candle[]) => Market) => readonly Observable<Signal>[];

/**
 * Replays a series to those who listen: each candle's four points as ticks, then the candle.
 *
 * @returns what was said by each of them, in order.
 * @throws what a strategy throws.
 */
export function replay(series: readonly Candle[], listeners: Listeners): readonly (readonly Said[])[] {
  const own = replayed(series);
  const others: Replayed[] = [];
  const errors: unknown[] = [];
  let candle = -1;
  let now = -Infinity;
  const besides = (other: readonly Candle[]): Market => {
    const foreign = replayed(other);
    others.push(foreign);
    return foreign.market;
  };
  const heard = listeners(own.market, besides).map((signals$) => {
    const said: Said[] = [];
    signals$.subscribe({ next: (signal) => said.push({ signal, candle, now }), error: (error: unknown) => errors.push(error) });
    return said;
  });
  for (candle = 0; candle < series.length && errors.length === 0; candle += 1) {
    for (const other of others) other.step(candle, () => undefined);
    own.step(candle, (at) => {
      now = at;
    });
  }
  for (const market of [own, ...others]) market.complete();
  if (errors.length > 0) throw errors[0];
  return heard;
}

interface Replayed {
  readonly market: Market;
  step(place: number, clock: (at: EpochMs) => void): void;
  complete(): void;
}

function replayed(series: readonly Candle[]): Replayed {
  const candles$ = new Subject<Candle>();
  const ticks$ = new Map<InstrumentKey, Subject<Tick>>();
  return {
    market: {
      candles: (_, chart) => candles$.pipe(chartOf(chart)),
      ticks(instrument) {
        let own$ = ticks$.get(instrument);
        if (own$ === undefined) {
          own$ = new Subject();
          ticks$.set(instrument, own$);
        }
        return own$;
      },
    },
    step(place, clock) {
      const candle = series[place];
      if (candle === undefined) return;
      for (const [at, price] of pointsOf(candle)) {
        clock(at);
        for (const [instrument, own$] of ticks$) own$.next(tickAt(instrument, at, price));
      }
      clock(candle.closeTime);
      candles$.next(Object.freeze({ ...candle }));
    },
    complete() {
      candles$.complete();
      for (const own$ of ticks$.values()) own$.complete();
    },
  };
}

/** Open, low, high and close, at the times at which a backtest has them. */
function pointsOf({ openTime, closeTime, open, high, low, close }: Candle): readonly (readonly [EpochMs, number])[] {
  const length = closeTime - openTime;
  return [
    [openTime, open],
    [openTime + length / 4, low],
    [openTime + length / 2, high],
    [closeTime - Math.min(1_000, length / 60), close],
  ];
}

const tickAt = (instrument: InstrumentKey, at: EpochMs, price: number): Tick => ({
  instrument,
  exchangeTime: at,
  receivedTime: at,
  price,
  volume: null,
  openInterest: null,
  bid: null,
  ask: null,
});
