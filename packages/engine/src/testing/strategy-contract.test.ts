import { concatMap, defer, from, ignoreElements, map, type Observable, scan, takeLast, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { crossing } from '../indicators/crossing.js';
import { ema } from '../indicators/ema.js';
import { indicate } from '../indicators/indicate.js';
import type { Candle } from '../market/candle.js';
import { defineStrategy, type StrategyContext, type StrategyDefinition } from '../plugins/strategy.js';
import type { Signal } from '../sets/signal.js';
import { strategyContract } from './strategy-contract.js';

const signalAt = (at: number, changes: Partial<Signal> = {}): Signal => ({
  kind: 'enter',
  direction: 'bullish',
  at,
  reason: 'a candle',
  values: {},
  ...changes,
});

type Signals = (context: StrategyContext<{ readonly period: number }>, candles$: Observable<Candle>) => Observable<Signal>;

const strategy = (signals: Signals, changes: Partial<StrategyDefinition<{ readonly period: number }>> = {}) =>
  defineStrategy({
    name: 'tried',
    summary: 'Tried.',
    params: z.object({ period: z.number().default(5) }),
    warmup: () => 0,
    signals: (context) => signals(context, context.market.candles(context.set.underlying, context.set.chart)),
    ...changes,
  });

const onEach =
  (say: (candle: Candle) => Partial<Signal>): Signals =>
  (_, candles$) =>
    candles$.pipe(map((candle) => signalAt(candle.closeTime, say(candle))));

/** 1, 2, 3, … */
function counter(): () => number {
  let count = 0;
  return () => {
    count += 1;
    return count;
  };
}

/** The names of the checks that a strategy fails, without its own. */
function broken(definition: StrategyDefinition<{ readonly period: number }>, params?: unknown): readonly string[] {
  return strategyContract(definition, { runs: 20, seed: 1, ...(params === undefined ? {} : { params }) }).flatMap(({ name, run }) => {
    try {
      run();
      return [];
    } catch {
      return [name.replace('tried ', '')];
    }
  });
}

const DEFAULTS = 'fills in its defaults, and takes what it has filled in';
const WARMUP = 'asks for a whole number of candles to warm up with';
const SAME = 'gives the same signals for the same market, whoever else listens';
const APART = 'has nothing in common with the same strategy of another set';
const LATER = 'does not know what comes later';
const SENSE = 'gives signals of the present, in order, with a reason and finite values';

describe('a strategy that keeps its contract', () => {
  const crossings = strategy(({ params: { period } }, candles$) =>
    candles$.pipe(
      indicate({ fast: ema({ period }), slow: ema({ period: period * 2 }) }),
      crossing('fast', 'slow'),
      map(({ candle, values, crossed }) => signalAt(candle.closeTime, { values, direction: crossed === 'above' ? 'bullish' : 'bearish' })),
    ),
  );
  for (const { name, run } of strategyContract(crossings, { runs: 20 })) it(name, run);
  for (const { name, run } of strategyContract(
    strategy(({ market, set }) => market.ticks(set.underlying).pipe(map(({ receivedTime }) => signalAt(receivedTime)))),
    { runs: 10 },
  ))
    it(`${name}, on ticks`, run);

  it('may say nothing at all, and may ask for its parameters', () => {
    expect(broken(strategy((_, candles$) => candles$.pipe(ignoreElements())))).toEqual([]);
    const asking = { params: z.object({ period: z.number() }) };
    expect(
      broken(
        strategy(
          onEach(() => ({})),
          asking,
        ),
        { period: 3 },
      ),
    ).toEqual([]);
    expect(
      broken(
        strategy(
          onEach(() => ({})),
          asking,
        ),
      ),
    ).toContain(DEFAULTS);
  });
});

describe('the contract', () => {
  it('finds signals that differ from time to time', () => {
    const calls = counter();
    expect(broken(strategy(onEach(() => ({ values: { calls: calls() } }))))).toContain(SAME);
  });

  it('finds a state that two who listen to one stream share', () => {
    const shared = strategy((_, candles$) => {
      const count = counter();
      return candles$.pipe(map(({ closeTime }) => signalAt(closeTime, { values: { count: count() } })));
    });
    expect(broken(shared)).toEqual([SAME]);
    const own = strategy((_, candles$) =>
      defer(() => {
        const count = counter();
        return candles$.pipe(map(({ closeTime }) => signalAt(closeTime, { values: { count: count() } })));
      }),
    );
    expect(broken(own)).toEqual([]);
  });

  it('finds a state that two sets share', () => {
    const seen = { highest: 0 };
    const sharing = strategy((_, candles$) =>
      defer(() => {
        seen.highest = 0;
        return candles$.pipe(
          map(({ closeTime, close }) => {
            seen.highest = Math.max(seen.highest, close);
            return signalAt(closeTime, { values: { highest: seen.highest } });
          }),
        );
      }),
    );
    expect(broken(sharing)).toEqual([APART]);
  });

  it('finds who waits for the end and speaks of what was', () => {
    expect(
      broken(
        strategy((_, candles$) =>
          candles$.pipe(
            takeLast(1),
            map(({ closeTime }) => signalAt(closeTime)),
          ),
        ),
      ),
    ).toEqual([LATER]);
    const hindsight = strategy((_, candles$) =>
      candles$.pipe(
        toArray(),
        concatMap((all) =>
          from(all.filter(({ close }, i) => close < (all[i + 1]?.close ?? 0)).map(({ closeTime }) => signalAt(closeTime))),
        ),
      ),
    );
    expect(broken(hindsight)).toContain(LATER);
  });

  it('finds signals of the future, and of a past that was passed already', () => {
    expect(broken(strategy(onEach(({ closeTime }) => ({ at: closeTime + 1 }))))).toContain(SENSE);
    const back = strategy((_, candles$) =>
      candles$.pipe(
        scan((nth) => nth + 1, 0),
        map((nth) => signalAt(-nth)),
      ),
    );
    expect(broken(back)).toContain(SENSE);
    expect(broken(strategy(onEach(() => ({ at: Number.NaN }))))).toContain(SENSE);
  });

  it('finds signals without sense', () => {
    for (const wrong of [
      { reason: ' ' },
      { values: { rsi: Number.NaN } },
      { strength: 101 },
      { confidence: -0.1 },
      { stop: 0 },
      { target: Infinity },
    ]) {
      expect(broken(strategy(onEach(() => wrong)))).toContain(SENSE);
    }
  });

  it('finds what a dead market, a gap or a missing volume breaks', () => {
    const ratio = strategy(onEach(({ high, low, close }) => ({ values: { ratio: (close - low) / (high - low) } })));
    expect(broken(ratio)).toContain('bears a market in which nothing moves');
    const volume = strategy((_, candles$) =>
      candles$.pipe(
        map(({ volume: traded, closeTime }) => {
          if (traded === 0) throw new Error('No volume.');
          return signalAt(closeTime);
        }),
      ),
    );
    expect(broken(volume)).toContain('bears candles without volume');
  });

  it('finds a warm-up that is no number of candles', () => {
    for (const warmup of [-1, 1.5, Number.NaN])
      expect(
        broken(
          strategy(
            onEach(() => ({})),
            { warmup: () => warmup },
          ),
        ),
      ).toEqual([WARMUP]);
  });

  it('finds parameters that do not survive being written down', () => {
    const doubling = z.object({
      period: z
        .number()
        .default(5)
        .transform((period) => period * 2),
    });
    expect(
      broken(
        strategy(
          onEach(() => ({})),
          { params: doubling },
        ),
      ),
    ).toEqual([DEFAULTS]);
  });

  it('finds who changes the candles that others have too', () => {
    const meddling = strategy((_, candles$) => candles$.pipe(map((candle) => signalAt(Object.assign(candle, { close: 0 }).closeTime))));
    expect(broken(meddling).length).toBeGreaterThan(3);
  });
});
