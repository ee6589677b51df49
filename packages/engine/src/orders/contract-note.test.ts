import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Instrument } from '../market/instrument.js';
import { turnoverPaise } from '../primitives/price.js';
import { atIst } from '../primitives/time.js';
import { chargeSchedule } from './charges.js';
import { contractNote, type NoteFill } from './contract-note.js';
import type { Product, Side } from './order-request.js';

const listed = { symbol: '', tickSize: 0.05, lotSize: 50, freezeQuantity: null } as const;
const derivative = { ...listed, exchange: 'NFO', underlying: 'NSE_INDEX:NIFTY', expiry: '2026-12-29' } as const;
const OPTION: Instrument = { ...derivative, kind: 'option', key: 'NFO:O', strike: 1, optionType: 'CE' };
const FUTURE: Instrument = { ...derivative, kind: 'future', key: 'NFO:F' };
const SHARE: Instrument = { ...listed, kind: 'equity', exchange: 'NSE', key: 'NSE:S', lotSize: 1 };

interface Deal {
  readonly instrument?: Instrument;
  readonly product?: Product;
  readonly order?: string;
  readonly side: Side;
  readonly price: number;
  readonly quantity: number;
}

/** Fills with what the engine charges for each while the day runs. */
function filled(deals: readonly Deal[], on: string, broker = 'paper'): readonly NoteFill[] {
  const before = new Map<string, number>();
  return deals.map(({ instrument = OPTION, product = 'NRML', side, price, quantity, order }, index) => {
    const orderId = order ?? `order-${index}`;
    const schedule = chargeSchedule(instrument, { on, product, broker, fallbackFrom: null });
    const turnover = turnoverPaise(price, quantity);
    const accruedPaise = schedule.totalPaise(side, turnover, before.get(orderId) ?? 0);
    before.set(orderId, (before.get(orderId) ?? 0) + turnover);
    const fill = { fillId: `fill-${index}`, orderId, instrument: instrument.key, side, quantity, price, time: atIst(on, 600) };
    return { fill, instrument, product, accruedPaise };
  });
}

const noteOf = (deals: readonly Deal[], on: string, broker = 'paper') =>
  contractNote(filled(deals, on, broker), { on, broker, fallbackFrom: null });

const roundTrip = (instrument: Instrument, product: Product, price: number): readonly Deal[] => [
  { instrument, product, side: 'buy', price, quantity: 1000 },
  { instrument, product, side: 'sell', price, quantity: 1000 },
];

describe('the contract note of one round trip', () => {
  // In paise, worked by hand from the percentages of the circulars. Orders: ₹20 each. Options: ₹1,00,000 of premium each way; futures ₹10,00,000;
  // shares ₹1,00,000. Exchange fee and SEBI's 0.0001 % on both ways, stamp duty on the purchase, GST 18 % of brokerage and both fees.
  it.each<[string, Instrument, Product, number, string, number, number, number, number, number, number]>([
    // STT 0.05 %, fee 0.053 %.
    ['options', OPTION, 'NRML', 100, '2021-06-01', 50_00, 106_00, 20, 3_00, 26_32, 225_52],
    // STT 0.0625 %: ₹62.50, on paper ₹63; fee 0.05 %.
    ['options', OPTION, 'NRML', 100, '2024-09-30', 63_00, 100_00, 20, 3_00, 25_24, 231_44],
    // STT 0.1 %, fee 0.03553 %.
    ['options', OPTION, 'NRML', 100, '2024-10-01', 100_00, 71_06, 20, 3_00, 20_03, 234_29],
    ['options', OPTION, 'NRML', 100, '2026-03-31', 100_00, 71_06, 20, 3_00, 20_03, 234_29],
    // STT 0.15 %.
    ['options', OPTION, 'NRML', 100, '2026-04-01', 150_00, 71_06, 20, 3_00, 20_03, 284_29],
    // STT 0.01 %, fee 0.002 %.
    ['futures', FUTURE, 'NRML', 1000, '2021-06-01', 100_00, 40_00, 2_00, 20_00, 14_76, 216_76],
    // STT 0.0125 %, fee 0.00198 %.
    ['futures', FUTURE, 'NRML', 1000, '2024-09-30', 125_00, 39_60, 2_00, 20_00, 14_69, 241_29],
    // STT 0.02 %, fee 0.00183 %.
    ['futures', FUTURE, 'NRML', 1000, '2024-10-01', 200_00, 36_60, 2_00, 20_00, 14_15, 312_75],
    ['futures', FUTURE, 'NRML', 1000, '2026-03-31', 200_00, 36_60, 2_00, 20_00, 14_15, 312_75],
    // STT 0.05 %.
    ['futures', FUTURE, 'NRML', 1000, '2026-04-01', 500_00, 36_60, 2_00, 20_00, 14_15, 612_75],
    // STT 0.1 % both ways, stamp duty 0.015 %; fees 0.00345, 0.00332 and 0.00307 %.
    ['deliveries', SHARE, 'CNC', 100, '2021-06-01', 200_00, 6_90, 20, 15_00, 8_48, 270_58],
    ['deliveries', SHARE, 'CNC', 100, '2024-09-30', 200_00, 6_64, 20, 15_00, 8_43, 270_27],
    ['deliveries', SHARE, 'CNC', 100, '2024-10-01', 200_00, 6_14, 20, 15_00, 8_34, 269_68],
    ['deliveries', SHARE, 'CNC', 100, '2026-04-01', 200_00, 6_14, 20, 15_00, 8_34, 269_68],
    // STT 0.025 % of the sale, stamp duty 0.003 %.
    ['intraday shares', SHARE, 'MIS', 100, '2021-06-01', 25_00, 6_90, 20, 3_00, 8_48, 83_58],
    ['intraday shares', SHARE, 'MIS', 100, '2024-09-30', 25_00, 6_64, 20, 3_00, 8_43, 83_27],
    ['intraday shares', SHARE, 'MIS', 100, '2024-10-01', 25_00, 6_14, 20, 3_00, 8_34, 82_68],
    ['intraday shares', SHARE, 'MIS', 100, '2026-04-01', 25_00, 6_14, 20, 3_00, 8_34, 82_68],
  ])('has the rates of its date: %s (%#)', (_, instrument, product, price, on, stt, exchange, sebi, stamp, gst, total) => {
    const note = noteOf(roundTrip(instrument, product, price), on);
    expect(note.charges).toEqual({
      brokeragePaise: 40_00,
      sttPaise: stt,
      exchangePaise: exchange,
      sebiPaise: sebi,
      stampPaise: stamp,
      gstPaise: gst,
      totalPaise: total,
    });
    expect(note.netPaise).toBe(-total);
  });
});

describe('the contract note of a day', () => {
  it('shows turnover and brokerage by segment and order', () => {
    const note = noteOf(
      [
        { order: 'a', side: 'buy', price: 100, quantity: 50 },
        { instrument: FUTURE, order: 'b', side: 'sell', price: 1000, quantity: 10 },
        { order: 'a', side: 'buy', price: 101, quantity: 25 },
      ],
      '2026-11-20',
    );
    expect(note.segments).toMatchObject([
      {
        market: 'NSE',
        segment: 'options',
        boughtPaise: 7_525_00,
        soldPaise: 0,
        orders: [{ orderId: 'a', instrument: 'NFO:O', side: 'buy', quantity: 75, turnoverPaise: 7_525_00, brokeragePaise: 20_00 }],
      },
      { market: 'NSE', segment: 'futures', boughtPaise: 0, soldPaise: 10_000_00, orders: [{ orderId: 'b', quantity: 10 }] },
    ]);
  });

  it('caps brokerage for each order: 0.03 %, at most ₹20', () => {
    const sell = (order: string, quantity: number): Deal => ({ instrument: FUTURE, order, side: 'sell', price: 1000, quantity });
    // ₹10,000 in one order costs ₹3; ₹1,00,000 in two fills of one order ₹20, not 2 × ₹15.
    const [futures] = noteOf([sell('a', 10), sell('b', 50), sell('b', 50)], '2026-11-20', 'zerodha').segments;
    expect(futures?.orders.map(({ brokeragePaise }) => brokeragePaise)).toEqual([3_00, 20_00]);
  });

  it('rounds STT to the rupee once for the note, and half a rupee up', () => {
    // 0.15 % of ₹1,000 is ₹1.50; two such orders make ₹3 together.
    const sell: Deal = { side: 'sell', price: 100, quantity: 10 };
    expect(noteOf([sell], '2026-11-20')).toMatchObject({ charges: { sttPaise: 2_00 }, sttRoundingPaise: 50 });
    expect(noteOf([sell, sell], '2026-11-20')).toMatchObject({ charges: { sttPaise: 3_00 }, sttRoundingPaise: 0 });
    // An option's 15 paise and a future's 25 paise.
    const small = noteOf(
      [
        { side: 'sell', price: 10, quantity: 10 },
        { instrument: FUTURE, side: 'sell', price: 50, quantity: 10 },
      ],
      '2026-11-20',
    );
    expect(small).toMatchObject({ charges: { sttPaise: 0 }, sttRoundingPaise: -40 });
  });

  it('adjusts the example of the specification by a part of a rupee', () => {
    // 2731 and 3228 paise accrued; STT 443.91 paise becomes ₹4.
    const deals: readonly Deal[] = [
      { side: 'buy', price: 118.35, quantity: 50 },
      { side: 'sell', price: 142.05, quantity: 50 },
    ];
    const note = noteOf(deals, '2024-01-02');
    // Exchange 0.0505 % of ₹13,020 is 657.51, SEBI 1.30, stamp 17.75, GST 18 % of 4658.81 is 838.59.
    expect(note.charges).toMatchObject({ sttPaise: 4_00, exchangePaise: 658, sebiPaise: 1, stampPaise: 18, gstPaise: 839 });
    expect(note).toMatchObject({ accruedPaise: 5959, adjustmentPaise: 4000 + 400 + 658 + 1 + 18 + 839 - 5959 });
  });

  it('is empty without fills', () => {
    expect(noteOf([], '2026-11-20')).toMatchObject({ segments: [], adjustmentPaise: 0, netPaise: 0, charges: { totalPaise: 0 } });
  });

  it('says what is uncertain about its rates, once', () => {
    expect(noteOf(roundTrip(FUTURE, 'NRML', 100), '2024-05-02').notes.map(({ code }) => code)).toEqual(['charges/fee-typical']);
  });

  it('refuses a fill of another date', () => {
    const fills = filled([{ side: 'buy', price: 1, quantity: 1 }], '2026-11-19');
    expect(() => contractNote(fills, { on: '2026-11-20', broker: 'paper', fallbackFrom: null })).toThrow(
      expect.objectContaining({ code: 'charges/note-date', message: expect.stringContaining('"2026-11-19"') }),
    );
  });
});

describe('laws of contract notes', () => {
  const deal = fc.record({
    instrument: fc.constantFrom(OPTION, FUTURE, SHARE),
    product: fc.constantFrom<Product>('MIS', 'NRML', 'CNC'),
    side: fc.constantFrom<Side>('buy', 'sell'),
    price: fc.integer({ min: 1, max: 60_000 }).map((ticks) => ticks / 20),
    quantity: fc.integer({ min: 1, max: 500 }),
  });
  const day = fc.array(deal, { maxLength: 8 });
  const date = fc.constantFrom('2021-06-01', '2024-09-30', '2024-10-01', '2026-03-31', '2026-04-01');
  const broker = fc.constantFrom('paper', 'zerodha', 'shoonya', 'kotak-neo');

  it('accrued + adjustment = note, to the paisa, and the adjustment is small', () =>
    fc.assert(
      fc.property(day, date, broker, (deals, on, from) => {
        const note = noteOf(deals, on, from);
        expect(note.accruedPaise + note.adjustmentPaise).toBe(note.charges.totalPaise);
        // Half a rupee of STT, half a paisa for each fill and for each kind in each segment.
        expect(Math.abs(note.adjustmentPaise)).toBeLessThanOrEqual(50 + deals.length / 2 + 2.5 * note.segments.length);
      }),
    ));

  it('segments and the rounding of STT add up to the note, in whole paise', () =>
    fc.assert(
      fc.property(day, date, (deals, on) => {
        const { charges, segments, sttRoundingPaise, boughtPaise, soldPaise, netPaise } = noteOf(deals, on);
        const parts = segments.reduce((sum, segment) => sum + segment.charges.totalPaise, 0);
        expect(parts + sttRoundingPaise).toBe(charges.totalPaise);
        expect(charges.sttPaise % 100).toBe(0);
        expect(Math.abs(sttRoundingPaise)).toBeLessThanOrEqual(50 + segments.length);
        expect(soldPaise - boughtPaise - charges.totalPaise).toBe(netPaise);
        for (const paise of Object.values(charges)) expect(Number.isSafeInteger(paise)).toBe(true);
      }),
    ));

  it('does not depend on how orders were filled', () =>
    fc.assert(
      fc.property(day, date, broker, (deals, on, from) => {
        const whole = deals.map((one, index) => ({ ...one, order: `o${index}`, quantity: one.quantity * 2 }));
        const halves = deals.flatMap((one, index) => [
          { ...one, order: `o${index}` },
          { ...one, order: `o${index}` },
        ]);
        expect(noteOf(halves, on, from).charges).toEqual(noteOf(whole, on, from).charges);
      }),
    ));
});
