import { describe, expect, it } from 'vitest';

import { InvariantError } from '../primitives/assert.js';
import { minuteOfDay } from '../primitives/time.js';
import { faulty, type Planned } from './faulty.test-kit.js';
import { option } from './instruments.test-kit.js';
import { Market } from './market.test-kit.js';

describe('a plan', () => {
  it('strikes in its time, on its account, so often, and by its chance', () => {
    const { market, told } = faulty([{ kind: 'reject', from: minuteOfDay('10:01'), to: minuteOfDay('10:02'), account: 'main', times: 2 }]);
    const outcomes = (time: string) => {
      market.untilTime(time);
      return (['main', 'main', 'main', 'other'] as const).map((account) => market.send({ side: 'buy', account })?.kind);
    };
    const all = Array(4).fill('acknowledged');
    expect(outcomes('10:00')).toEqual(all);
    expect(outcomes('10:01')).toEqual(['rejected', 'rejected', 'acknowledged', 'acknowledged']);
    market.until(market.now() + 59_000);
    expect(told).toHaveLength(2);
    expect(outcomes('10:02')).toEqual(all);

    const half = faulty([{ kind: 'reject', chance: 0.5 }]);
    for (let i = 0; i < 200; i += 1) {
      half.market.until(half.market.start + i * 1_000);
      half.market.send({ side: 'buy' });
    }
    expect(half.told.length).toBeGreaterThan(75);
    expect(half.told.length).toBeLessThan(125);
  });

  it('leaves alone what it is not about, and the latencies', () => {
    const latency = { kind: 'uniform', fromMs: 1, toMs: 400 } as const;
    const times = (faults: readonly Planned[]): readonly number[] => {
      const { market } = faulty(faults, { latency });
      for (let i = 0; i < 5; i += 1) market.send({ side: 'buy' });
      market.at(5_000, 100);
      return market.news.map(({ at }) => at);
    };
    expect(times([{ kind: 'duplicate', account: 'other' }])).toEqual(times([]));
    const plain = new Market({ latency });
    plain.at(0, 100);
    for (let i = 0; i < 5; i += 1) plain.send({ side: 'buy' });
    plain.at(5_000, 100);
    expect(plain.news.map(({ at }) => at)).toEqual(times([]));
  });

  it('is needed for a test to let something happen', () => {
    expect(() => new Market().exchange.inject('reject', { account: 'main' })).toThrow(InvariantError);
    const { market } = faulty();
    expect(market.exchange.inject('reject', { account: 'nobody' })).toBe(false);
    // An order that was not sent yet can be any account's.
    expect(market.exchange.inject('reject', { orderId: 'o1' })).toBe(true);
    expect(market.send({ side: 'buy', account: 'other' })?.kind).toBe('rejected');
  });

  it('goes on for an account that comes back, and tells it that its line is down', () => {
    const { market } = faulty();
    market.send({ side: 'buy', kind: 'limit', price: 99 });
    market.at(200, 100);
    market.exchange.inject('disconnect', { account: 'main' });
    const lines: string[] = [];
    const listeners = { onNews: () => undefined, onOutsideFill: () => undefined, onLine: (line: string) => lines.push(line) };
    const line = market.exchange.connect({ id: 'main', capitalPaise: 1, broker: 'paper' }, listeners);
    expect(lines).toEqual(['down']);
    expect(line.orders()).toBe(null);
    market.at(31_000, 100);
    expect(lines).toEqual(['down', 'up']);
    expect(line.orders()?.orders).toMatchObject([{ orderId: 'o1', status: 'open' }]);
  });

  it('sees what rests at the moment of a disaster', () => {
    const { market } = faulty();
    market.send({ side: 'buy', kind: 'limit', price: 99 });
    market.at(200, 100);
    market.exchange.inject('disconnect', { account: 'main' });
    market.at(400, 98);
    market.at(31_000, 98);
    expect(market.book()).toMatchObject([{ orderId: 'o1', status: 'filled', instrument: option.key }]);
  });
});
