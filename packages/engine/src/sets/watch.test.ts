import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Side } from '../orders/order-request.js';
import type { Price } from '../primitives/price.js';
import { pricePaths } from '../testing/arbitraries/price-paths.js';
import type { SetEvent } from './set-event.js';
import { find, orderUnderWay, SetPlay, type SetWords } from './set-play.test-kit.js';
import { setWords, trailings } from './set-words.test-kit.js';
import { ASLEEP, watchOf } from './watch.js';

/** One look of the market: what is held, the underlying, and how long after the one before. */
interface Look {
  readonly price: Price;
  readonly underlying: Price;
  readonly afterMs: number;
}

const looks = (): fc.Arbitrary<readonly Look[]> =>
  fc
    .record({
      prices: pricePaths({ maxLength: 60 }),
      underlying: pricePaths({ minLength: 60, maxLength: 60 }),
      afterMs: fc.array(fc.nat({ max: 60_000 }), { minLength: 60, maxLength: 60 }),
    })
    .map(({ prices, underlying, afterMs }) =>
      prices.map((price, i) => ({ price, underlying: underlying[i] ?? 100, afterMs: afterMs[i] ?? 0 })),
    );

type Eyes = (play: SetPlay, look: Look) => void;

/** Woken only where the watch says so. */
const woken: Eyes = (play, { price, underlying }) => {
  play.tick(price);
  const { underlyingLow, underlyingHigh } = play.watch;
  if (underlying <= underlyingLow || underlying >= underlyingHigh)
    play.tell({ kind: 'underlyingLeftRange', price: underlying, at: play.now });
  if (play.watch.time <= play.now) play.due(price);
};

/** Told of everything, always. */
const wideAwake: Eyes = (play, { price, underlying }) => {
  const { now: at } = play;
  play.tell({ kind: 'levelReached', price, at });
  play.tell({ kind: 'priceImproved', price, at });
  play.tell({ kind: 'underlyingLeftRange', price: underlying, at });
  play.due(price);
};

/** What is journalled over a path; an exit is filled at the price that triggered it, and some of them only when asked for again. */
function journalOf(words: SetWords, side: Side, path: readonly Look[], see: Eyes): readonly SetEvent[] {
  const play = new SetPlay(words);
  play.enter(side, 100);
  for (const look of path) {
    play.now += look.afterMs;
    see(play, look);
    if (play.state.phase !== 'exiting' || orderUnderWay(play.state) === undefined) continue;
    if (play.state.leaving.failures === 0 && look.afterMs % 3 === 0) play.ended('rejected');
    else play.fill(look.price);
  }
  return play.events;
}

const sides = () => fc.constantFrom<Side[]>('buy', 'sell');

describe('a watch', () => {
  it('never misses what a look at every price would have found', () =>
    fc.assert(
      fc.property(setWords(), sides(), looks(), (words, side, path) => {
        expect(journalOf(words, side, path, woken)).toEqual(journalOf(words, side, path, wideAwake));
      }),
      { numRuns: 300 },
    ));

  it('never misses a step of a trailing stop, in points or in per cent, on either side', () =>
    fc.assert(
      fc.property(trailings(), sides(), looks(), (trailing, side, path) => {
        const words = { exits: { trailing } };
        expect(journalOf(words, side, path, woken)).toEqual(journalOf(words, side, path, wideAwake));
      }),
      { numRuns: 400 },
    ));

  it('wakes nobody for nothing: at the edge of its band there is an exit', () =>
    fc.assert(
      fc.property(setWords(), sides(), (words, side) => {
        for (const edge of ['low', 'high'] as const) {
          const play = new SetPlay(words);
          play.enter(side, 100);
          const level = play.watch[edge];
          if (!Number.isFinite(level)) continue;
          const kinds = play.tick(level).map(({ kind }) => kind);
          // A stop that is on its way to the exchange is waited for: it might be filled on top of the exit.
          const resting = play.instance.config.protection !== 'engine' && kinds.length === 1;
          expect(kinds).toEqual(resting ? ['exitTriggered'] : ['exitTriggered', 'legOrderRequested']);
        }
      }),
      { numRuns: 100 },
    ));
});

describe('a set sleeps', () => {
  it('while it holds nothing', () => {
    const play = new SetPlay();
    expect(play.watch).toBe(ASLEEP);
    play.signal('bullish');
    expect(play.watch).toBe(ASLEEP);
    play.legs();
    // It waits for an answer, and not forever.
    expect(play.watch).toEqual({ ...ASLEEP, time: play.now + 5_000 });
    play.news({ kind: 'unknown', orderId: play.order.request.orderId, reason: 'No answer.', at: play.now });
    expect(play.watch).toEqual({ ...ASLEEP, time: play.now + 1_000 });
  });

  it('while an exit is under way', () => {
    const play = new SetPlay({ exits: { stopLoss: { kind: 'points', points: 5 } } });
    play.enter('buy', 100);
    play.tick(95);
    expect(play.watch).toEqual({ ...ASLEEP, time: play.now + 5_000 });
  });

  it('while a part is leaving, but for a loss of the rest', () => {
    const play = new SetPlay({
      size: [{ kind: 'lots', lots: 2 }],
      exits: { stopLoss: { kind: 'points', points: 5 }, partial: [{ at: { kind: 'points', points: 8 }, share: 0.5 }] },
    });
    play.enter('buy', 100);
    play.tick(108);
    expect(play.watch).toEqual({ ...ASLEEP, low: 95, time: play.now + 5_000 });
    // The first order leaves with 50, and a second with the rest.
    expect(find(play.tick(95), 'legOrderRequested').order).toMatchObject({ purpose: 'exit', quantity: 50 });
    expect(play.state).toMatchObject({ phase: 'exiting', leaving: { rule: 'stopLoss', keep: 0 } });
  });
});

describe('what is held waits for', () => {
  it('the nearest loss below and the nearest gain above, when it was bought', () => {
    const play = new SetPlay({
      size: [{ kind: 'lots', lots: 2 }],
      exits: {
        stopLoss: { kind: 'points', points: 5 },
        target: { kind: 'points', points: 20 },
        partial: [{ at: { kind: 'points', points: 8 }, share: 0.5 }],
        set: { stopLoss: { kind: 'points', points: 4 }, target: null, dayLossPaise: 10_000_00 },
        trailing: { start: { kind: 'points', points: 10 }, distance: { kind: 'points', points: 2 }, step: null },
        timeInTradeMs: 60_000,
      },
    });
    play.enter('buy', 100);
    expect(watchOf(play.state, play.instance.config)).toEqual({
      low: 96,
      high: 108,
      followBelow: -Infinity,
      followAbove: 110,
      underlyingLow: -Infinity,
      underlyingHigh: Infinity,
      time: play.now + 60_000,
    });
  });

  it('the mirror image, when it was sold', () => {
    const play = new SetPlay({
      exits: {
        stopLoss: { kind: 'points', points: 5 },
        target: { kind: 'points', points: 20 },
        trailing: { start: { kind: 'points', points: 10 }, distance: { kind: 'points', points: 2 }, step: null },
      },
    });
    play.enter('sell', 100);
    expect(play.watch).toMatchObject({ low: 80, high: 105, followBelow: 90, followAbove: Infinity });
  });

  it('the next price at which its trailing stop moves by a step, and no nearer one', () => {
    const trailing = { start: { kind: 'percent', share: 0.1 }, distance: { kind: 'percent', share: 0.01 }, step: null } as const;
    const bought = new SetPlay({ exits: { trailing } });
    bought.enter('buy', 100);
    bought.tick(110);
    // From 108.90 to 108.95, one per cent behind the best price.
    expect(bought.watch.followAbove).toBeCloseTo(108.95 / 0.99, 6);
    const sold = new SetPlay({ exits: { trailing } });
    sold.enter('sell', 100);
    sold.tick(90);
    expect(sold.watch.followBelow).toBeCloseTo(90.85 / 1.01, 6);
  });
});
