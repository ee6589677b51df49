import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';
import { isOnTickGrid } from '../primitives/price.js';
import { addDays, tradingDate } from '../primitives/time.js';
import { createCalendar } from './calendar.js';
import { createRuleBook } from './create-rule-book.js';

// Recordings are not part of the repository: they are read where they lie beside it, and their checks are skipped elsewhere.
const file = (name: string): string => fileURLToPath(new URL(`../../../../../shared/data/${name}`, import.meta.url));
const NIFTY_DAILY = file('stock-daily/nifty_daily_2023-01_2026-07.csv');
const FUTURES = file('bhavcopy/fo_futures_2024-07-19.csv.gz');
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

describe.skipIf(!existsSync(NIFTY_DAILY))('recorded days of NIFTY, January 2023 to July 2026 (needs ../shared)', () => {
  it('are the trading days of the calendar', () => {
    const calendar = createCalendar();
    const recorded = readFileSync(NIFTY_DAILY, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => tradingDate(Date.parse(`${line.slice(0, 19).replace(' ', 'T')}Z`)));
    const expected: string[] = [];
    for (let date = '2023-01-01'; date <= '2026-07-16'; date = addDays(date, 1)) if (calendar.isTradingDay(date)) expected.push(date);
    expect(recorded).toEqual(expected);
  });
});

describe.skipIf(!existsSync(FUTURES))('recorded index futures of 2024-07-19 (needs ../shared)', () => {
  const rows = existsSync(FUTURES)
    ? gunzipSync(readFileSync(FUTURES))
        .toString()
        .split('\n')
        .filter((line) => line.startsWith('FUTIDX'))
        .map((line) => line.split(','))
    : [];
  const contracts = rows.map((cells) => {
    const [, name = '', day = '', month = '', year = ''] = /^FUTIDX(.+?)(\d{2})-([A-Z]{3})-(\d{4})$/.exec(cells[0] ?? '') ?? [];
    const expiry = `${year}-${String(MONTHS.indexOf(month) + 1).padStart(2, '0')}-${day}`;
    return { name, expiry, close: Number(cells[5]), units: Number(cells[9]), contracts: Number(cells[10]) };
  });
  const on = '2024-07-19';
  const rules = createRuleBook({ calendar: 'rules' });

  it('have the expiries, lots and ticks of the rule book', () => {
    expect(contracts.length).toBeGreaterThan(10);
    for (const { name, expiry, close, units, contracts: count } of contracts) {
      const underlying = `NSE_INDEX:${name}`;
      const expiries = rules.expiries({ underlying, on, cycle: 'monthly', kind: 'future', count: 3 });
      expect(expiries, name).toContain(expiry);
      const future = rules.future({ underlying, expiry }, on);
      if (count > 0) expect(units / count, `${name} ${expiry}`).toBe(future.lotSize);
      expect(isOnTickGrid(close, future.tickSize), `${name} ${close}`).toBe(true);
    }
  });
});
