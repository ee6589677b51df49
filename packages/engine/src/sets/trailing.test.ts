import { describe, expect, it } from 'vitest';

import type { TrailingConfig } from './set-config.js';
import { find, SetPlay } from './set-play.test-kit.js';

const TEN_AND_ONE: TrailingConfig = {
  start: { kind: 'percent', share: 0.1 },
  distance: { kind: 'percent', share: 0.01 },
  step: null,
};
const TEN_PERCENT = { kind: 'percent', share: 0.1 } as const;

const held = (
  side: 'buy' | 'sell',
  price: number,
  trailing: TrailingConfig,
  stopLoss: typeof TEN_PERCENT | null = TEN_PERCENT,
): SetPlay => {
  const play = new SetPlay({ exits: { stopLoss, trailing } });
  play.enter(side, price);
  return play;
};

describe('a trailing stop of what was bought at 100', () => {
  it('is still the fixed stop at 109.95', () => {
    const play = held('buy', 100, TEN_AND_ONE);
    expect(play.tick(109.95)).toEqual([]);
    expect(play.position).toMatchObject({ stop: 90, trailing: false });
  });

  it('is 108.90 at 110', () => {
    const play = held('buy', 100, TEN_AND_ONE);
    expect(play.tick(110)).toEqual([{ kind: 'stopMoved', stop: 108.9, best: 110, at: play.now }]);
    expect(play.position).toMatchObject({ stop: 108.9, trailing: true, best: 110 });
  });

  it('is 113.20 when the best price was 114.35', () => {
    const play = held('buy', 100, TEN_AND_ONE);
    play.tick(110);
    play.tick(114.35);
    expect(play.position.stop).toBe(113.2);
  });

  it('leaves for the reason trailingStop when 113.20 trades, and not at 113.25', () => {
    const play = held('buy', 100, TEN_AND_ONE);
    play.tick(114.35);
    expect(play.tick(113.25)).toEqual([]);
    const events = play.tick(113.2);
    expect(find(events, 'exitTriggered')).toMatchObject({ rule: 'trailingStop', price: 113.2, quantity: 50 });
    expect(find(play.fill(113.2), 'setClosed')).toMatchObject({ rule: 'trailingStop', grossPaise: 660_00 });
  });

  it('does not come back when the price does', () => {
    const play = held('buy', 100, TEN_AND_ONE);
    play.tick(114.35);
    play.tick(113.3);
    play.tick(114.35);
    expect(play.position.stop).toBe(113.2);
  });
});

describe('a trailing stop of what was sold at 100', () => {
  it('is still the fixed stop at 90.05', () => {
    const play = held('sell', 100, TEN_AND_ONE);
    expect(play.tick(90.05)).toEqual([]);
    expect(play.position).toMatchObject({ stop: 110, trailing: false });
  });

  it('is 90.90 at 90, and the looser side of the grid is above', () => {
    const play = held('sell', 100, TEN_AND_ONE);
    play.tick(90);
    expect(play.position.stop).toBe(90.9);
    // 85.65 × 1.01 = 86.5065
    play.tick(85.65);
    expect(play.position.stop).toBe(86.55);
    expect(play.tick(86.5)).toEqual([]);
    expect(find(play.tick(86.55), 'exitTriggered')).toMatchObject({ rule: 'trailingStop', price: 86.55 });
  });
});

describe('the step of a trailing stop', () => {
  it('is the least by which the stop moves, in points', () => {
    const play = held('buy', 100, {
      start: { kind: 'points', points: 5 },
      distance: { kind: 'points', points: 3 },
      step: { kind: 'points', points: 2 },
    });
    play.tick(105);
    expect(play.position.stop).toBe(102);
    expect(play.tick(106.95)).toEqual([]);
    play.tick(107);
    expect(play.position.stop).toBe(104);
  });

  it('is the least by which the stop moves, in per cent of the stop', () => {
    const play = held('sell', 200, {
      start: { kind: 'points', points: 10 },
      distance: { kind: 'points', points: 10 },
      step: { kind: 'percent', share: 0.05 },
    });
    play.tick(190);
    expect(play.position.stop).toBe(200);
    expect(play.tick(180.05)).toEqual([]);
    play.tick(180);
    expect(play.position.stop).toBe(190);
  });

  it('does not hold back the first move, which comes from the fixed stop', () => {
    const play = held('buy', 100, { ...TEN_AND_ONE, step: { kind: 'points', points: 5 } });
    play.tick(110);
    expect(play.position.stop).toBe(108.9);
  });
});

describe('a trailing stop', () => {
  it('never moves a fixed stop that is nearer', () => {
    const play = new SetPlay({
      exits: {
        stopLoss: { kind: 'points', points: 1 },
        trailing: { start: { kind: 'points', points: 1 }, distance: { kind: 'points', points: 5 }, step: null },
      },
    });
    play.enter('buy', 100);
    expect(play.tick(102)).toEqual([]);
    expect(play.position).toMatchObject({ stop: 99, trailing: false });
    play.tick(104.05);
    expect(play.position).toMatchObject({ stop: 99.05, trailing: true });
  });

  it('needs no fixed stop before it', () => {
    const play = held('buy', 100, TEN_AND_ONE, null);
    expect(play.tick(1)).toEqual([]);
    play.tick(110);
    expect(play.position.stop).toBe(108.9);
  });

  it('follows a jump to where the jump ended', () => {
    const play = held('buy', 100, TEN_AND_ONE);
    play.tick(150);
    expect(play.position.stop).toBe(148.5);
  });
});
