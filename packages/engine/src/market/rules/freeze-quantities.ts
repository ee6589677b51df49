import type { TradingDate } from '../../primitives/time.js';
import type { RuleStatus } from './fact.js';

/** The largest quantity of one order, in units, from a date on. `null`: the number was not seen. */
export interface FreezeRow {
  readonly from: TradingDate;
  readonly quantities: Readonly<Record<string, number | null>>;
  readonly status: RuleStatus;
  readonly source: string;
}

/** Names of the columns of {@link NSE_FREEZE}. */
const row = (
  from: TradingDate,
  [BANKNIFTY, NIFTY, FINNIFTY, MIDCPNIFTY, NIFTYNXT50]: readonly [number, number, number, number, number | null],
  source: string,
): FreezeRow => ({ from, quantities: { BANKNIFTY, NIFTY, FINNIFTY, MIDCPNIFTY, NIFTYNXT50 }, status: 'confirmed', source });

/** NSE's index contracts. NSE works them out anew each month from the index's level. */
export const NSE_FREEZE: readonly FreezeRow[] = [
  row('2023-04-03', [900, 1800, 1800, 5500, null], 'angelone.in announcement'),
  row('2024-08-01', [900, 1800, 1800, 2800, 600], 'angelone.in announcement'),
  row('2025-03-03', [900, 1800, 1800, 4200, 600], 'angelone.in announcement'),
  row('2025-08-01', [600, 1800, 1800, 2800, 600], 'NSE/FAOP/69431'),
  row('2025-09-01', [900, 1800, 1800, 2800, 600], 'NSE/FAOP/69913'),
  // October's numbers (NSE/FAOP/70530) were not seen; September's are taken to go on.
  {
    from: '2025-10-01',
    quantities: { BANKNIFTY: 900, NIFTY: 1800, FINNIFTY: 1800, MIDCPNIFTY: 2800, NIFTYNXT50: 600 },
    status: 'unverified',
    source: 'NSE/FAOP/70530, not seen: as the month before',
  },
  row('2025-11-03', [600, 1800, 1800, 2800, 600], 'NSE/FAOP/71087'),
  row('2025-12-01', [600, 1800, 1200, 2800, 600], 'NSE/FAOP/71540'),
  row('2026-01-01', [600, 1800, 1200, 2800, 600], 'NSE/FAOP/72094'),
  row('2026-02-01', [600, 1800, 1800, 2800, 600], 'NSE/FAOP/72534'),
  row('2026-03-02', [600, 1800, 1200, 2800, 600], 'NSE/FAOP/73039'),
  row('2026-04-01', [900, 1800, 1800, 2800, 600], 'NSE/FAOP/73531'),
  row('2026-05-04', [900, 1800, 1800, 2800, 600], 'NSE/FAOP/73991'),
  row('2026-06-01', [900, 1800, 1800, 2800, 600], 'NSE/FAOP/74469'),
  row('2026-07-01', [600, 1800, 1800, 2800, 600], 'NSE/FAOP/74942'),
  row('2026-08-03', [600, 1800, 1800, 2800, 600], 'NSE/FAOP/75521'),
];

/** From this date on NSE's monthly numbers were not found: the last ones are used and flagged. */
export const NSE_FREEZE_SEEN_TO: TradingDate = '2026-08-31';

/** Contracts outside NSE's monthly table. Stocks: no table was found. */
export const OTHER_FREEZE: readonly FreezeRow[] = [
  { from: '2026-08-12', quantities: { NIFTYFPI: 8500 }, status: 'confirmed', source: 'NSE/FAOP/75239' },
  { from: '2023-05-15', quantities: { SENSEX: 1000 }, status: 'unverified', source: 'number of Feb 2026, taken back to the relaunch' },
  { from: '2026-02-01', quantities: { SENSEX: 1000 }, status: 'confirmed', source: 'icicidirect.com FAQ (Feb 2026); support.fyers.in' },
  { from: '2023-05-15', quantities: { BANKEX: 900 }, status: 'unverified', source: 'icicidirect.com FAQ says 900, support.fyers.in 600' },
];
