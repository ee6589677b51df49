import { describe, expect, it } from 'vitest';

import { dayOfDate, minuteOfDay } from '../../primitives/time.js';
import { EXCHANGE_RATES, GST_RATES, type RateRow, SEBI_RATES, STAMP_RATES, STT_RATES } from './charge-rates.js';
import { EXPIRY_RULES } from './expiry-rules.js';
import { NSE_FREEZE } from './freeze-quantities.js';
import { INDEX_LOTS } from './index-lots.js';
import { NIFTY50_CHANGES } from './nifty50.js';
import { SESSION_HOURS } from './session-hours.js';
import { SPECIAL_DAYS } from './special-sessions.js';
import { STOCK_LOTS } from './stock-lots.js';
import { STOCK_STEPS } from './strike-steps.js';
import { TICK_SIZES } from './tick-sizes.js';

const rates: readonly RateRow[] = [...STT_RATES, ...EXCHANGE_RATES, ...SEBI_RATES, ...STAMP_RATES, ...GST_RATES];
const sourced = [
  ...rates,
  ...EXPIRY_RULES,
  ...NSE_FREEZE,
  ...INDEX_LOTS,
  ...NIFTY50_CHANGES,
  ...SESSION_HOURS,
  ...SPECIAL_DAYS,
  ...STOCK_LOTS,
  ...TICK_SIZES,
];

describe('every row', () => {
  it('names its source and how well it is known', () => {
    for (const { source, status } of sourced) {
      expect(source.length).toBeGreaterThan(2);
      expect(['confirmed', 'data', 'derived', 'unverified']).toContain(status);
    }
  });

  it('has dates of the calendar, the first before the last', () => {
    for (const row of [...rates, ...EXPIRY_RULES]) {
      for (const date of [row.from, row.to]) if (date !== null) expect(() => dayOfDate(date)).not.toThrow();
      if (row.from !== null && row.to !== null) expect(row.from < row.to).toBe(true);
    }
    for (const { date, hours } of SPECIAL_DAYS) {
      expect(() => dayOfDate(date)).not.toThrow();
      for (const time of hours === '' ? [] : hours.split(/[- ]/)) expect(() => minuteOfDay(time)).not.toThrow();
    }
  });
});

describe('charge rates', () => {
  it('follow each other without gap or overlap', () => {
    const series = new Map<string, RateRow[]>();
    const put = (name: string, row: RateRow): void => void series.set(name, [...(series.get(name) ?? []), row]);
    for (const row of STT_RATES) put(`stt ${row.segment}`, row);
    for (const row of EXCHANGE_RATES) put(`${row.market} ${row.segment}`, row);
    for (const [name, rows] of series) {
      rows.slice(1).forEach((row, index) => {
        const before = rows[index]?.to ?? '9999-12-31';
        expect(dayOfDate(row.from ?? '0001-01-01') - dayOfDate(before), name).toBe(1);
      });
      expect(rows.at(-1)?.to, name).toBeNull();
    }
  });

  it('sum up to 307, 183 and 3553 rupees a crore at NSE, before and after March 2026', () => {
    for (const from of ['2024-10-01', '2026-03-01']) {
      const perCrore = EXCHANGE_RATES.filter((row) => row.market === 'NSE' && row.from === from).map(({ rate }) => Math.round(rate * 1e7));
      expect(perCrore).toEqual([307, 183, 3553]);
    }
  });
});

describe('tables of stocks', () => {
  it('have 209 lots of November 2025, 27 changes of February, 23 of the April circular, all whole numbers', () => {
    const entries = STOCK_LOTS.map(({ lots }) => lots.split(',').map((entry) => entry.trim().split(' ')));
    expect(entries.map(({ length }) => length)).toEqual([209, 27, 5, 18]);
    for (const [symbol, lot, ...rest] of entries.flat()) {
      expect(symbol).toMatch(/^[A-Z0-9&-]+$/);
      expect(Number.isInteger(Number(lot)) && Number(lot) > 0).toBe(true);
      expect(rest).toEqual([]);
    }
  });

  it('have 208 strike steps', () => {
    const symbols = STOCK_STEPS.replace(/^[\d.]+:/gm, '')
      .trim()
      .split(/\s+/);
    expect(symbols).toHaveLength(208);
    expect(new Set(symbols).size).toBe(208);
  });
});

describe('index lots', () => {
  it('of an index come in the order of their expiries', () => {
    for (const [index, row] of INDEX_LOTS.entries()) {
      const before = INDEX_LOTS[index - 1];
      if (before?.underlying === row.underlying) expect(row.monthlyFrom > before.monthlyFrom).toBe(true);
    }
  });
});
