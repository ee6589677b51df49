import { describe, expect, it } from 'vitest';

import { createRuleBook } from '../market/create-rule-book.js';
import { time } from '../primitives/mondays.test-kit.js';
import { SHARE } from '../sets/ten-shares.test-kit.js';
import type { RestingBand } from '../simulation/resting-book.js';
import type { SimulatedExchange } from '../simulation/simulated-exchange.js';
import { Board } from './board.js';
import { BoardMarket } from './board-market.js';

const NOTHING_RESTS: RestingBand = { low: -Infinity, high: Infinity, everyPoint: false };

/** A market over a board, and an exchange of which the test says where it waits. */
function marketWith({ pessimistic = false } = {}) {
  const clock = { now: time('10:00') };
  const board = new Board({ pessimistic });
  const market = new BoardMarket({ clock, board, rules: createRuleBook({ calendar: 'rules' }) });
  const woken: (readonly [string, number])[] = [];
  let band = NOTHING_RESTS;
  const exchange = {
    band: () => band,
    priceMoved: (instrument: string, at: number) => woken.push([instrument, at]),
  } satisfies Pick<SimulatedExchange, 'band'> & { priceMoved: unknown };
  market.serve(exchange as unknown as SimulatedExchange);
  board.slot(SHARE).jump(clock.now, 1_000);
  const waitFor = (next: Partial<RestingBand>): void => {
    band = { ...NOTHING_RESTS, ...next };
    market.bandChanged(SHARE);
  };
  /** Time goes on, and levels that are reached on the way wake whoever waits. */
  const until = (end: number): void => {
    for (let next = board.nextReached(); next <= end; next = board.nextReached()) {
      clock.now = next;
      board.wakeReached(next);
    }
    clock.now = end;
  };
  return { clock, board, market, woken, waitFor, until, slot: board.slot(SHARE) };
}

describe('what the exchange sees', () => {
  it('is the price of the moment on the board, with the quote and what was traded', () => {
    const { market, clock, slot } = marketWith();
    slot.bid = 999.5;
    slot.ask = 1_000.5;
    slot.volume = 7_000;
    expect(market.view(SHARE, 'buy', clock.now)).toMatchObject({ open: true, price: 1_000, bid: 999.5, ask: 1_000.5, volume: 7_000 });
    slot.glide(clock.now, clock.now + 1_000, 1_010, Number.NaN);
    expect(market.view(SHARE, 'buy', clock.now + 500).price).toBe(1_005);
    expect(market.view(SHARE, 'buy', clock.now).instrument).toMatchObject({ key: SHARE, kind: 'equity' });
  });

  it('is closed outside of sessions, and open at any hour once the data has ended', () => {
    const { market } = marketWith();
    expect(market.view(SHARE, 'buy', time('15:30')).open).toBe(false);
    market.alwaysOpen = true;
    expect(market.view(SHARE, 'buy', time('15:30')).open).toBe(true);
  });

  it('is the worse of two lines for either side where the path is pessimistic', () => {
    const { market, clock, slot } = marketWith({ pessimistic: true });
    slot.glide(clock.now, clock.now + 1_000, 990, 1_010);
    expect(market.view(SHARE, 'sell', clock.now + 500).price).toBe(995);
    expect(market.view(SHARE, 'buy', clock.now + 500).price).toBe(1_005);
  });

  it('is an instrument as of the day: asked for anew when another begins', () => {
    const { market, board, clock } = marketWith();
    market.view(SHARE, 'buy', clock.now);
    board.newDay();
    expect(board.slot(SHARE).instrument).toBeNull();
    expect(market.view(SHARE, 'buy', time('10:00', '2026-02-03')).instrument.key).toBe(SHARE);
  });
});

describe('what rests', () => {
  it('is woken at the moment at which the market comes to it, and not before', () => {
    const { woken, waitFor, until, slot, clock } = marketWith();
    const from = clock.now;
    waitFor({ low: 995, high: Infinity });
    slot.glide(from, from + 10_000, 990, Number.NaN);
    until(from + 4_999);
    expect(woken).toEqual([]);
    until(from + 5_000);
    expect(woken).toEqual([[SHARE, from + 5_000]]);
  });

  it('is woken by a jump beyond, too', () => {
    const { woken, waitFor, slot, clock } = marketWith();
    waitFor({ low: -Infinity, high: 1_020 });
    slot.jump(clock.now + 1, 1_019.95);
    expect(woken).toEqual([]);
    slot.jump(clock.now + 2, 1_030);
    expect(woken).toHaveLength(1);
  });

  it('looks at the line that falls for what waits below, and at the one that rises for what waits above', () => {
    const { woken, waitFor, until, slot, clock } = marketWith({ pessimistic: true });
    const from = clock.now;
    waitFor({ low: 995, high: 1_008 });
    slot.glide(from, from + 10_000, 990, 1_010);
    until(from + 10_000);
    expect(woken.map(([, at]) => at - from)).toEqual([5_000, 8_000]);
  });

  it('is told of each point of the market where what is traded has to be counted, and of levels on the way as well', () => {
    const { woken, waitFor, until, slot, clock } = marketWith();
    const from = clock.now;
    waitFor({ low: 990, everyPoint: true });
    slot.jump(from + 1, 1_005);
    slot.jump(from + 2, 1_000);
    expect(woken.map(([, at]) => at)).toHaveLength(2);
    clock.now = from + 2;
    slot.glide(clock.now, clock.now + 10_000, 980, Number.NaN);
    until(clock.now + 9_999);
    expect(woken).toHaveLength(3);
    expect(woken[2]?.[1]).toBe(from + 2 + 5_000);
  });

  it('is waited for elsewhere when it is moved, and not at all when it is gone', () => {
    const { woken, waitFor, slot, board, clock } = marketWith();
    waitFor({ low: 995, high: Infinity });
    waitFor({ low: 980, high: Infinity });
    slot.jump(clock.now + 1, 990);
    expect(woken).toEqual([]);
    waitFor(NOTHING_RESTS);
    slot.jump(clock.now + 2, 900);
    expect([woken, slot.watchers, slot.users, board.watched]).toEqual([[], [], 0, []]);
  });

  it('is no cause to watch an instrument in which nothing waits', () => {
    const { market, slot } = marketWith();
    market.bandChanged(SHARE);
    expect([slot.users, slot.watchers]).toEqual([0, []]);
  });

  it('keeps a modelled price moving for as long as it waits', () => {
    const { board, waitFor, slot, clock } = marketWith();
    const under = board.slot('NSE_INDEX:NIFTY');
    under.jump(clock.now, 24_000);
    slot.model = (spot) => spot / 24;
    slot.underlying = under;
    waitFor({ low: 900, high: Infinity });
    under.jump(clock.now + 1, 24_240);
    expect(slot.price(clock.now + 1)).toBe(1_010);
    waitFor(NOTHING_RESTS);
    under.jump(clock.now + 2, 24_480);
    expect(slot.price(clock.now + 2)).toBe(1_010);
  });
});
