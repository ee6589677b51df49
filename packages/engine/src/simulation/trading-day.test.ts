import { describe, expect, it } from 'vitest';

import { option, share } from './instruments.test-kit.js';
import { Market } from './market.test-kit.js';

describe('a day at the exchange', () => {
  it('has its square-off and its close in its timetable, and then nothing', () => {
    const market = new Market();
    const next = (): number => (market.exchange.nextTime - market.start) / 60_000 + 600;
    expect(next()).toBe(15 * 60 + 25);
    market.untilTime('15:25');
    expect(next()).toBe(15 * 60 + 30);
    market.untilTime('15:30');
    expect(market.exchange.nextTime).toBe(Infinity);
    market.exchange.beginDay('2026-03-28');
    expect(market.exchange.nextTime).toBe(Infinity);
  });

  it('that begins again has the rest of its timetable, and its book as it was', () => {
    const market = new Market();
    market.at(0, 100);
    market.send({ side: 'buy' });
    market.untilTime('15:26');
    market.exchange.beginDay('2026-03-23');
    expect(market.book()).toHaveLength(2);
    expect(market.exchange.nextTime - market.now()).toBe(4 * 60_000);
  });

  it('that begins late finds its square-off behind it', () => {
    const market = new Market();
    market.until(market.start + 5.45 * 3_600_000);
    market.exchange.beginDay('2026-03-24');
    expect(market.exchange.nextTime).toBeGreaterThan(market.now());
  });

  it('forgets the book of the day before, but not what is held', () => {
    const market = new Market();
    market.at(0, 100);
    market.send({ side: 'buy', product: 'NRML' });
    market.send({ side: 'buy', product: 'NRML', kind: 'limit', price: 90 });
    market.untilTime('09:00', '2026-03-24');
    expect(market.book()).toEqual([]);
    expect(market.of().line.positions()?.positions).toEqual([{ instrument: option.key, product: 'NRML', quantity: 50 }]);
    expect(market.cancel('o1')).toMatchObject({ code: 'exchange/order-unknown' });
  });

  it('fills nothing between its two sessions', () => {
    const market = new Market({}, { date: '2024-03-02' });
    market.until(market.start - 10_000);
    market.at(0, 100, { key: share.key });
    market.exchange.beginDay('2024-03-02');
    market.until(market.start + 92 * 60_000);
    market.send({ side: 'buy', instrument: share.key, kind: 'limit', price: 99 });
    market.at(93 * 60_000, 100, { key: share.key });
    market.open = false;
    market.at(94 * 60_000, 90, { key: share.key });
    expect(market.kinds()).toEqual(['o1 working']);
    market.open = true;
    market.at(95 * 60_000, 98, { key: share.key });
    expect(market.fills()).toMatchObject([{ price: 99 }]);
  });

  it('ends what still rests of the day before, where nobody has seen its close', () => {
    const market = new Market();
    market.at(0, 100);
    market.send({ side: 'buy', kind: 'limit', price: 90 });
    market.until(market.start + 200);
    market.exchange.beginDay('2026-03-24');
    expect(market.kinds()).toEqual(['o1 working', 'o1 expired']);
    expect(market.book()).toEqual([]);
  });
});
