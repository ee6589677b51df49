import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Instrument } from '../market/instrument.js';
import { SBIN } from '../market/instruments.test-kit.js';
import type { Paise } from '../primitives/money.js';
import { type Charges, type ChargeTerms, chargeSchedule, chargesOf, exerciseTaxPaise } from './charges.js';
import type { Product, Side } from './order-request.js';

const contract = { symbol: '', tickSize: 0.05, lotSize: 50, freezeQuantity: null, expiry: '2026-12-29' } as const;
const OPTION: Instrument = {
  ...contract,
  kind: 'option',
  exchange: 'NFO',
  key: 'NFO:X',
  underlying: 'NSE_INDEX:NIFTY',
  strike: 1,
  optionType: 'CE',
};
const FUTURE: Instrument = { ...contract, kind: 'future', exchange: 'NFO', key: 'NFO:Y', underlying: 'NSE_INDEX:NIFTY' };
const SENSEX_OPTION: Instrument = { ...OPTION, exchange: 'BFO', underlying: 'BSE_INDEX:SENSEX' };
const SENSEX50_OPTION: Instrument = { ...OPTION, exchange: 'BFO', underlying: 'BSE_INDEX:SENSEX50' };
const SENSEX_FUTURE: Instrument = { ...FUTURE, exchange: 'BFO', underlying: 'BSE_INDEX:SENSEX' };
const BSE_SHARE: Instrument = { ...SBIN, exchange: 'BSE' };

const terms = (on: string, more: Partial<ChargeTerms> = {}): ChargeTerms => ({
  on,
  product: 'NRML',
  broker: 'paper',
  fallbackFrom: null,
  ...more,
});

/** A crore of rupees without brokerage: a rate of 1 % is 1,00,00,000 paise. */
const CRORE = 1_000_000_000;
const ofCrore = (instrument: Instrument, on: string, side: Side, product: Product = 'NRML'): Charges =>
  chargeSchedule(instrument, terms(on, { broker: 'flattrade', product })).split(side, CRORE, 0);

describe('chargesOf', () => {
  it('costs 5959 paise to buy 50 options at 118.35 and sell them at 142.05 on 2024-01-02 with ₹20 an order', () => {
    // Bought for 591750 paise: exchange 0.0505 % 298.83, SEBI 0.59, stamp 0.003 % 17.75, GST 18 % of 2299.43 is 413.90; with 2000 it is 2731.07.
    const bought = chargesOf({ side: 'buy', price: 118.35, quantity: 50 }, OPTION, terms('2024-01-02'));
    expect(bought).toEqual({
      brokeragePaise: 2000,
      sttPaise: 0,
      exchangePaise: 299,
      sebiPaise: 0,
      stampPaise: 18,
      gstPaise: 414,
      totalPaise: 2731,
    });
    // Sold for 710250 paise: STT 0.0625 % 443.91, exchange 358.68, SEBI 0.71, GST 18 % of 2359.39 is 424.69; with 2000 it is 3227.98.
    const sold = chargesOf({ side: 'sell', price: 142.05, quantity: 50 }, OPTION, terms('2024-01-02'));
    expect(sold).toEqual({
      brokeragePaise: 2000,
      sttPaise: 444,
      exchangePaise: 358,
      sebiPaise: 1,
      stampPaise: 0,
      gstPaise: 425,
      totalPaise: 3228,
    });
    expect(bought.totalPaise + sold.totalPaise).toBe(5959);
  });

  it('charges brokerage once an order', () => {
    const second = chargesOf({ side: 'buy', price: 118.35, quantity: 50 }, OPTION, {
      ...terms('2024-01-02'),
      orderTurnoverBefore: 591_750,
    });
    expect(second.brokeragePaise).toBe(0);
    // 298.83 + 0.59 + 17.75 and 18 % of 299.43.
    expect(second.totalPaise).toBe(371);
  });
});

describe('rates', () => {
  // Per crore, in paise: STT of a sale, exchange fee with IPFT. Hand-worked from the percentages of the circulars.
  it.each<[string, Instrument, Product, string, Paise, Paise]>([
    ['options', OPTION, 'NRML', '2020-07-01', 500_000, 500_000],
    ['options', OPTION, 'NRML', '2021-01-01', 500_000, 530_000],
    ['options', OPTION, 'NRML', '2023-03-31', 500_000, 530_000],
    ['options', OPTION, 'NRML', '2023-04-01', 625_000, 505_000],
    ['options', OPTION, 'NRML', '2024-03-31', 625_000, 505_000],
    ['options', OPTION, 'NRML', '2024-04-01', 625_000, 500_000],
    ['options', OPTION, 'NRML', '2024-09-30', 625_000, 500_000],
    ['options', OPTION, 'NRML', '2024-10-01', 1_000_000, 355_300],
    ['options', OPTION, 'NRML', '2026-03-01', 1_000_000, 355_300],
    ['options', OPTION, 'NRML', '2026-03-31', 1_000_000, 355_300],
    ['options', OPTION, 'NRML', '2026-04-01', 1_500_000, 355_300],
    ['futures', FUTURE, 'NRML', '2020-12-31', 100_000, 19_000],
    ['futures', FUTURE, 'NRML', '2021-01-01', 100_000, 20_000],
    ['futures', FUTURE, 'NRML', '2023-04-01', 125_000, 20_000],
    ['futures', FUTURE, 'NRML', '2024-04-01', 125_000, 19_800],
    ['futures', FUTURE, 'NRML', '2024-10-01', 200_000, 18_300],
    ['futures', FUTURE, 'NRML', '2026-03-31', 200_000, 18_300],
    ['futures', FUTURE, 'NRML', '2026-04-01', 500_000, 18_300],
    ['deliveries', SBIN, 'CNC', '2020-12-31', 1_000_000, 32_500],
    ['deliveries', SBIN, 'CNC', '2021-01-01', 1_000_000, 34_500],
    ['deliveries', SBIN, 'CNC', '2023-04-01', 1_000_000, 33_500],
    ['deliveries', SBIN, 'CNC', '2024-04-01', 1_000_000, 33_200],
    ['deliveries', SBIN, 'CNC', '2024-10-01', 1_000_000, 30_700],
    ['deliveries', SBIN, 'CNC', '2026-11-20', 1_000_000, 30_700],
    ['intraday shares', SBIN, 'MIS', '2026-11-20', 250_000, 30_700],
    ['options of BSE', SENSEX_OPTION, 'NRML', '2024-04-01', 625_000, 495_000],
    ['options of BSE', SENSEX_OPTION, 'NRML', '2024-10-01', 1_000_000, 325_000],
    ['other options of BSE', SENSEX50_OPTION, 'NRML', '2024-10-01', 1_000_000, 50_000],
    ['futures of BSE', SENSEX_FUTURE, 'NRML', '2026-04-01', 500_000, 0],
    ['shares of BSE', BSE_SHARE, 'CNC', '2024-10-01', 1_000_000, 37_500],
  ])('of %s (%#) on the date', (_, instrument, product, on, stt, exchange) => {
    const sold = ofCrore(instrument, on, 'sell', product);
    expect(sold).toMatchObject({ brokeragePaise: 0, sttPaise: stt, exchangePaise: exchange, sebiPaise: 1000, stampPaise: 0 });
    expect(sold.gstPaise).toBe(Math.round((exchange + 1000) * 0.18));
    expect(sold.totalPaise).toBe(stt + exchange + 1000 + sold.gstPaise);
  });

  it.each<[string, Instrument, Product, Paise, Paise]>([
    ['a delivery', SBIN, 'CNC', 1_000_000, 150_000],
    ['intraday shares', SBIN, 'MIS', 0, 30_000],
    ['a future', FUTURE, 'NRML', 0, 20_000],
    ['an option', OPTION, 'NRML', 0, 30_000],
  ])('of a purchase of %s: STT and stamp duty', (_, instrument, product, stt, stamp) =>
    expect(ofCrore(instrument, '2026-11-20', 'buy', product)).toMatchObject({ sttPaise: stt, stampPaise: stamp }),
  );

  it('are told apart as known, typical and unverified', () => {
    const codes = (on: string) => chargeSchedule(FUTURE, terms(on)).notes.map(({ code }) => code);
    expect(codes('2026-11-20')).toEqual([]);
    expect(codes('2024-05-02')).toEqual(['charges/fee-typical']);
    expect(codes('2023-05-02')).toEqual(['charges/fee-unverified']);
  });
});

describe('dates that the tables do not reach', () => {
  it.each<[string, Instrument, string]>([
    ['options before stamp duty was one for India', OPTION, '2020-06-30'],
    ['a run of 2013', FUTURE, '2013-01-02'],
    ['shares of BSE before its flat fees', BSE_SHARE, '2024-09-30'],
    ['SENSEX options of 2023', SENSEX_OPTION, '2023-06-02'],
  ])('are refused: %s', (_, instrument, on) =>
    expect(() => chargeSchedule(instrument, terms(on))).toThrow(
      expect.objectContaining({ code: 'charges/unknown-date', remedy: expect.stringContaining('charges: from 2024-10-01') }),
    ),
  );

  it('have the rates of the fallback date, and say so', () => {
    const schedule = chargeSchedule(OPTION, terms('2013-01-02', { fallbackFrom: '2024-10-01' }));
    expect(schedule.split('sell', CRORE, 0)).toEqual(chargeSchedule(OPTION, terms('2024-10-01')).split('sell', CRORE, 0));
    expect(schedule.notes[0]).toMatchObject({ code: 'charges/fallback', message: expect.stringContaining('2024-10-01') });
  });

  it('do not use the fallback where the tables know', () =>
    expect(chargeSchedule(OPTION, terms('2024-01-02', { fallbackFrom: '2026-04-01' })).rates.sttOnSell).toBe(0.000625));

  it('are refused with a fallback that is not known either', () =>
    expect(() => chargeSchedule(OPTION, terms('2013-01-02', { fallbackFrom: '2015-01-01' }))).toThrow('"2015-01-01"'));

  it('concern indices and other markets on any date', () => {
    const index: Instrument = { ...SBIN, kind: 'index', exchange: 'NSE_INDEX', key: 'NSE_INDEX:NIFTY' };
    expect(() => chargeSchedule(index, terms('2026-11-20'))).toThrow(expect.objectContaining({ code: 'charges/no-rates' }));
    const crude: Instrument = { ...FUTURE, exchange: 'MCX', key: 'MCX:CRUDEOIL18DEC26FUT' };
    expect(() => chargeSchedule(crude, terms('2026-11-20'))).toThrow(expect.objectContaining({ code: 'charges/no-rates' }));
  });
});

describe('brokerage', () => {
  const brokerage = (broker: string, instrument: Instrument, turnover: Paise, product: Product = 'NRML', before: Paise = 0): Paise =>
    chargeSchedule(instrument, terms('2026-11-20', { broker, product })).split('buy', turnover, before).brokeragePaise;

  it.each<[string, Instrument, Product, Paise, Paise]>([
    ['paper', SBIN, 'CNC', 100_000, 2000],
    ['zerodha', SBIN, 'CNC', 100_000, 0],
    ['zerodha', SBIN, 'MIS', 1_000_000, 300],
    ['zerodha', SBIN, 'MIS', 100_000_000, 2000],
    ['zerodha', FUTURE, 'NRML', 5_000_000, 1500],
    ['zerodha', OPTION, 'MIS', 100_000, 2000],
    ['dhan', FUTURE, 'NRML', 5_000_000, 2000],
    ['shoonya', OPTION, 'MIS', 1_000_000, 300],
    ['shoonya', OPTION, 'MIS', 100_000_000, 500],
    ['flattrade', OPTION, 'NRML', 1_000_000, 0],
    ['kotak-neo', SBIN, 'CNC', 100_000, 2000],
    ['kotak-neo', SBIN, 'CNC', 10_000_000, 25_000],
    ['kotak-neo', OPTION, 'MIS', 1_000_000, 0],
    ['kotak-neo', OPTION, 'NRML', 1_000_000, 2000],
    ['upstox', FUTURE, 'NRML', 1_000_000, 500],
    ['angel-one', SBIN, 'CNC', 1_000_000, 1000],
    ['icici-breeze', OPTION, 'NRML', 1_000_000, 2000],
    ['some-other', OPTION, 'NRML', 1_000_000, 2000],
  ])('of %s (%#)', (broker, instrument, product, turnover, expected) =>
    expect(brokerage(broker, instrument, turnover, product)).toBe(expected),
  );

  it('that nobody has confirmed is noted', () => {
    expect(chargeSchedule(OPTION, terms('2026-11-20', { broker: 'icici-breeze' })).notes[0]).toMatchObject({
      code: 'charges/brokerage-unverified',
    });
    expect(chargeSchedule(OPTION, terms('2026-11-20', { broker: 'zerodha' })).notes).toEqual([]);
  });

  it('comes to the same however an order is filled', () =>
    fc.assert(
      fc.property(
        fc.constantFrom('paper', 'zerodha', 'shoonya', 'kotak-neo', 'upstox'),
        fc.constantFrom<Product>('MIS', 'CNC'),
        fc.array(fc.integer({ min: 1, max: 20_000_000 }), { minLength: 1, maxLength: 8 }),
        (broker, product, fills) => {
          let before = 0;
          let sum = 0;
          for (const turnover of fills) {
            sum += brokerage(broker, SBIN, turnover, product, before);
            before += turnover;
          }
          expect(sum).toBe(brokerage(broker, SBIN, before, product));
        },
      ),
    ));
});

describe('split', () => {
  it('adds up to the total, in whole paise none of which is negative, each within a paisa of its exact value', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(OPTION, FUTURE, SBIN, SENSEX_OPTION, SENSEX_FUTURE),
        fc.constantFrom<Side>('buy', 'sell'),
        fc.constantFrom('2024-10-01', '2026-03-05', '2026-11-20'),
        fc.constantFrom('paper', 'zerodha', 'flattrade'),
        fc.integer({ min: 5, max: 2_000_000_000 }),
        (instrument, side, on, broker, turnover) => {
          const schedule = chargeSchedule(instrument, terms(on, { broker }));
          const { totalPaise, ...parts } = schedule.split(side, turnover, 0);
          const values = Object.values(parts);
          expect(values.reduce((sum, part) => sum + part, 0)).toBe(totalPaise);
          expect(schedule.totalPaise(side, turnover, 0)).toBe(totalPaise);
          expect(values.every((part) => Number.isInteger(part) && part >= 0)).toBe(true);
          const { rates } = schedule;
          expect(Math.abs(parts.exchangePaise - turnover * rates.exchange)).toBeLessThan(1);
          expect(Math.abs(parts.sttPaise - turnover * (side === 'buy' ? rates.sttOnBuy : rates.sttOnSell))).toBeLessThan(1);
        },
      ),
    ));

  it('rises with the turnover', () =>
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 1_000_000_000 }), fc.integer({ min: 0, max: 1_000_000 }), (turnover, more) => {
        const schedule = chargeSchedule(OPTION, terms('2026-11-20'));
        expect(schedule.totalPaise('sell', turnover + more, 0)).toBeGreaterThanOrEqual(schedule.totalPaise('sell', turnover, 0));
      }),
    ));

  it('rounds the exact sum, not its parts', () => {
    const free = { broker: 'flattrade', product: 'MIS' } as const;
    // STT 0.5 paise, exchange 0.0614, SEBI 0.002 and GST 0.0114 are 0.57; rounded one by one they would be nothing.
    expect(chargeSchedule(SBIN, terms('2026-11-20', free)).totalPaise('sell', 2000, 0)).toBe(1);
    // Stamp duty 0.02 and SEBI 0.001 with GST are far below a half.
    expect(chargeSchedule(SENSEX_FUTURE, terms('2026-11-20', free)).totalPaise('buy', 1000, 0)).toBe(0);
  });
});

describe('exerciseTaxPaise', () => {
  it.each<[string, Paise, Paise]>([
    ['2024-01-04', 1_000_000, 1250],
    ['2026-03-30', 1_000_000, 1250],
    ['2026-04-07', 1_000_000, 1500],
    ['2026-04-07', 0, 0],
    // 1.5 and 4.5 paise: a half goes to the even neighbour.
    ['2026-04-07', 1000, 2],
    ['2026-04-07', 3000, 4],
  ])('on %s of %i paise is %i', (on, intrinsic, tax) => expect(exerciseTaxPaise(intrinsic, { on, fallbackFrom: null })).toBe(tax));

  it('is refused before September 2019 without a fallback', () => {
    expect(() => exerciseTaxPaise(1000, { on: '2013-01-31', fallbackFrom: null })).toThrow(
      expect.objectContaining({ code: 'charges/unknown-date' }),
    );
    expect(exerciseTaxPaise(1_000_000, { on: '2013-01-31', fallbackFrom: '2024-10-01' })).toBe(1250);
  });
});
