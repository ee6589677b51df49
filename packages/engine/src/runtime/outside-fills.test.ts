import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { signOf } from '../orders/order-request.js';
import type { OutsideFill } from '../orders/outside-fill.js';
import { attributed, outsideIdOf } from './outside-fills.js';
import { holderOf } from './runtime.test-kit.js';
import { outsideFill } from './scripted-broker.test-kit.js';

const holders = (...quantities: readonly number[]) => quantities.map((quantity, i) => holderOf(`set${i}`, quantity));

const partsOf = (outside: OutsideFill, runners: Parameters<typeof attributed>[1], taken = 0) => {
  const { parts, unexplained } = attributed(outside, runners, taken);
  return { parts: parts.map(({ runner, fill }) => [runner.instance.config.id, fill.quantity]), unexplained };
};

describe('a deal from outside', () => {
  it('goes to the set whose holding it makes smaller', () => {
    expect(partsOf(outsideFill({ side: 'sell', quantity: 10 }), holders(10))).toEqual({ parts: [['set0', 10]], unexplained: 0 });
    expect(partsOf(outsideFill({ side: 'buy', quantity: 4 }), holders(-10))).toEqual({ parts: [['set0', 4]], unexplained: 0 });
  });

  it('goes to several sets in the order of the configuration, to each as much as it holds', () => {
    expect(partsOf(outsideFill({ quantity: 25 }), holders(10, 0, 20))).toEqual({
      parts: [
        ['set0', 10],
        ['set2', 15],
      ],
      unexplained: 0,
    });
  });

  it('passes over sets that hold the other way round, and those that hold something else', () => {
    const other = holderOf('other', 10, { instrument: 'NSE:TCS' });
    expect(partsOf(outsideFill({ quantity: 10 }), [other, ...holders(-10, 10)])).toEqual({ parts: [['set1', 10]], unexplained: 0 });
  });

  it('belongs to nobody beyond what is held', () => {
    expect(partsOf(outsideFill({ quantity: 25 }), holders(10))).toEqual({ parts: [['set0', 10]], unexplained: 15 });
    expect(partsOf(outsideFill({ side: 'buy' }), holders(10))).toEqual({ parts: [], unexplained: 10 });
  });

  it('belongs to nobody who holds for another product: the broker keeps those apart', () => {
    expect(partsOf(outsideFill({ product: 'CNC' }), holders(10))).toEqual({ parts: [], unexplained: 10 });
    expect(partsOf(outsideFill({ product: 'NRML' }), [holderOf('carries', 10, { product: 'NRML' })]).unexplained).toBe(0);
  });

  it('belongs to nobody who asked for what he holds only after it was made', () => {
    const late = holderOf('late', 10, { askedAt: 5_000 });
    expect(partsOf(outsideFill({ time: 4_000 }), [late]).unexplained).toBe(10);
    expect(partsOf(outsideFill({ time: 5_000 }), [late]).unexplained).toBe(0);
  });

  it('that is told again concerns only what nobody has taken over before', () => {
    expect(partsOf(outsideFill({ quantity: 25 }), holders(10, 20), 25)).toEqual({ parts: [], unexplained: 0 });
    expect(partsOf(outsideFill({ quantity: 25 }), holders(10, 20), 20)).toEqual({ parts: [['set0', 5]], unexplained: 0 });
  });

  it('gives each part an id of its own, which tells the deal’s', () => {
    const { parts } = attributed(outsideFill({ quantity: 30 }), holders(10, 10, 10), 0);
    const ids = parts.map(({ fill: { fillId } }) => fillId);
    expect(new Set(ids).size).toBe(3);
    expect(ids.map(outsideIdOf)).toEqual(['H1', 'H1', 'H1']);
    expect(new Set(parts.map(({ fill: { orderId } }) => orderId))).toEqual(new Set(['outside:BH1']));
    expect(outsideIdOf('adopted-1')).toBeNull();
  });

  it('that is told again gives its later parts other ids than those that were taken over', () => {
    const told = outsideFill({ quantity: 30 });
    const [first, again] = [attributed(told, holders(10), 0), attributed(told, holders(10, 10), 10)];
    const ids = [...first.parts, ...again.parts].map(({ fill: { fillId } }) => fillId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('names the deal where there was no order, as at expiry', () => {
    const { parts } = attributed(outsideFill({ brokerOrderId: null }), holders(10), 0);
    expect(parts[0]?.fill.orderId).toBe('outside:H1');
  });

  it('is shared out to the last unit, and turns nobody’s holding round', () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -30, max: 30 }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 120 }),
        fc.constantFrom('buy' as const, 'sell' as const),
        (quantities, quantity, side) => {
          const { parts, unexplained } = attributed(outsideFill({ quantity, side }), holders(...quantities), 0);
          expect(parts.reduce((sum, { fill }) => sum + fill.quantity, unexplained)).toBe(quantity);
          for (const { runner, fill } of parts) {
            const after = runner.quantity + signOf(side) * fill.quantity;
            expect(Math.sign(after) * Math.sign(runner.quantity)).toBeGreaterThanOrEqual(0);
            expect(fill.quantity).toBeGreaterThan(0);
          }
        },
      ),
    ));
});
