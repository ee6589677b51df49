import type { TradingDate } from '../../primitives/time.js';
import type { RuleStatus } from './fact.js';

/** Members of the Nifty 50 as of 2026-03-30 (the list of November 2024 with the changes since). */
export const NIFTY50: string = `
  ADANIENT ADANIPORTS APOLLOHOSP ASIANPAINT AXISBANK BAJAJ-AUTO BAJFINANCE BAJAJFINSV BEL BHARTIARTL CIPLA COALINDIA DRREDDY
  EICHERMOT ETERNAL GRASIM HCLTECH HDFCBANK HDFCLIFE HINDALCO HINDUNILVR ICICIBANK INDIGO INFY ITC JIOFIN JSWSTEEL KOTAKBANK
  LT M&M MARUTI MAXHEALTH NESTLEIND NTPC ONGC POWERGRID RELIANCE SBILIFE SHRIRAMFIN SBIN SUNPHARMA TCS TATACONSUM TMPV
  TATASTEEL TECHM TITAN TRENT ULTRACEMCO WIPRO
`;

/** The dates between which the members are known; the review of September 2026 was not found, so what comes after is unverified. */
export const NIFTY50_FROM: TradingDate = '2022-09-30';
export const NIFTY50_SEEN_TO: TradingDate = '2026-09-29';

/** A change of members: from this date on `added` instead of `removed`, symbols with blanks between. A new symbol of a member is one too. */
export interface MemberChange {
  readonly from: TradingDate;
  readonly removed: string;
  readonly added: string;
  readonly status: RuleStatus;
  readonly source: string;
}

/** Newest first, back to the oldest list that is known. */
export const NIFTY50_CHANGES: readonly MemberChange[] = [
  { from: '2025-10-24', removed: 'TATAMOTORS', added: 'TMPV', status: 'confirmed', source: 'NSE/CML/70875, new symbol' },
  {
    from: '2025-09-30',
    removed: 'HEROMOTOCO INDUSINDBK',
    added: 'INDIGO MAXHEALTH',
    status: 'confirmed',
    source: 'NSE/FAOP/69835 (25 Aug 2025)',
  },
  {
    from: '2025-04-09',
    removed: 'ZOMATO',
    added: 'ETERNAL',
    status: 'unverified',
    source: 'new symbol; seen in bhavcopies, the day is not',
  },
  { from: '2025-03-28', removed: 'BPCL BRITANNIA', added: 'JIOFIN ZOMATO', status: 'confirmed', source: 'business-standard 22 Feb 2025' },
  { from: '2024-09-30', removed: 'DIVISLAB LTIM', added: 'BEL TRENT', status: 'confirmed', source: 'livemint 23 Aug 2024' },
  { from: '2024-03-28', removed: 'UPL', added: 'SHRIRAMFIN', status: 'unverified', source: 'general knowledge' },
  { from: '2023-07-13', removed: 'HDFC', added: 'LTIM', status: 'unverified', source: 'general knowledge (merger of HDFC)' },
];
