import type { TradingDate } from '../../primitives/time.js';
import type { RuleStatus } from './fact.js';

/** What a tick size is said of. */
export type TickSubject = 'index' | 'equity' | 'indexOption' | 'stockOption' | 'indexFuture' | 'stockFuture';

/** The smallest step of a price, in rupees or points, from a date on. */
export interface TickRow {
  readonly subject: TickSubject;
  /** Names of underlyings; `null`: all. */
  readonly underlyings: string | null;
  readonly from: TradingDate | null;
  readonly tick: number;
  readonly status: RuleStatus;
  readonly source: string;
}

function row(
  subject: TickSubject,
  underlyings: string | null,
  from: TradingDate | null,
  tick: number,
  status: RuleStatus,
  source: string,
): TickRow {
  return { subject, underlyings, from, tick, status, source };
}

/**
 * Tick sizes, oldest first within a subject. Those of shares and stock contracts have depended on the price since 2024 and 2025, which a table by
 * date cannot say: 0.05 stays and is flagged, the instrument list of the day has the real one.
 */
export const TICK_SIZES: readonly TickRow[] = [
  row('index', null, null, 0.05, 'data', 'recorded index values'),
  row('indexOption', null, null, 0.05, 'data', 'premiums of all recorded chains'),
  row('indexFuture', null, null, 0.05, 'data', 'bars 2013-2020'),
  row('indexFuture', 'NIFTY FINNIFTY', '2025-04-15', 0.1, 'unverified', 'start from general knowledge'),
  row('indexFuture', 'BANKNIFTY NIFTYNXT50', '2025-04-15', 0.2, 'unverified', 'start from general knowledge'),
  row('indexFuture', 'NIFTY FINNIFTY', '2025-11-28', 0.1, 'data', 'futures master of 2025-11-28'),
  row('indexFuture', 'BANKNIFTY NIFTYNXT50', '2025-11-28', 0.2, 'data', 'futures master of 2025-11-28'),
  row('equity', null, null, 0.05, 'data', 'bars 2014-2015'),
  row('equity', null, '2024-06-10', 0.05, 'unverified', 'by price since; date from general knowledge'),
  row('stockFuture', null, null, 0.05, 'derived', 'the tick of the share'),
  row('stockFuture', null, '2024-07-01', 0.05, 'unverified', 'by price: 0.01 below ₹250 in the futures file of 2024-07-19'),
  row('stockOption', null, null, 0.05, 'data', 'recorded chains'),
  row('stockOption', null, '2025-09-23', 0.05, 'unverified', 'NSE/FAOP/70382, details not seen'),
];
