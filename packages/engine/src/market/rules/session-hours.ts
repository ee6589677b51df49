import type { TradingDate } from '../../primitives/time.js';
import type { Segment } from '../session.js';
import type { RuleStatus } from './fact.js';

/** Hours of continuous trading on a normal day, from a date on. */
export interface SessionHours {
  readonly segment: Segment;
  /** `null`: as far back as is known. */
  readonly from: TradingDate | null;
  /** `HH:mm-HH:mm` in Indian time. */
  readonly hours: string;
  readonly status: RuleStatus;
  readonly source: string;
}

/**
 * Normal hours, oldest first within a segment. Since 2026-08-03 shares that have derivatives trade to 15:15 and then in a closing auction;
 * other shares trade to 15:30, which `equity` here leaves aside.
 *
 * Index values were published up to 15:30 before that date and still are: they stand still from 15:15 and move once, at about 15:27, when the
 * auction's prices arrive (seen on 2026-08-03 and 04). So `index` is 09:15 to 15:30 throughout.
 */
export const SESSION_HOURS: readonly SessionHours[] = [
  { segment: 'equity', from: null, hours: '09:15-15:30', status: 'confirmed', source: 'NSE/CMTR/74466; bars 2013-2026' },
  { segment: 'equity', from: '2026-08-03', hours: '09:15-15:15', status: 'confirmed', source: 'NSE/CMTR/74466 (29 May 2026)' },
  { segment: 'fno', from: null, hours: '09:15-15:30', status: 'confirmed', source: 'NSE/FAOP/74467; bars 2013-2026' },
  {
    segment: 'fno',
    from: '2026-08-03',
    hours: '09:15-15:40',
    status: 'confirmed',
    source: 'NSE/FAOP/74467 (29 May 2026); bars of 2026-09-01',
  },
  { segment: 'index', from: null, hours: '09:15-15:30', status: 'data', source: 'bars 2013-2026' },
];
