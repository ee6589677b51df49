import { describe, expect, it } from 'vitest';

import { atIst } from '../primitives/time.js';
import { createRuleBook } from './create-rule-book.js';
import type { OptionInstrument } from './instrument.js';
import { createInstrumentList } from './instrument-list.js';

const NIFTY = 'NSE_INDEX:NIFTY';
const book = () => createRuleBook({ calendar: 'rules' });
const listed = (key: string, expiry: string, lotSize = 75): OptionInstrument => ({
  kind: 'option',
  key,
  exchange: 'NFO',
  symbol: key.slice(4),
  underlying: NIFTY,
  expiry,
  strike: 24500,
  optionType: 'CE',
  tickSize: 0.05,
  lotSize,
  freezeQuantity: null,
});

describe('instrument', () => {
  it('has an option of NIFTY with what was in force', () =>
    expect(book().instrument('NFO:NIFTY04JAN2421650CE', '2024-01-02')).toEqual({
      kind: 'option',
      key: 'NFO:NIFTY04JAN2421650CE',
      exchange: 'NFO',
      symbol: 'NIFTY04JAN2421650CE',
      underlying: NIFTY,
      expiry: '2024-01-04',
      strike: 21650,
      optionType: 'CE',
      tickSize: 0.05,
      lotSize: 50,
      freezeQuantity: 1800,
    }));

  it('has a future, a share and an index', () => {
    expect(book().instrument('NFO:BANKNIFTY29DEC26FUT', '2026-11-23')).toMatchObject({ kind: 'future', lotSize: 30, tickSize: 0.2 });
    expect(book().instrument('NSE:M&M', '2024-01-02')).toMatchObject({ kind: 'equity', symbol: 'M&M', lotSize: 1, freezeQuantity: null });
    expect(book().instrument('NSE_INDEX:INDIAVIX', '2024-01-02')).toMatchObject({ kind: 'index', lotSize: 1 });
  });

  it('is the same by its terms as by its key', () => {
    const rules = book();
    const option = rules.option({ underlying: 'NSE:M&M', expiry: '2025-12-30', strike: 3650, optionType: 'PE' }, '2025-12-01');
    expect(option.key).toBe('NFO:M&M30DEC253650PE');
    expect(rules.instrument(option.key, '2025-12-01')).toEqual(option);
    const future = rules.future({ underlying: 'BSE_INDEX:SENSEX', expiry: '2026-07-30' }, '2026-07-10');
    expect(future.key).toBe('BFO:SENSEX30JUL26FUT');
    expect(rules.instrument(future.key, '2026-07-10')).toEqual(future);
  });

  it('takes the weekly lot for a weekly contract and the monthly one for a monthly', () => {
    expect(book().instrument('NFO:NIFTY02JAN2524000CE', '2024-12-27').lotSize).toBe(75);
    expect(book().instrument('NFO:NIFTY30JAN2524000CE', '2024-12-27').lotSize).toBe(25);
  });

  it.each([
    ['NFO:NIFTY31JAN136000CE', '2013-01-02', 'rules/lot-size-unknown', 'NSE_INDEX:NIFTY: { lotSize: <units> }'],
    ['NFO:RELIANCE25JAN24FUT', '2024-01-02', 'rules/lot-size-unknown', 'NSE:RELIANCE: { lotSize: <units> }'],
    ['BFO:RELIANCE29JAN26FUT', '2026-01-02', 'rules/lot-size-unknown', 'BSE:RELIANCE: { lotSize: <units> }'],
    ['MCX:CRUDEOIL18DEC26FUT', '2026-11-23', 'rules/tick-size-unknown', 'MCX:CRUDEOIL: { tickSize: <rupees> }'],
  ])('says what to write for %s on %s', (key, on, code, entry) =>
    expect(() => book().instrument(key, on)).toThrow(
      expect.objectContaining({ code, remedy: expect.stringContaining(`instruments:\n  ${entry}`) }),
    ),
  );
});

describe('what the configuration says', () => {
  const rules = createRuleBook({
    calendar: 'fromData',
    instruments: {
      [NIFTY]: { lotSize: 50, strikeStep: 100, freezeQuantity: 5000 },
      'NFO:NIFTY28FEB136000CE': { lotSize: 25 },
      'MCX:CRUDEOIL': { lotSize: 100, tickSize: 1 },
    },
  });

  it('holds for the contracts of an underlying', () => {
    expect(rules.instrument('NFO:NIFTY31JAN136000CE', '2013-01-02')).toMatchObject({ lotSize: 50, freezeQuantity: 5000 });
    expect(rules.instrument(NIFTY, '2013-01-02')).toMatchObject({ lotSize: 1, freezeQuantity: null });
    expect(rules.strikeStep(NIFTY, '2013-01-02')).toBe(100);
  });

  it('holds for one contract against its underlying', () =>
    expect(rules.instrument('NFO:NIFTY28FEB136000CE', '2013-01-02').lotSize).toBe(25));

  it('makes a market without tables usable', () =>
    expect(rules.instrument('MCX:CRUDEOIL18DEC26FUT', '2026-11-23')).toMatchObject({
      underlying: 'MCX:CRUDEOIL',
      lotSize: 100,
      tickSize: 1,
    }));

  it('wins over a list', () => {
    rules.addInstruments([listed('NFO:NIFTY31JAN1324500CE', '2013-01-31', 10)]);
    expect(rules.instrument('NFO:NIFTY31JAN1324500CE', '2013-01-02').lotSize).toBe(50);
  });
});

describe('lists', () => {
  it('win over the tables, and what is added wins over the list given first', () => {
    const key = 'NFO:NIFTY06JAN2624500CE';
    const rules = createRuleBook({ calendar: 'rules', lists: createInstrumentList([listed(key, '2026-01-06', 75)]) });
    expect(rules.instrument(key, '2025-12-29').lotSize).toBe(75);
    rules.addInstruments([listed(key, '2026-01-06', 70)]);
    expect(rules.instrument(key, '2025-12-29').lotSize).toBe(70);
    expect(rules.listedStrikes(NIFTY, '2026-01-06')).toEqual([24500]);
    expect(rules.listedStrikes(NIFTY, '2026-01-13')).toEqual([]);
  });

  it('have the expiries as far as they reach, the rules those beyond', () => {
    const rules = book();
    rules.addInstruments([listed('NFO:NIFTY25AUG2624500CE', '2026-08-25'), listed('NFO:NIFTY08SEP2624500CE', '2026-09-08')]);
    expect(rules.upcomingExpiries({ underlying: NIFTY, on: '2026-08-19', kind: 'option', count: 4 })).toEqual([
      { date: '2026-08-25', cycle: 'monthly' },
      { date: '2026-09-08', cycle: 'weekly' },
      { date: '2026-09-15', cycle: 'weekly' },
      { date: '2026-09-22', cycle: 'weekly' },
    ]);
    expect(rules.upcomingExpiries({ underlying: NIFTY, on: '2026-08-19', kind: 'future', count: 2 })).toEqual([
      { date: '2026-08-25', cycle: 'monthly' },
      { date: '2026-09-29', cycle: 'monthly' },
    ]);
  });

  it('count from when they are added, whatever was answered before', () => {
    const rules = book();
    const query = { underlying: NIFTY, on: '2026-08-19', kind: 'option', count: 1 } as const;
    expect(rules.upcomingExpiries(query)[0]?.date).toBe('2026-08-25');
    rules.addInstruments([listed('NFO:NIFTY20AUG2624500CE', '2026-08-20')]);
    expect(rules.upcomingExpiries(query)[0]?.date).toBe('2026-08-20');
    const data = createRuleBook({ calendar: 'fromData' });
    const earlier = { ...query, on: '2013-03-20' };
    expect(data.upcomingExpiries(earlier)[0]?.date).toBe('2013-03-28');
    for (const date of ['2013-03-27', '2013-04-01']) data.addSessions([{ date, open: atIst(date, 555), close: atIst(date, 930) }]);
    expect(data.upcomingExpiries(earlier)[0]?.date).toBe('2013-03-27');
  });

  it('tell a monthly expiry that was moved later, by the weeks of its month', () => {
    const rules = book();
    rules.addInstruments([listed('NFO:NIFTY25SEP2524500CE', '2025-09-25')]);
    expect(rules.upcomingExpiries({ underlying: NIFTY, on: '2025-07-17', kind: 'option', count: 1 })[0]).toEqual({
      date: '2025-09-25',
      cycle: 'monthly',
    });
  });

  it('give expiries of an underlying that no rule knows', () => {
    const rules = book();
    const query = { underlying: 'BSE:RELIANCE', on: '2026-01-02', kind: 'option', count: 2 } as const;
    expect(() => rules.upcomingExpiries(query)).toThrow(expect.objectContaining({ code: 'rules/expiry-unknown' }));
    rules.addInstruments([{ ...listed('BFO:RELIANCE29JAN261400CE', '2026-01-29'), exchange: 'BFO', underlying: 'BSE:RELIANCE' }]);
    expect(rules.upcomingExpiries(query)).toEqual([{ date: '2026-01-29', cycle: 'monthly' }]);
  });
});

describe('expiries', () => {
  const of = (underlying: string, on: string, cycle: 'weekly' | 'monthly' | 'any', kind: 'option' | 'future' = 'option') =>
    book().expiries({ underlying, on, cycle, kind, count: 3 });

  it('has weekly and monthly together, or one kind', () => {
    expect(of(NIFTY, '2026-11-20', 'any')).toEqual(['2026-11-23', '2026-12-01', '2026-12-08']);
    expect(of(NIFTY, '2026-11-20', 'weekly')).toEqual(['2026-11-23', '2026-12-01', '2026-12-08']);
    expect(of(NIFTY, '2026-10-20', 'monthly')).toEqual(['2026-10-27', '2026-11-23', '2026-12-29']);
    expect(of(NIFTY, '2026-10-20', 'any', 'future')).toEqual(['2026-10-27', '2026-11-23', '2026-12-29']);
  });

  it('has no weekly ones where they have ended', () => expect(of('NSE_INDEX:BANKNIFTY', '2026-10-20', 'weekly')).toEqual([]));

  it('has monthly ones of a run on data of 2013', () => {
    const rules = createRuleBook({ calendar: 'fromData', instruments: { [NIFTY]: { lotSize: 50 } } });
    rules.addSessions([{ date: '2013-01-01', open: atIst('2013-01-01', 555), close: atIst('2013-01-01', 930) }]);
    const query = { underlying: NIFTY, on: '2013-01-01', kind: 'option', count: 2 } as const;
    expect(rules.expiries({ ...query, cycle: 'any' })).toEqual(['2013-01-31', '2013-02-28']);
    expect(rules.expiries({ ...query, cycle: 'weekly' })).toEqual([]);
    expect(rules.option({ underlying: NIFTY, expiry: '2013-01-31', strike: 6000, optionType: 'CE' }, '2013-01-01').lotSize).toBe(50);
  });
});

describe('strikeStep', () => {
  it('says what to write where it is not known', () =>
    expect(() => book().strikeStep('NSE:RELIANCE', '2024-01-02')).toThrow(
      expect.objectContaining({
        code: 'rules/strike-step-unknown',
        remedy: expect.stringContaining('NSE:RELIANCE: { strikeStep: <rupees> }'),
      }),
    ));
});

describe('notes', () => {
  it('are empty while all answers are confirmed', () => {
    const rules = book();
    rules.instrument('NFO:NIFTY04JAN2421650CE', '2024-01-02');
    rules.strikeStep(NIFTY, '2024-01-02');
    expect(rules.notes()).toEqual([]);
  });

  it('name each uncertain fact once', () => {
    const rules = book();
    for (const strike of [24500, 24600]) {
      rules.option({ underlying: 'NSE:RELIANCE', expiry: '2026-07-28', strike, optionType: 'CE' }, '2026-07-10');
    }
    rules.calendar.isTradingDay('2026-11-08');
    expect(rules.notes().map(({ code, subject }) => `${code} ${subject}`)).toEqual([
      'rules/tick-size-unverified stockOption',
      'rules/lot-size-unverified NSE:RELIANCE',
      'calendar/hours-unverified 2026-11-08',
    ]);
  });
});

describe('addSessions', () => {
  it('corrects a day of the tables', () => {
    const rules = book();
    rules.addSessions([{ date: '2026-11-08', open: atIst('2026-11-08', 1080), close: atIst('2026-11-08', 1140) }]);
    expect(rules.calendar.sessionsOn('2026-11-08', 'fno')).toHaveLength(1);
  });
});
