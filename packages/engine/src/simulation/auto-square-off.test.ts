import { describe, expect, it } from 'vitest';

import { minuteOfDay } from '../primitives/time.js';
import { option, share } from './instruments.test-kit.js';
import { Market } from './market.test-kit.js';

describe('at its square-off time the broker', () => {
  it('cancels intraday orders first, and closes intraday positions at the market then', () => {
    const market = new Market({ slippage: { kind: 'ticks', ticks: 1 } });
    market.at(0, 100);
    market.send({ side: 'buy', quantity: 100 });
    market.send({ side: 'sell', kind: 'SL', triggerPrice: 90, price: 89 });
    market.send({ side: 'buy', kind: 'limit', price: 80, product: 'NRML' });
    market.at(1_000, 110);
    market.untilTime('15:24');
    expect(market.news).toHaveLength(3);
    market.untilTime('15:25');
    const at = market.now();
    expect(market.news.slice(3)).toEqual([
      { kind: 'cancelled', orderId: 'o2', filledQuantity: 0, reason: 'Cancelled by the broker (paper) at its square-off time, 15:25.', at },
    ]);
    expect(market.of().outside).toEqual([
      {
        fillId: 'F2',
        brokerOrderId: 'P4',
        instrument: option.key,
        product: 'MIS',
        side: 'sell',
        quantity: 100,
        price: 109.95,
        time: at,
        by: 'autoSquareOff',
      },
    ]);
    expect(market.of().line.positions()).toEqual({ positions: [], at });
    expect(market.book().at(-1)).toMatchObject({
      orderId: null,
      brokerOrderId: 'P4',
      status: 'filled',
      quantity: 100,
      fills: [{ fillId: 'F2', price: 109.95 }],
    });
    expect(market.book().find(({ orderId }) => orderId === 'o3')?.status).toBe('open');
  });

  it('leaves what is carried forward, of the same instrument too', () => {
    const market = new Market();
    market.at(0, 100);
    market.send({ side: 'buy', quantity: 100, product: 'NRML' });
    market.send({ side: 'sell', quantity: 50 });
    market.untilTime('15:26');
    expect(market.of().outside).toMatchObject([{ side: 'buy', quantity: 50, product: 'MIS' }]);
    expect(market.of().line.positions()?.positions).toEqual([{ instrument: option.key, product: 'NRML', quantity: 100 }]);
  });

  it('comes five minutes before the close at the latest, in each segment', () => {
    const timeOf = (date: string, key: string, autoSquareOff: string): string => {
      const market = new Market({ autoSquareOff: minuteOfDay(autoSquareOff) }, { date });
      market.show({ price: 100 }, key);
      market.send({ side: 'buy', instrument: key, kind: 'limit', price: 101, quantity: 50 });
      market.untilTime('23:00', date);
      const [fill] = market.of().outside;
      return new Date((fill?.time ?? 0) + 19_800_000).toISOString().slice(11, 16);
    };
    expect(timeOf('2026-03-23', share.key, '15:25')).toBe('15:25');
    expect(timeOf('2026-03-23', share.key, '15:20')).toBe('15:20');
    expect(timeOf('2026-03-23', share.key, '15:29')).toBe('15:25');
    // Since August 2026 shares that have contracts trade until 15:15, and contracts until 15:40.
    expect(timeOf('2026-08-10', share.key, '15:25')).toBe('15:10');
    // A Saturday with two sessions, the second until 12:30.
    const saturday = new Market({}, { date: '2024-03-02' });
    expect(saturday.exchange.nextTime - saturday.start).toBe((2 * 60 + 25) * 60_000);
    // A Muhurat evening, from 18:00 to 19:00.
    const muhurat = new Market({}, { date: '2024-11-01' });
    expect(muhurat.exchange.nextTime - muhurat.start).toBe((8 * 60 + 55) * 60_000);
  });

  it('does nothing where it is off', () => {
    const market = new Market({ autoSquareOff: null });
    market.at(0, 100);
    market.send({ side: 'buy' });
    market.untilTime('15:45');
    expect(market.of().outside).toEqual([]);
    expect(market.send({ side: 'buy' })?.kind).toBe('acknowledged');
  });

  it('says what it could not close', () => {
    const market = new Market();
    market.at(0, 100);
    market.send({ side: 'buy' });
    market.until(market.start + 200);
    market.show({ price: NaN });
    market.untilTime('15:26');
    expect(market.of().outside).toEqual([]);
    expect(market.exchange.notes()).toEqual([
      `${option.key} had no price at 15:25, so the broker could not close 50 units of account main.`,
    ]);
  });
});
