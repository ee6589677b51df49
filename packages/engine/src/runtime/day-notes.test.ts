import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { anAccount } from '../config/plain-run.test-kit.js';
import type { EquityInstrument } from '../market/instrument.js';
import { chargeSchedule } from '../orders/charges.js';
import { contractNote, type NoteFill } from '../orders/contract-note.js';
import type { Fill } from '../orders/fill.js';
import { MONDAY, time } from '../primitives/mondays.test-kit.js';
import { turnoverPaise } from '../primitives/price.js';
import { SHARE } from '../sets/ten-shares.test-kit.js';
import { DayNotes } from './day-notes.js';

const TUESDAY = '2026-02-03';

const share: EquityInstrument = {
  kind: 'equity',
  key: SHARE,
  exchange: 'NSE',
  symbol: 'RELIANCE',
  tickSize: 0.05,
  lotSize: 1,
  freezeQuantity: null,
};

const schedule = chargeSchedule(share, { on: MONDAY, product: 'MIS', broker: 'paper', fallbackFrom: MONDAY });

const fillOf = (changes: Partial<Fill>): Fill => ({
  fillId: 'F1',
  orderId: '1',
  instrument: SHARE,
  side: 'buy',
  quantity: 10,
  price: 1_000,
  time: time('10:00'),
  ...changes,
});

/** A fill with what an account is charged for it, if it is the only one of its order. */
const noted = (fill: Fill): NoteFill => ({
  fill,
  instrument: share,
  product: 'MIS',
  accruedPaise: schedule.totalPaise(fill.side, turnoverPaise(fill.price, fill.quantity), 0),
});

const notesOf = (fills: readonly NoteFill[]): DayNotes => {
  const notes = new DayNotes(anAccount(), { chargesFrom: MONDAY }, { instrument: () => share });
  for (const { fill, product, accruedPaise } of fills) notes.add(fill, product, accruedPaise);
  return notes;
};

const fills = fc.array(
  fc.record({
    side: fc.constantFrom('buy' as const, 'sell' as const),
    quantity: fc.integer({ min: 1, max: 500 }),
    ticks: fc.integer({ min: 2_000, max: 40_000 }),
  }),
  { minLength: 1, maxLength: 8 },
);

const adjustmentOf = (notes: DayNotes, date = MONDAY): number =>
  notes.adjustmentsUpTo(date).reduce((sum, { adjustmentPaise }) => sum + adjustmentPaise, 0);

describe('the deals of a day', () => {
  it('cost together what the contract note says: accrued and adjustment add up to it', () =>
    fc.assert(
      fc.property(fills, (deals) => {
        const day = deals.map(({ side, quantity, ticks }, i) =>
          noted(fillOf({ fillId: `F${i}`, orderId: String(i), side, quantity, price: (ticks * 5) / 100 })),
        );
        const note = contractNote(day, { on: MONDAY, broker: 'paper', fallbackFrom: MONDAY });
        const accrued = day.reduce((sum, { accruedPaise }) => sum + accruedPaise, 0);
        expect(accrued + adjustmentOf(notesOf(day))).toBe(note.charges.totalPaise);
      }),
    ));

  it('are one day’s: those of the next are counted from nothing', () => {
    const notes = notesOf([noted(fillOf({ side: 'sell', quantity: 7 }))]);
    expect(adjustmentOf(notes)).not.toBe(0);
    expect(notes.adjustmentsUpTo(MONDAY)).toEqual([]);
  });

  it('have a note of their own each day, also where an engine did not end the day before', () => {
    const tuesday = noted(fillOf({ side: 'sell', quantity: 7, time: time('09:20', TUESDAY) }));
    const monday = noted(fillOf({ side: 'sell', quantity: 7 }));
    const [alone] = notesOf([monday]).adjustmentsUpTo(MONDAY);
    const notes = notesOf([monday, tuesday]);
    expect(notes.adjustmentsUpTo(MONDAY)).toEqual([alone]);
    expect(notes.adjustmentsUpTo(TUESDAY).map(({ date }) => date)).toEqual([TUESDAY]);
    expect(notesOf([monday, tuesday]).adjustmentsUpTo(TUESDAY)).toEqual([alone, { ...alone, date: TUESDAY }]);
  });

  it('are not booked again where they were before', () => {
    const notes = notesOf([noted(fillOf({ side: 'sell', quantity: 7 }))]);
    notes.booked(MONDAY);
    expect(notes.adjustmentsUpTo(TUESDAY)).toEqual([]);
  });

  it('that are none ask for nothing', () => {
    expect(notesOf([]).adjustmentsUpTo(MONDAY)).toEqual([]);
  });
});
