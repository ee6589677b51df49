import type { TradingDate } from '../../primitives/time.js';
import type { RuleStatus } from './fact.js';

/** The first and the last date that the holiday tables reach. */
export const HOLIDAYS_FROM: TradingDate = '2019-01-01';
export const HOLIDAYS_TO: TradingDate = '2026-12-31';

/** A year's weekday closures as `MM-dd` with blanks between, and what they rest on. NSE and BSE, shares and derivatives, close on the same days. */
export interface HolidayYear {
  readonly year: number;
  readonly closed: string;
  readonly status: RuleStatus;
  readonly source: string;
}

/**
 * Weekdays without a normal session. A Muhurat evening on one of them is in the table of special sessions as well.
 *
 * Checked bar by bar against recorded NIFTY data from 2021-01-01 to 2026-07-16; a closure announced after 2026-08-22 is not here.
 */
export const HOLIDAY_YEARS: readonly HolidayYear[] = [
  {
    year: 2019,
    closed: '03-04 03-21 04-17 04-19 04-29 05-01 06-05 08-12 08-15 09-02 09-10 10-02 10-08 10-21 10-28 11-12 12-25',
    status: 'confirmed',
    source: 'BSE and NSE holiday list',
  },
  {
    year: 2020,
    closed: '02-21 03-10 04-02 04-06 04-10 04-14 05-01 05-25 10-02 11-16 11-30 12-25',
    status: 'confirmed',
    source: 'BSE and NSE holiday list',
  },
  {
    year: 2021,
    closed: '01-26 03-11 03-29 04-02 04-14 04-21 05-13 07-21 08-19 09-10 10-15 11-04 11-05 11-19',
    status: 'data',
    source: 'BSE and NSE holiday list; recorded bars',
  },
  {
    year: 2022,
    closed: '01-26 03-01 03-18 04-14 04-15 05-03 08-09 08-15 08-31 10-05 10-24 10-26 11-08',
    status: 'data',
    source: 'BSE and NSE holiday list; recorded bars',
  },
  {
    year: 2023,
    closed: '01-26 03-07 03-30 04-04 04-07 04-14 05-01 06-29 08-15 09-19 10-02 10-24 11-14 11-27 12-25',
    status: 'data',
    source: 'BSE and NSE holiday list; recorded bars',
  },
  {
    year: 2024,
    closed: '01-22 01-26 03-08 03-25 03-29 04-11 04-17 05-01 05-20 06-17 07-17 08-15 10-02 11-01 11-15 11-20 12-25',
    status: 'data',
    source: 'BSE and NSE holiday list; recorded bars',
  },
  {
    year: 2025,
    closed: '02-26 03-14 03-31 04-10 04-14 04-18 05-01 08-15 08-27 10-02 10-21 10-22 11-05 12-25',
    status: 'data',
    source: 'BSE and NSE holiday list; recorded bars',
  },
  {
    year: 2026,
    closed: '01-15 01-26 03-03 03-26 03-31 04-03 04-14 05-01 05-28 06-26 09-14 10-02 10-20 11-10 11-24 12-25',
    status: 'data',
    source: 'NSE/FAOP/71777 (12 Dec 2025), NSE/FAOP/72262 (12 Jan 2026); in data to 16 Jul',
  },
];
