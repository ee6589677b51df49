import type { TradingDate, Weekday } from '../../primitives/time.js';
import type { RuleStatus } from './fact.js';

/** Whether a contract ends each week or each month. */
export type ExpiryCycle = 'weekly' | 'monthly';

/** On which weekday contracts end: each one of them (weekly), or the last of a month (monthly). On a holiday they end on the trading day before. */
export interface ExpiryRule {
  /** The name in the symbol; `STOCKS_NSE` is every stock. */
  readonly underlying: string;
  readonly cycle: ExpiryCycle;
  readonly weekday: Weekday;
  /** The first and the last expiry of the rule; `null` is open. */
  readonly from: TradingDate | null;
  readonly to: TradingDate | null;
  readonly status: RuleStatus;
  readonly source: string;
}

const [MON, TUE, WED, THU, FRI] = [1, 2, 3, 4, 5] as const;

function rule(
  underlying: string,
  cycle: ExpiryCycle,
  weekday: Weekday,
  from: TradingDate | null,
  to: TradingDate | null,
  status: RuleStatus,
  source: string,
): ExpiryRule {
  return { underlying, cycle, weekday, from, to, status, source };
}

/**
 * Expiry weekdays by date, checked up to circulars of 2026-08-22 and contracts seen up to October 2026.
 *
 * Announced and never applied, so not here: BANKNIFTY to Friday (June 2023), all of NSE to Monday (April 2025).
 * First dates of FINNIFTY, MIDCPNIFTY and NIFTYNXT50, and the start of the weekly BANKNIFTY, are unverified.
 */
export const EXPIRY_RULES: readonly ExpiryRule[] = [
  rule('NIFTY', 'weekly', THU, '2019-02-14', '2025-08-28', 'confirmed', 'launch news of Feb 2019; chains 2019-2025; NSE/FAOP/68747'),
  rule('NIFTY', 'weekly', TUE, '2025-09-02', null, 'data', 'NSE/FAOP/68747; bhavcopy 14 Nov 2025; chains Aug 2026'),
  rule('NIFTY', 'monthly', THU, null, '2025-08-28', 'data', 'chains 2019/2023/2025'),
  rule('NIFTY', 'monthly', TUE, '2025-09-30', null, 'data', 'NSE/FAOP/68747; bhavcopy 14 Nov 2025'),
  rule('BANKNIFTY', 'weekly', THU, '2016-05-27', '2023-09-01', 'data', 'chains 2019, May 2023'),
  rule('BANKNIFTY', 'weekly', WED, '2023-09-06', '2024-11-13', 'confirmed', 'livemint 13 Jul 2023; NSE circular 10 Oct 2024'),
  rule('BANKNIFTY', 'monthly', THU, null, '2024-02-29', 'confirmed', 'livemint 29 Dec 2023 and 1 Mar 2024'),
  rule('BANKNIFTY', 'monthly', WED, '2024-03-27', '2024-12-24', 'data', 'livemint 29 Dec 2023; futures file 19 Jul 2024'),
  rule('BANKNIFTY', 'monthly', THU, '2025-01-30', '2025-08-28', 'confirmed', 'NSE circular Nov 2024; NSE JSON 17 Jul 2025'),
  rule('BANKNIFTY', 'monthly', TUE, '2025-09-30', null, 'data', 'NSE/FAOP/68747; bhavcopy 14 Nov 2025'),
  rule('FINNIFTY', 'weekly', THU, '2021-01-14', '2021-10-14', 'confirmed', 'businessline 15 and 18 Sep 2021'),
  rule('FINNIFTY', 'weekly', TUE, '2021-10-19', '2024-11-19', 'confirmed', 'flattrade.in 18 Oct 2021; NSE circular 10 Oct 2024'),
  rule('FINNIFTY', 'monthly', THU, '2021-01-28', '2021-09-30', 'confirmed', 'businessline Sep 2021'),
  rule('FINNIFTY', 'monthly', TUE, '2021-10-26', '2024-12-31', 'data', 'flattrade.in 18 Oct 2021; futures file 19 Jul 2024'),
  rule('FINNIFTY', 'monthly', THU, '2025-01-30', '2025-08-28', 'confirmed', 'NSE circular Nov 2024; NSE JSON 17 Jul 2025'),
  rule('FINNIFTY', 'monthly', TUE, '2025-09-30', null, 'data', 'bhavcopy 14 Nov 2025'),
  rule('MIDCPNIFTY', 'weekly', TUE, '2022-01-25', '2023-04-25', 'confirmed', 'tradingqna.com t/144954'),
  rule('MIDCPNIFTY', 'weekly', WED, '2023-05-03', '2023-08-16', 'confirmed', 'tradingqna.com t/144954'),
  rule('MIDCPNIFTY', 'weekly', MON, '2023-08-21', '2024-11-18', 'confirmed', 'news 2023; NSE circular 10 Oct 2024'),
  rule('MIDCPNIFTY', 'monthly', TUE, '2022-01-25', '2023-04-25', 'confirmed', 'tradingqna.com t/144954'),
  rule('MIDCPNIFTY', 'monthly', WED, '2023-05-31', '2023-07-26', 'confirmed', 'tradingqna.com t/144954'),
  rule('MIDCPNIFTY', 'monthly', MON, '2023-08-28', '2024-12-30', 'data', 'futures file 19 Jul 2024; zerodha.com bulletin 375282'),
  rule('MIDCPNIFTY', 'monthly', THU, '2025-01-30', '2025-08-28', 'confirmed', 'NSE JSON 17 Jul 2025'),
  rule('MIDCPNIFTY', 'monthly', TUE, '2025-09-30', null, 'data', 'bhavcopy 14 Nov 2025'),
  rule('NIFTYNXT50', 'monthly', FRI, '2024-04-26', '2024-12-27', 'data', 'futures file 19 Jul 2024'),
  rule('NIFTYNXT50', 'monthly', THU, '2025-01-30', '2025-08-28', 'confirmed', 'NSE circular Nov 2024, reported'),
  rule('NIFTYNXT50', 'monthly', TUE, '2025-09-30', null, 'data', 'bhavcopy 14 Nov 2025'),
  rule('NIFTYFPI', 'monthly', TUE, '2026-08-25', null, 'confirmed', 'NSE/FAOP/75239'),
  rule('STOCKS_NSE', 'monthly', THU, null, '2025-08-28', 'data', 'NSE JSON Jul 2025'),
  rule('STOCKS_NSE', 'monthly', TUE, '2025-09-30', null, 'data', 'bhavcopy 14 Nov 2025'),
  rule('SENSEX', 'weekly', FRI, '2023-05-19', '2025-01-03', 'confirmed', 'livemint 28 Mar 2023; moneycontrol Aug 2023'),
  rule('SENSEX', 'weekly', TUE, '2025-01-07', '2025-08-26', 'confirmed', 'expiry news Nov 2024; first date derived'),
  rule('SENSEX', 'weekly', THU, '2025-09-04', null, 'data', 'BSE JSON 10 Jul 2026; SEBI circular 26 May 2025'),
  rule('SENSEX', 'monthly', FRI, '2023-05-26', '2024-12-27', 'confirmed', 'livemint 28 Mar 2023'),
  rule('SENSEX', 'monthly', TUE, '2025-01-28', '2025-08-26', 'confirmed', 'news.easydownload21.com'),
  rule('SENSEX', 'monthly', THU, '2025-09-25', null, 'confirmed', 'news on SEBI circular 26 May 2025'),
  rule('BANKEX', 'weekly', FRI, '2023-05-19', '2023-10-13', 'confirmed', 'livemint 30 Aug 2023'),
  rule('BANKEX', 'weekly', MON, '2023-10-16', '2024-11-18', 'confirmed', 'livemint 30 Aug 2023; ndtvprofit 3 Oct 2024'),
  rule('BANKEX', 'monthly', MON, '2023-10-30', '2024-12-30', 'confirmed', 'livemint 30 Aug 2023'),
  rule('BANKEX', 'monthly', TUE, '2025-01-28', '2025-08-26', 'confirmed', 'news.easydownload21.com'),
  rule('BANKEX', 'monthly', THU, '2025-09-25', null, 'confirmed', 'news on SEBI circular 26 May 2025'),
  rule('SENSEX50', 'weekly', THU, null, '2024-11-14', 'confirmed', 'ndtvprofit 3 Oct 2024'),
];
