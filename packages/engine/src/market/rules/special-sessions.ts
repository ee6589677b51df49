import type { TradingDate } from '../../primitives/time.js';
import type { RuleStatus } from './fact.js';

/** A date whose hours are its own: Muhurat, budget, exercises of the standby site, the halt of 2021. */
export interface SpecialDay {
  readonly date: TradingDate;
  readonly kind: 'muhurat' | 'budget' | 'saturday' | 'halt';
  /** Sessions as `HH:mm-HH:mm` with a blank between; empty where the hours are not known. */
  readonly hours: string;
  readonly status: RuleStatus;
  readonly source: string;
}

/** Special days of 2019 to 2026. The hours are those of every segment. */
export const SPECIAL_DAYS: readonly SpecialDay[] = [
  { date: '2019-10-27', kind: 'muhurat', hours: '18:15-19:15', status: 'confirmed', source: 'zeenews on Muhurat trading 2019' },
  { date: '2020-02-01', kind: 'budget', hours: '09:15-15:30', status: 'unverified', source: 'date from the BSE list, hours from memory' },
  { date: '2020-11-14', kind: 'muhurat', hours: '18:15-19:15', status: 'unverified', source: 'date from the BSE list, hours from memory' },
  // The technical halt: the index stood still from 10:08, trading stopped at 11:40 (from memory) and went on in the evening.
  { date: '2021-02-24', kind: 'halt', hours: '09:15-11:40 15:45-17:00', status: 'data', source: 'recorded bars' },
  { date: '2021-11-04', kind: 'muhurat', hours: '18:15-19:15', status: 'data', source: 'indianexpress 4 Nov 2021; recorded bars' },
  { date: '2022-10-24', kind: 'muhurat', hours: '18:15-19:15', status: 'data', source: 'recorded bars' },
  { date: '2023-11-12', kind: 'muhurat', hours: '18:15-19:15', status: 'data', source: 'Angel One on Muhurat trading 2023; daily bar' },
  { date: '2024-01-20', kind: 'saturday', hours: '09:15-15:30', status: 'data', source: 'recorded bars' },
  { date: '2024-03-02', kind: 'saturday', hours: '09:15-10:00 11:30-12:30', status: 'data', source: 'recorded bars' },
  { date: '2024-05-18', kind: 'saturday', hours: '09:15-10:00 11:30-12:30', status: 'data', source: 'recorded bars' },
  { date: '2024-11-01', kind: 'muhurat', hours: '18:00-19:00', status: 'data', source: 'businesstimes.co 21 Oct 2024; daily bar' },
  { date: '2025-02-01', kind: 'budget', hours: '09:15-15:30', status: 'data', source: 'recorded bars' },
  { date: '2025-10-21', kind: 'muhurat', hours: '13:45-14:45', status: 'data', source: 'NSE circulars 22-25 Sep 2025; recorded bars' },
  { date: '2026-02-01', kind: 'budget', hours: '09:15-15:30', status: 'data', source: 'NSE/CMTR/72349; recorded bars' },
  {
    date: '2026-11-08',
    kind: 'muhurat',
    hours: '',
    status: 'unverified',
    source: 'NSE/FAOP/71777 has the date; the circular with the hours was not found',
  },
];
