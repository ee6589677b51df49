import type { TradingDate } from '../../primitives/time.js';
import type { RuleStatus } from './fact.js';

/** What charges depend on. Shares kept overnight are delivery. BSE charges options on SENSEX and BANKEX otherwise than other options. */
export type ChargeSegment = 'equityDelivery' | 'equityIntraday' | 'futures' | 'options';

/** Whose fees: derivatives of NFO are NSE's, those of BFO are BSE's. */
export type ChargeMarket = 'NSE' | 'BSE';

/** A rate as a share of the turnover (for options of the premium), in force between two dates, both included; `null` is open. */
export interface RateRow {
  readonly segment: ChargeSegment | 'equity' | 'optionsOther' | 'exercise' | 'all';
  readonly from: TradingDate | null;
  readonly to: TradingDate | null;
  readonly rate: number;
  readonly status: RuleStatus;
  readonly source: string;
}

/** Exchange fees have the exchange too; the rate has the investor protection share (IPFT) in it. */
export interface ExchangeRateRow extends RateRow {
  readonly market: ChargeMarket;
}

const BUDGET_2026 = 'BSE notice 20260331-7 (31 Mar 2026)';
const ZERODHA_2023 = 'Zerodha charges before Apr 2023';

/** Securities transaction tax on sales; deliveries pay it on purchases as well, and an exercised option on its intrinsic value. */
export const STT_RATES: readonly RateRow[] = [
  stt('equityDelivery', null, null, 0.001, BUDGET_2026),
  stt('equityIntraday', null, null, 0.00025, BUDGET_2026),
  stt('futures', null, '2023-03-31', 0.0001, ZERODHA_2023),
  stt('futures', '2023-04-01', '2024-09-30', 0.000125, 'livemint, Sep 2024'),
  stt('futures', '2024-10-01', '2026-03-31', 0.0002, 'livemint, Sep 2024'),
  stt('futures', '2026-04-01', null, 0.0005, BUDGET_2026),
  stt('options', null, '2023-03-31', 0.0005, ZERODHA_2023),
  stt('options', '2023-04-01', '2024-09-30', 0.000625, 'livemint, Sep 2024'),
  stt('options', '2024-10-01', '2026-03-31', 0.001, 'livemint, Sep 2024'),
  stt('options', '2026-04-01', null, 0.0015, BUDGET_2026),
  // The start in 2019 is unverified.
  stt('exercise', '2019-09-01', '2026-03-31', 0.00125, 'Budget 2026 pages'),
  stt('exercise', '2026-04-01', null, 0.0015, BUDGET_2026),
];

const FLAT_2024 = 'NSE/FA/64323 (27 Sep 2024), NSE/FA/73061';
const NSE_2026 = 'NSE/FA/73061 (27 Feb 2026)';
const UPSTOX_2024 = 'upstox pricing page 2024';

/** From this date on exchange fees are flat; before, they depended on the broker's slab, and the figures are typical ones. */
export const FLAT_FEES_FROM: TradingDate = '2024-10-01';

/** Exchange transaction charges with IPFT: the two figures of a sum are the fee and the IPFT. The turn of 2020 to 2021 is unverified. */
export const EXCHANGE_RATES: readonly ExchangeRateRow[] = [
  fee('NSE', 'equity', null, '2020-12-31', 0.0000325, ZERODHA_2023),
  fee('NSE', 'equity', '2021-01-01', '2023-03-31', 0.0000345, ZERODHA_2023),
  fee('NSE', 'equity', '2023-04-01', '2024-03-31', 0.0000325 + 0.000001, 'NSE/FA/56129'),
  fee('NSE', 'equity', '2024-04-01', '2024-09-30', 0.0000322 + 0.000001, UPSTOX_2024),
  fee('NSE', 'equity', '2024-10-01', '2026-02-28', 0.0000297 + 0.000001, FLAT_2024),
  fee('NSE', 'equity', '2026-03-01', null, 0.000030699 + 0.000000001, NSE_2026),
  fee('NSE', 'futures', null, '2020-12-31', 0.000019, 'goelasf.zohodesk.com'),
  fee('NSE', 'futures', '2021-01-01', '2023-03-31', 0.00002, ZERODHA_2023),
  fee('NSE', 'futures', '2023-04-01', '2024-03-31', 0.000019 + 0.000001, 'general knowledge', 'unverified'),
  fee('NSE', 'futures', '2024-04-01', '2024-09-30', 0.0000188 + 0.000001, UPSTOX_2024),
  fee('NSE', 'futures', '2024-10-01', '2026-02-28', 0.0000173 + 0.000001, FLAT_2024),
  fee('NSE', 'futures', '2026-03-01', null, 0.000018299 + 0.000000001, NSE_2026),
  fee('NSE', 'options', null, '2020-12-31', 0.0005, 'goelasf.zohodesk.com'),
  fee('NSE', 'options', '2021-01-01', '2023-03-31', 0.00053, ZERODHA_2023),
  fee('NSE', 'options', '2023-04-01', '2024-03-31', 0.0005 + 0.000005, 'contract note sample of Jul 2023'),
  fee('NSE', 'options', '2024-04-01', '2024-09-30', 0.000495 + 0.000005, UPSTOX_2024),
  fee('NSE', 'options', '2024-10-01', '2026-02-28', 0.0003503 + 0.000005, FLAT_2024),
  fee('NSE', 'options', '2026-03-01', null, 0.0003552 + 0.0000001, NSE_2026),
  // Groups A and B; others pay more.
  fee('BSE', 'equity', '2024-10-01', null, 0.0000375, 'angelone.in exchange transaction charges'),
  fee('BSE', 'futures', '2024-10-01', null, 0, 'PTI, 27 Sep 2024'),
  fee('BSE', 'options', '2024-04-01', '2024-09-30', 0.000495, UPSTOX_2024),
  fee('BSE', 'options', '2024-10-01', null, 0.000325, 'PTI, 27 Sep 2024'),
  fee('BSE', 'optionsOther', '2024-10-01', null, 0.00005, 'PTI, 27 Sep 2024'),
];

/** SEBI's turnover fee: ₹10 a crore. It was about half of that for a time in 2020-21 (unverified, not here). */
export const SEBI_RATES: readonly RateRow[] = [
  { segment: 'all', from: null, to: null, rate: 0.000001, status: 'confirmed', source: 'broker pages' },
];

/** Stamp duty on purchases. Before July 2020 it differed by state. */
export const STAMP_RATES: readonly RateRow[] = [
  stamp('equityDelivery', 0.00015),
  stamp('equityIntraday', 0.00003),
  stamp('futures', 0.00002),
  stamp('options', 0.00003),
];

/** Goods and services tax on brokerage, exchange and SEBI fees; not on STT or stamp duty. */
export const GST_RATES: readonly RateRow[] = [
  { segment: 'all', from: '2017-07-01', to: null, rate: 0.18, status: 'confirmed', source: 'broker pages' },
];

function stt(segment: RateRow['segment'], from: TradingDate | null, to: TradingDate | null, rate: number, source: string): RateRow {
  return { segment, from, to, rate, status: 'confirmed', source };
}

function fee(
  market: ChargeMarket,
  segment: RateRow['segment'],
  from: TradingDate | null,
  to: TradingDate | null,
  rate: number,
  source: string,
  status: RuleStatus = 'confirmed',
): ExchangeRateRow {
  return { market, segment, from, to, rate, status, source };
}

function stamp(segment: ChargeSegment, rate: number): RateRow {
  return { segment, from: '2020-07-01', to: null, rate, status: 'confirmed', source: `${BUDGET_2026}; ${ZERODHA_2023}` };
}
