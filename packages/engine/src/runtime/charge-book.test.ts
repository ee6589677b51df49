import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Instrument } from '../market/instrument.js';
import { NIFTY_CALL, SBIN } from '../market/instruments.test-kit.js';
import { chargesOf } from '../orders/charges.js';
import type { Fill } from '../orders/fill.js';
import type { Product, Side } from '../orders/order-request.js';
import { atIst, type TradingDate } from '../primitives/time.js';
import { defaultLimits } from '../risk/presets.js';
import type { SetInstance } from '../sets/set-instance.js';
import { ChargeBook } from './charge-book.js';
import { aSet } from './runtime.test-kit.js';

const contract = (key: string): Instrument => ({ ...NIFTY_CALL, key, symbol: key });

const instance = (account: string, product: Product): SetInstance => ({
  id: `one|X|${account}`,
  account,
  underlying: 'X',
  capitalPaise: 1_00_000_00,
  orderPrefix: 'O',
  config: aSet({}, { product }),
});

const fillOf = (on: TradingDate, side: Side, price: number, quantity: number): Fill => ({
  fillId: 'f',
  orderId: 'o',
  instrument: 'X',
  side,
  quantity,
  price,
  time: atIst(on, 600),
});

const account = (id: string, use: string) => ({ id, broker: { use, config: {} }, capitalPaise: 1, live: false, limits: defaultLimits });
const newBook = () => new ChargeBook({ accounts: [account('main', 'paper'), account('cheap', 'zerodha')], chargesFrom: '2024-10-01' });

describe('the charge book', () => {
  it('charges a fill as the rates of its date, broker and kind of deal say, whatever it was asked before', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            on: fc.constantFrom('2013-01-07', '2024-01-02', '2026-11-20'),
            of: fc.constantFrom<Instrument>(SBIN, contract('NFO:A'), contract('NFO:B')),
            who: fc.constantFrom(['main', 'paper'] as const, ['cheap', 'zerodha'] as const),
            product: fc.constantFrom<Product>('MIS', 'NRML'),
            side: fc.constantFrom<Side>('buy', 'sell'),
            ticks: fc.integer({ min: 1, max: 100_000 }),
            quantity: fc.integer({ min: 1, max: 2_000 }),
          }),
          { minLength: 1, maxLength: 30 },
        ),
        (deals) => {
          const book = newBook();
          for (const { on, of, who, product, side, ticks, quantity } of deals) {
            // Every day describes its instruments anew.
            const instrument = { ...of };
            const fill = fillOf(on, side, Math.round(ticks * 5) / 100, quantity);
            const expected = chargesOf(fill, instrument, { on, product, broker: who[1], fallbackFrom: '2024-10-01' });
            const totalPaise = book.of(fill, instrument, instance(who[0], product), 0);
            expect(totalPaise).toBe(expected.totalPaise);
            expect({ ...book.split(fill, instrument, instance(who[0], product), totalPaise), totalPaise }).toEqual(expected);
          }
        },
      ),
    ));

  it('notes once what is uncertain about the rates it has used', () => {
    const book = newBook();
    for (const key of ['NFO:A', 'NFO:B']) book.of(fillOf('2024-01-02', 'buy', 100, 65), contract(key), instance('main', 'MIS'), 0);
    expect(book.notes().map(({ code }) => code)).toEqual(['charges/fee-typical']);
  });

  it('refuses a date that neither the tables nor the configuration know', () => {
    const book = new ChargeBook({ accounts: [], chargesFrom: null });
    expect(() => book.of(fillOf('2013-01-07', 'buy', 100, 65), contract('NFO:A'), instance('main', 'MIS'), 0)).toThrow(
      expect.objectContaining({ code: 'charges/unknown-date' }),
    );
  });
});
