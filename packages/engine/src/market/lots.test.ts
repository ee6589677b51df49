import { describe, expect, it } from 'vitest';

import { hasStockContracts, indexLot, stockLot } from './lots.js';

const monthly = (): 'monthly' => 'monthly';
const weekly = (): 'weekly' => 'weekly';
const index = (name: string, expiry: string, on: string, cycle: () => 'weekly' | 'monthly' = monthly) =>
  indexLot({ name, expiry, on, cycle })?.value;
const stock = (name: string, expiry: string, on = expiry) => stockLot({ name, expiry, on });

describe('indexLot', () => {
  it.each([
    ['NIFTY', '2019-05-30', monthly, 75],
    ['NIFTY', '2021-07-29', monthly, 50],
    ['NIFTY', '2021-07-29', weekly, 75],
    ['NIFTY', '2021-08-05', weekly, 50],
    ['NIFTY', '2024-04-25', monthly, 50],
    ['NIFTY', '2024-05-02', weekly, 25],
    ['NIFTY', '2024-05-30', monthly, 25],
    ['NIFTY', '2025-01-02', weekly, 75],
    ['NIFTY', '2025-01-30', monthly, 25],
    ['NIFTY', '2025-02-27', monthly, 75],
    ['NIFTY', '2025-12-23', weekly, 75],
    ['NIFTY', '2025-12-30', monthly, 75],
    ['NIFTY', '2026-01-06', weekly, 65],
    ['NIFTY', '2026-10-27', monthly, 65],
    ['BANKNIFTY', '2020-07-30', monthly, 25],
    ['BANKNIFTY', '2020-07-23', weekly, 20],
    ['BANKNIFTY', '2023-07-27', monthly, 15],
    ['BANKNIFTY', '2025-06-26', monthly, 30],
    ['BANKNIFTY', '2025-07-31', monthly, 35],
    ['BANKNIFTY', '2026-01-27', monthly, 30],
    ['FINNIFTY', '2026-02-24', monthly, 60],
    ['MIDCPNIFTY', '2025-11-25', monthly, 140],
    ['NIFTYNXT50', '2024-07-26', monthly, 10],
    ['NIFTYFPI', '2026-08-25', monthly, 1100],
    ['SENSEX', '2025-01-03', weekly, 10],
    ['SENSEX', '2026-07-16', weekly, 20],
    ['BANKEX', '2026-07-30', monthly, 30],
  ] as const)('of %s that expires on %s (%o) is %i', (name, expiry, cycle, lot) => expect(index(name, expiry, expiry, cycle)).toBe(lot));

  it('stays with a quarterly contract until the end of the day of the switch', () => {
    expect(index('NIFTY', '2025-03-27', '2024-12-26')).toBe(25);
    expect(index('NIFTY', '2025-03-27', '2024-12-27')).toBe(75);
    expect(index('NIFTY', '2025-02-27', '2024-12-10')).toBe(75);
    expect(index('NIFTY', '2026-06-30', '2025-11-14')).toBe(75);
    expect(index('NIFTY', '2026-01-27', '2025-11-14')).toBe(65);
  });

  it('is not known before the tables begin, nor for another name', () => {
    expect(index('NIFTY', '2013-01-31', '2013-01-02')).toBeUndefined();
    expect(index('FINNIFTY', '2020-12-31', '2020-12-31')).toBeUndefined();
    expect(index('NIFTYIT', '2024-05-30', '2024-05-30')).toBeUndefined();
  });

  it('asks for the cycle only while weekly and monthly contracts differ', () => {
    const never = (): 'weekly' => {
      throw new Error('asked');
    };
    expect(index('NIFTY', '2024-01-04', '2024-01-02', never)).toBe(50);
    expect(() => index('NIFTY', '2021-07-29', '2021-07-29', never)).toThrow('asked');
  });
});

describe('stockLot', () => {
  it.each([
    ['RELIANCE', '2025-11-25', 500, 'data'],
    ['M&M', '2026-02-24', 200, 'data'],
    ['SIEMENS', '2025-11-25', 125, 'data'],
    ['SIEMENS', '2025-12-30', 125, 'unverified'],
    ['SIEMENS', '2026-02-24', 175, 'confirmed'],
    ['SWIGGY', '2026-02-24', 1300, 'confirmed'],
    ['TATASTEEL', '2026-04-28', 5500, 'data'],
    ['TATASTEEL', '2026-05-26', 2750, 'confirmed'],
    ['TATASTEEL', '2026-07-28', 2750, 'confirmed'],
    ['CIPLA', '2026-07-28', 425, 'confirmed'],
    ['RELIANCE', '2026-07-28', 500, 'unverified'],
  ] as const)('of %s that expires on %s is %i (%s)', (name, expiry, lot, status) =>
    expect(stock(name, expiry)).toMatchObject({ value: lot, status }),
  );

  it('changes with a split on the ex-date, in the middle of a contract', () => {
    expect(stock('KOTAKBANK', '2026-01-27', '2026-01-13')?.value).toBe(400);
    expect(stock('KOTAKBANK', '2026-01-27', '2026-01-14')?.value).toBe(2000);
  });

  it('is not known before the tables, for a stock without contracts, or after its contracts ended', () => {
    expect(stock('RELIANCE', '2025-10-28')).toBeNull();
    expect(stock('MRPL', '2026-02-24')).toBeNull();
    expect(stock('HUDCO', '2026-05-26')).toBeNull();
    expect(stock('HUDCO', '2026-04-28')?.value).toBe(2775);
  });
});

describe('hasStockContracts', () => {
  it('is unknown before the tables', () => expect(hasStockContracts('RELIANCE', '2024-01-01')).toBeNull());
  it('ends when a stock leaves', () => {
    expect(hasStockContracts('HUDCO', '2026-04-29')).toBe(true);
    expect(hasStockContracts('HUDCO', '2026-04-30')).toBe(false);
    expect(hasStockContracts('MRPL', '2026-04-30')).toBe(false);
  });
});
