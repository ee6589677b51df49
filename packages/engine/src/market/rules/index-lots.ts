import type { TradingDate } from '../../primitives/time.js';
import type { RuleStatus } from './fact.js';

/** From which expiry an index has a lot. A lot belongs to the contract, not to the day of the deal. */
export interface IndexLotRow {
  readonly underlying: string;
  /** Units. */
  readonly lot: number;
  /** The first weekly expiry with this lot; `null`: weeklies had ended. */
  readonly weeklyFrom: TradingDate | null;
  /** The first monthly expiry with this lot. */
  readonly monthlyFrom: TradingDate;
  /** Until the end of this day, quarterly contracts listed long before keep the lot they were listed with. */
  readonly longDatedSwitch: TradingDate | null;
  readonly status: RuleStatus;
  readonly source: string;
}

function row(
  underlying: string,
  lot: number,
  weeklyFrom: TradingDate | null,
  monthlyFrom: TradingDate,
  longDatedSwitch: TradingDate | null,
  status: RuleStatus,
  source: string,
): IndexLotRow {
  return { underlying, lot, weeklyFrom, monthlyFrom, longDatedSwitch, status, source };
}

/**
 * Lots of index contracts, in the order in which they came. A first row that begins on 2019-01-01 was in force before; since when is not known.
 *
 * Checked up to circulars of 2026-08-22 and NIFTY data of October 2026.
 */
export const INDEX_LOTS: readonly IndexLotRow[] = [
  row('NIFTY', 75, '2019-01-01', '2019-01-01', null, 'data', 'chains May-Jul 2019, OI in multiples of 75'),
  row('NIFTY', 50, '2021-08-05', '2021-07-29', '2021-06-25', 'confirmed', 'NSE circular Apr 2021, quoted'),
  row('NIFTY', 25, '2024-05-02', '2024-05-30', null, 'data', 'futures file 19 Jul 2024; bulletin 375282; UDiFF 2024-09-30'),
  row('NIFTY', 75, '2025-01-02', '2025-02-27', '2024-12-26', 'confirmed', 'Angel One Nov 2024; sharekhan letter 26 Nov 2024'),
  row('NIFTY', 65, '2026-01-06', '2026-01-27', '2025-12-30', 'data', 'NSE/FAOP/70616; bhavcopy 14 Nov 2025; SEP 2026 future'),
  row('BANKNIFTY', 20, '2019-01-01', '2019-01-01', null, 'data', 'chains May-Jul 2019, OI in multiples of 20'),
  row('BANKNIFTY', 25, '2020-08-06', '2020-07-30', null, 'confirmed', 'tradingqna.com t/82105'),
  row('BANKNIFTY', 15, '2023-08-03', '2023-07-27', '2023-06-30', 'confirmed', 'livemint 1 Apr 2023; bhavcopy 2024-01-01'),
  row('BANKNIFTY', 30, null, '2025-02-26', '2024-12-24', 'confirmed', 'Angel One Nov 2024'),
  row('BANKNIFTY', 35, null, '2025-07-31', null, 'data', 'fyers.in notice; ndtvprofit Mar 2025; bhavcopy 14 Nov 2025'),
  row('BANKNIFTY', 30, null, '2026-01-27', '2025-12-30', 'data', 'NSE/FAOP/70616; bhavcopy 14 Nov 2025'),
  row('FINNIFTY', 40, '2021-01-14', '2021-01-28', null, 'confirmed', 'NSE circular Apr 2021, quoted'),
  row('FINNIFTY', 25, '2024-08-06', '2024-07-30', null, 'data', 'futures file 19 Jul 2024; bulletin 375282'),
  row('FINNIFTY', 65, null, '2025-02-25', null, 'confirmed', 'sharekhan letter 26 Nov 2024; bhavcopy 14 Nov 2025'),
  row('FINNIFTY', 60, null, '2026-01-27', null, 'confirmed', 'NSE/FAOP/70616; ICICI futures master 28 Nov 2025'),
  row('MIDCPNIFTY', 75, '2022-01-25', '2022-01-25', null, 'confirmed', 'livemint 1 Apr 2023'),
  row('MIDCPNIFTY', 50, '2024-08-05', '2024-07-29', null, 'data', 'futures file 19 Jul 2024; bulletin 375282'),
  row('MIDCPNIFTY', 120, null, '2025-02-24', null, 'confirmed', 'sharekhan letter 26 Nov 2024'),
  row('MIDCPNIFTY', 140, null, '2025-07-31', null, 'data', 'fyers.in notice; bhavcopy 14 Nov 2025'),
  row('MIDCPNIFTY', 120, null, '2026-01-27', null, 'data', 'NSE/FAOP/70616; bhavcopy 14 Nov 2025'),
  row('NIFTYNXT50', 10, null, '2024-05-31', null, 'data', 'futures file 19 Jul 2024; Angel One Aug 2024'),
  row('NIFTYNXT50', 25, null, '2025-02-28', null, 'data', 'Angel One Nov 2024; bhavcopy 14 Nov 2025'),
  row('NIFTYFPI', 1100, null, '2026-08-25', null, 'confirmed', 'NSE/FAOP/75239'),
  row('SENSEX', 10, '2023-05-19', '2023-05-26', null, 'confirmed', 'livemint 28 Mar 2023'),
  row('SENSEX', 20, '2025-01-07', '2025-02-25', '2024-12-27', 'confirmed', 'Angel One Nov 2024, re-dated to Tuesday; share.market FAQ'),
  row('BANKEX', 15, '2023-05-19', '2023-05-26', null, 'confirmed', 'livemint 28 Mar 2023'),
  row('BANKEX', 30, null, '2025-02-25', null, 'confirmed', 'Angel One Nov 2024'),
  row('SENSEX50', 25, '2019-01-01', '2019-01-01', null, 'confirmed', 'Angel One Nov 2024'),
  row('SENSEX50', 60, null, '2025-02-25', null, 'confirmed', 'Angel One Nov 2024'),
];
