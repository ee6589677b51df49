import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { opposite, type Side, signOf } from '../orders/order-request.js';
import { BrokerPlay } from './broker-play.test-kit.js';
import type { ExitDistance, ExitsConfig } from './set-config.js';
import { find, kindsOf, SetPlay } from './set-play.test-kit.js';

const percent = (share: number): ExitDistance => ({ kind: 'percent', share });
const points = (value: number): ExitDistance => ({ kind: 'points', points: value });
const money = (paise: number): ExitDistance => ({ kind: 'money', paise });

const held = (side: Side, price: number, exits: Partial<ExitsConfig>, lots = 1): BrokerPlay => {
  const play = new BrokerPlay({ exits, size: [{ kind: 'lots', lots }] });
  play.enter(side, price);
  return play;
};

describe('a stop-loss', () => {
  it.each([
    ['buy', 100, percent(0.1), 90],
    ['sell', 100, percent(0.1), 110],
    ['buy', 100, points(7.5), 92.5],
    ['sell', 100, points(7.5), 107.5],
    ['buy', 100, { kind: 'price', price: 95 }, 95],
    ['sell', 100, { kind: 'price', price: 120 }, 120],
    ['buy', 100, money(500_00), 90],
    ['sell', 100, money(500_00), 110],
  ] as const)('of what one would %s at %d, by %j, is at %d', (side, price, stopLoss, level) => {
    expect(held(side, price, { stopLoss }).position.stop).toBe(level);
  });

  it('is on the looser side of the grid', () => {
    // 10 % of 101.05 is 10.105: 90.945 and 111.155.
    expect(held('buy', 101.05, { stopLoss: percent(0.1) }).position.stop).toBe(90.9);
    expect(held('sell', 101.05, { stopLoss: percent(0.1) }).position.stop).toBe(111.2);
  });

  it('of money is shared by all lots', () => {
    expect(held('buy', 100, { stopLoss: money(500_00) }, 5).position.stop).toBe(98);
  });

  it('is left at the price it names, with the money it lost', () => {
    const play = held('sell', 100, { stopLoss: percent(0.1) });
    expect(play.tick(109.95)).toEqual([]);
    expect(find(play.tick(110), 'exitTriggered')).toMatchObject({ rule: 'stopLoss', price: 110, quantity: 50 });
    expect(play.order.request).toMatchObject({ side: 'buy', quantity: 50, purpose: 'exit', kind: 'market' });
    expect(find(play.fill(110.1), 'setClosed')).toMatchObject({ grossPaise: -505_00, chargesPaise: 0 });
  });

  it('of the signal goes before that of the configuration', () => {
    const play = new SetPlay({ exits: { stopLoss: percent(0.1), target: percent(0.1) } });
    play.enter('buy', 100, { signal: { stop: 96, target: 104 } });
    expect(play.position).toMatchObject({ stop: 96, target: 104 });
  });
});

describe('a target', () => {
  it.each([
    ['buy', percent(0.2), 120],
    ['sell', percent(0.2), 80],
    ['buy', points(12), 112],
    ['sell', money(1_000_00), 80],
  ] as const)('to %s, by %j, is at %d', (side, target, level) => {
    expect(held(side, 100, { target }).position.target).toBe(level);
  });

  it('is on the farther side of the grid', () => {
    expect(held('buy', 101.05, { target: percent(0.1) }).position.target).toBe(111.2);
    expect(held('sell', 101.05, { target: percent(0.1) }).position.target).toBe(90.9);
  });

  it('is reached at its price and beyond', () => {
    const play = held('buy', 100, { target: points(10) });
    expect(play.tick(109.95)).toEqual([]);
    expect(find(play.tick(130), 'exitTriggered')).toMatchObject({ rule: 'target', price: 130 });
  });
});

describe('exits of the whole set', () => {
  it('are stop and target of their own', () => {
    const play = held('buy', 100, { set: { stopLoss: money(250_00), target: money(1_000_00), dayLossPaise: null } });
    expect(play.position).toMatchObject({ stop: null, target: null, setStop: 95, setTarget: 120 });
    expect(find(play.tick(95), 'exitTriggered').rule).toBe('setStopLoss');
  });

  it('take a target for the set if it is nearer than the leg’s', () => {
    const exits = { target: points(10), set: { stopLoss: null, target: points(5), dayLossPaise: null } };
    expect(find(held('buy', 100, exits).tick(120), 'exitTriggered').rule).toBe('setTarget');
  });

  it('take per cent of the premium on both sides', () => {
    const set = { stopLoss: percent(0.3), target: percent(0.7), dayLossPaise: null };
    expect(held('sell', 100, { set }).position).toMatchObject({ setStop: 130, setTarget: 30 });
  });
});

describe('exits of the whole set in money', () => {
  const set = { stopLoss: money(2_000_00), target: money(4_000_00), dayLossPaise: 3_000_00 };
  const partial = [{ at: points(5), share: 0.5 }];

  it('count what a part has earned that left before', () => {
    const play = held('buy', 100, { partial, set }, 4);
    expect(play.position).toMatchObject({ setStop: 90, setTarget: 120, dayLossStop: 85 });
    play.tick(105);
    // 100 units have earned ₹500: the others may lose ₹2,500 and ₹3,500, and have ₹3,500 to earn.
    expect(find(play.fill(105), 'positionReduced')).toMatchObject({ quantity: 100, setStop: 75, setTarget: 135, dayLossStop: 65 });
    expect(play.tick(120)).toEqual([]);
    expect(find(play.tick(75), 'exitTriggered')).toMatchObject({ rule: 'setStopLoss', quantity: 100 });
    expect(find(play.fill(75), 'setClosed')).toMatchObject({ grossPaise: -2_000_00 });
  });

  it('count what a part has lost that somebody else closed', () => {
    const play = held('sell', 100, { set }, 4);
    play.outside('buy', 100, { price: 110 });
    // ₹1,000 are lost: ₹1,000 and ₹2,000 more may be, and ₹5,000 are to be earned.
    expect(play.position).toMatchObject({ quantity: 100, setStop: 110, setTarget: 50, dayLossStop: 120 });
  });

  it('are left at once where a part has lost all of it already', () => {
    const play = held('buy', 100, { set }, 4);
    play.outside('sell', 100, { price: 75 });
    expect(find(play.tick(100), 'exitTriggered')).toMatchObject({ rule: 'setStopLoss', quantity: 100 });
  });

  it('are worth their money together with the part, to a tick, whatever that earned', () =>
    fc.assert(
      fc.property(
        fc.constantFrom<Side[]>('buy', 'sell'),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 60 * 20, max: 140 * 20 }),
        (side, lots, ticks) => {
          const play = held(side, 100, { set: { ...set, dayLossPaise: null } }, 4);
          const price = ticks / 20;
          play.outside(opposite(side), lots * 50, { price });
          const { quantity, setStop, setTarget } = play.position;
          const worth = (level: number) => signOf(side) * ((price - 100) * lots * 50 + (level - 100) * quantity) * 100;
          const tick = 0.05 * 100 * quantity + 1e-6;
          expect(Math.abs(worth(setStop ?? Number.NaN) + 2_000_00)).toBeLessThan(tick);
          expect(Math.abs(worth(setTarget ?? Number.NaN) - 4_000_00)).toBeLessThan(tick);
        },
      ),
    ));

  it('in per cent and points stay where they are', () => {
    const play = held('buy', 100, { partial, set: { stopLoss: percent(0.3), target: points(40), dayLossPaise: null } }, 4);
    play.tick(105);
    expect(find(play.fill(105), 'positionReduced')).toMatchObject({ setStop: 70, setTarget: 140, dayLossStop: null });
  });
});

describe('of two exits on one tick', () => {
  it('the one that loses more gives the reason: of two stops the farther', () => {
    const exits = { stopLoss: points(5), set: { stopLoss: points(10), target: null, dayLossPaise: null } };
    expect(find(held('buy', 100, exits).tick(95), 'exitTriggered').rule).toBe('stopLoss');
    expect(find(held('buy', 100, exits).tick(80), 'exitTriggered').rule).toBe('setStopLoss');
    expect(find(held('sell', 100, exits).tick(120), 'exitTriggered').rule).toBe('setStopLoss');
  });

  it('a loss goes before the time', () => {
    const play = held('buy', 100, { stopLoss: points(5), timeInTradeMs: 60_000 });
    play.now += 60_000;
    expect(find(play.due(94), 'exitTriggered').rule).toBe('stopLoss');
  });

  it('a loss goes before the square-off', () => {
    const play = held('sell', 100, { stopLoss: points(5), squareOff: 915 });
    expect(find(play.squareOff(106), 'exitTriggered').rule).toBe('stopLoss');
  });
});

describe('partial exits', () => {
  const partial = [
    { at: points(5), share: 0.5 },
    { at: points(10), share: 0.25 },
  ];

  it('leave at their targets, nearest first, and the rest goes on', () => {
    const play = held('buy', 100, { partial, target: points(20), stopLoss: points(10) }, 4);
    expect(play.position.partials).toEqual([
      { price: 105, quantity: 100 },
      { price: 110, quantity: 50 },
    ]);
    expect(find(play.tick(105), 'exitTriggered')).toMatchObject({ rule: 'partialTarget', quantity: 100 });
    expect(find(play.fill(105), 'positionReduced')).toMatchObject({ quantity: 100, partialsLeft: 1 });
    expect(play.state.phase).toBe('open');
    expect(play.position).toMatchObject({ quantity: 100, entryQuantity: 200, stop: 90 });
    play.tick(110);
    expect(find(play.fill(110), 'positionReduced')).toMatchObject({ quantity: 50, partialsLeft: 0 });
    play.tick(90);
    expect(play.order.request.quantity).toBe(50);
    // 100 × 5 + 50 × 10 − 50 × 10
    expect(find(play.fill(90), 'setClosed').grossPaise).toBe(500_00);
  });

  it('are sorted by nearness on either side', () => {
    const play = held('sell', 100, { partial: [...partial].reverse() }, 4);
    expect(play.position.partials).toEqual([
      { price: 95, quantity: 100 },
      { price: 90, quantity: 50 },
    ]);
  });

  it('of less than a lot do not happen', () => {
    expect(held('buy', 100, { partial }, 1).position.partials).toEqual([]);
    expect(held('buy', 100, { partial }, 3).position.partials).toEqual([{ price: 105, quantity: 50 }]);
  });

  it('give way to a whole target on the same tick', () => {
    const play = held('buy', 100, { partial, target: points(20) }, 4);
    expect(find(play.tick(125), 'exitTriggered')).toMatchObject({ rule: 'target', quantity: 200 });
  });

  it('come one after the other when the price jumps over both', () => {
    const play = held('buy', 100, { partial }, 4);
    play.tick(115);
    play.fill(115);
    expect(find(play.tick(115), 'exitTriggered')).toMatchObject({ rule: 'partialTarget', quantity: 50 });
  });

  it('that together are everything close the set', () => {
    const play = held('buy', 100, { partial: [{ at: points(5), share: 1 }] }, 2);
    play.tick(105);
    expect(kindsOf(play.fill(105))).toEqual(['legFilled', 'setClosed']);
  });

  it('do not keep what is left beyond the square-off time', () => {
    const play = held('buy', 100, { partial, squareOff: 915 }, 4);
    play.squareOffAt = play.now + 1_000;
    play.tick(105);
    play.now += 1_000;
    expect(play.squareOff(105)).toEqual([]);
    play.now += 100;
    const events = play.fill(105);
    expect(kindsOf(events)).toEqual(['legFilled', 'positionReduced', 'exitTriggered', 'legOrderRequested']);
    expect(find(events, 'exitTriggered')).toMatchObject({ rule: 'squareOff', quantity: 100 });
    expect(kindsOf(play.fill(104))).toEqual(['legFilled', 'setClosed']);
  });
});
