import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { formatMinuteOfDay } from '../primitives/time.js';
import { readWith } from './mistake.js';
import { date, duration, instrumentKey, percent, percentOfWhole, rupees, timeOfDay, timeWindow } from './units.js';
import { weekday } from './weekday.js';

describe('units', () => {
  it('reads every percentage back to the hundredth', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), (hundredths) => {
        const text = `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}%` as const;
        expect(percent.parse(text as '1%')).toBe(Number((hundredths / 10_000).toPrecision(12)));
      }),
    ));

  it('reads every minute of the day back', () =>
    fc.assert(fc.property(fc.integer({ min: 0, max: 1439 }), (minute) => timeOfDay.parse(formatMinuteOfDay(minute)) === minute)));

  it('reads every whole duration in each unit', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000 }),
        fc.constantFrom(['ms', 1], ['s', 1000], ['m', 60_000], ['h', 3_600_000]),
        (length, [unit, factor]) => duration.parse(`${length}${unit}` as '1s') === length * Number(factor),
      ),
    ));

  it('keeps rupees to the paisa', () =>
    fc.assert(fc.property(fc.integer({ min: 1, max: 10_000_000_00 }), (paise) => rupees.parse(paise / 100) === paise)));

  it.each([
    [percent, '10%', 0.1],
    [percent, '6.5 %', 0.065],
    [percentOfWhole, '100%', 1],
    [duration, '100ms', 100],
    [duration, '1.5h', 5_400_000],
    [timeOfDay, '9:20', 560],
    [timeWindow, '09:20-15:15', { from: 560, to: 915 }],
    [timeWindow, '9:20 – 15:15', { from: 560, to: 915 }],
    [date, '2024-02-29', '2024-02-29'],
    [instrumentKey, 'NFO:NIFTY29DEC26FUT', 'NFO:NIFTY29DEC26FUT'],
    [weekday, 'Thursday', 4],
    [weekday, 'mon', 1],
  ])('reads %#: %s', (schema, text, value) => {
    expect(schema.parse(text)).toEqual(value);
  });

  it.each([
    [percent, 10, '10 is not a percentage.', 'Write it with the sign: 10%.'],
    [percent, '-5%', '"-5%" is not a percentage.', 'Write it with the sign: 10%.'],
    [percentOfWhole, '140%', '"140%" is more than the whole.', 'Write at most 100%.'],
    [duration, 90, '90 is not a duration.', 'Write it with its unit: 90s, 90m, 90h or 90ms.'],
    [timeOfDay, 915, '915 is not a time of day.', "Write HH:mm in quotes: '15:15' (some YAML readers take 15:15 for the number 915)."],
    [timeOfDay, '24:00', '"24:00" is not a time of day.', "Write HH:mm in Indian time: '15:15'."],
    [
      timeWindow,
      '15:15-09:20',
      '"15:15-09:20" is not a window of time that ends after it begins.',
      'Write two times in Indian time: 09:20-15:15.',
    ],
    [date, '2023-02-29', '"2023-02-29" is not a date of the calendar.', 'Write it as yyyy-MM-dd, for instance 2024-01-01.'],
    [
      date,
      new Date(Date.UTC(2024, 0, 1)),
      'the date value 2024-01-01T00:00:00.000Z is not a date of the calendar.',
      "Write it as text: '2024-01-01'.",
    ],
    [rupees, '₹1,00,000', '"₹1,00,000" is not an amount of rupees above 0.', 'Write rupees as a plain number: 100000.'],
    [rupees, 0, '0 is not an amount of rupees above 0.', 'Write rupees as a plain number, for instance 20000.'],
    [rupees, undefined, 'It is missing.', 'Write rupees as a plain number, for instance 20000.'],
    [instrumentKey, 'NIFTY', '"NIFTY" is not the key of an instrument.', 'Write EXCHANGE:SYMBOL. Did you mean "NSE_INDEX:NIFTY"?'],
    [instrumentKey, 'RELIANCE', '"RELIANCE" is not the key of an instrument.', 'Write EXCHANGE:SYMBOL, for instance NSE:RELIANCE.'],
  ])('refuses %#: %s %s', (schema, value, message, remedy) => {
    expect(readWith(schema, value)).toEqual({ ok: false, mistakes: [{ path: [], message, remedy }] });
  });
});
