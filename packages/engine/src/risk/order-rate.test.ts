import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { OrderRate } from './order-rate.js';

describe('the order rate', () => {
  it('equals a count of all orders, at any time', () =>
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.nat({ max: 300 }), fc.constantFrom(1_000, 30_000, 60_000)), { maxLength: 200 }), (gaps) => {
        const rate = new OrderRate();
        const times: number[] = [];
        let now = 1_795_406_400_000;
        for (const gap of gaps) {
          now += gap;
          const within = (length: number) => times.filter((time) => now - time < length).length;
          expect(rate.count(now)).toEqual({ lastSecond: within(1_000), lastMinute: within(60_000) });
          rate.record(now);
          times.push(now);
        }
      }),
    ));
});
