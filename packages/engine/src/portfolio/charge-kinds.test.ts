import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Instrument } from '../market/instrument.js';
import { NIFTY_CALL, SBIN } from '../market/instruments.test-kit.js';
import { chargeSchedule } from '../orders/charges.js';
import type { Product, Side } from '../orders/order-request.js';
import { type ChargeKinds, chargeKinds, chargesTogether, NO_CHARGES } from './charge-kinds.js';

const FUTURE: Instrument = { ...NIFTY_CALL, kind: 'future', key: 'NFO:NIFTY24NOV26FUT', symbol: 'NIFTY24NOV26FUT' };

const sumOf = (kinds: ChargeKinds): number => Object.values(kinds).reduce((sum, paise) => sum + paise, 0);

const deal = () =>
  fc.record({
    instrument: fc.constantFrom(SBIN, NIFTY_CALL, FUTURE),
    on: fc.constantFrom('2021-06-01', '2024-01-02', '2024-10-01', '2026-11-20'),
    product: fc.constantFrom<Product>('MIS', 'NRML', 'CNC'),
    broker: fc.constantFrom('paper', 'zerodha', 'shoonya', 'flattrade', 'icici-breeze'),
    side: fc.constantFrom<Side>('buy', 'sell'),
    turnoverPaise: fc.integer({ min: 0, max: 5_000_000_000 }),
    before: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 1_000_000_000 })),
  });

describe('the kinds of a charge', () => {
  it('of options sold for ₹7,102.50 on 2024-01-02 are those of the schedule', () => {
    const schedule = chargeSchedule(NIFTY_CALL, { on: '2024-01-02', product: 'NRML', broker: 'paper', fallbackFrom: null });
    // STT 0.0625 % 443.91, exchange 358.68, SEBI 0.71, GST 18 % of 2359.39 is 424.69; with brokerage 3227.98.
    expect(chargeKinds(3228, { rates: schedule.rates, side: 'sell', turnoverPaise: 710_250 })).toEqual({
      brokeragePaise: 2000,
      sttPaise: 444,
      exchangePaise: 358,
      sebiPaise: 1,
      stampPaise: 0,
      gstPaise: 425,
    });
  });

  it('are found from the total alone, whatever of an order was filled before', () =>
    fc.assert(
      fc.property(deal(), ({ instrument, on, product, broker, side, turnoverPaise, before }) => {
        const schedule = chargeSchedule(instrument, { on, product, broker, fallbackFrom: '2024-10-01' });
        const { totalPaise, ...kinds } = schedule.split(side, turnoverPaise, before);
        expect(chargeKinds(totalPaise, { rates: schedule.rates, side, turnoverPaise })).toEqual(kinds);
      }),
      { numRuns: 2_000 },
    ));

  it('add up to the total, also to one that no rate explains', () =>
    fc.assert(
      fc.property(deal(), fc.integer({ min: 0, max: 10_000_000 }), ({ instrument, on, side, turnoverPaise }, totalPaise) => {
        const { rates } = chargeSchedule(instrument, { on, product: 'NRML', broker: 'paper', fallbackFrom: '2024-10-01' });
        expect(sumOf(chargeKinds(totalPaise, { rates, side, turnoverPaise }))).toBe(totalPaise);
      }),
    ));

  it('are none where nothing was charged', () => {
    const { rates } = chargeSchedule(NIFTY_CALL, { on: '2026-11-20', product: 'NRML', broker: 'paper', fallbackFrom: null });
    expect(chargeKinds(0, { rates, side: 'sell', turnoverPaise: 700_000 })).toEqual(NO_CHARGES);
  });

  it('of two charges add up kind by kind', () => {
    const kinds = { brokeragePaise: 1, sttPaise: 2, exchangePaise: 3, sebiPaise: 4, stampPaise: 5, gstPaise: 6 };
    expect(chargesTogether(kinds, { ...kinds, gstPaise: 10 })).toEqual({
      brokeragePaise: 2,
      sttPaise: 4,
      exchangePaise: 6,
      sebiPaise: 8,
      stampPaise: 10,
      gstPaise: 16,
    });
  });
});
