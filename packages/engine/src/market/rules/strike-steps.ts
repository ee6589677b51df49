import type { TradingDate } from '../../primitives/time.js';
import type { RuleStatus } from './fact.js';

/** Distance of neighbouring strikes near the money of an index; wider in the wings. */
export interface IndexStepRow {
  readonly underlying: string;
  readonly step: number;
  /** The first date for which the source speaks; the step before is taken to be the same and is unverified. */
  readonly seenFrom: TradingDate;
  readonly status: RuleStatus;
  readonly source: string;
}

export const INDEX_STEPS: readonly IndexStepRow[] = [
  { underlying: 'NIFTY', step: 50, seenFrom: '2019-05-16', status: 'data', source: 'chains 2019 to 2026' },
  { underlying: 'BANKNIFTY', step: 100, seenFrom: '2019-05-16', status: 'data', source: 'chains 2019; NSE JSON 2023-05-03 and 2025-07-17' },
  { underlying: 'FINNIFTY', step: 50, seenFrom: '2025-07-17', status: 'data', source: 'NSE JSON 2025-07-17' },
  { underlying: 'MIDCPNIFTY', step: 25, seenFrom: '2025-07-17', status: 'data', source: 'NSE JSON 2025-07-17' },
  { underlying: 'NIFTYNXT50', step: 100, seenFrom: '2025-11-14', status: 'data', source: 'bhavcopy 2025-11-14' },
  { underlying: 'NIFTYFPI', step: 5, seenFrom: '2026-08-12', status: 'confirmed', source: 'NSE/FAOP/75239' },
  { underlying: 'SENSEX', step: 100, seenFrom: '2026-07-10', status: 'data', source: 'BSE JSON 2026-07-10' },
  { underlying: 'BANKEX', step: 100, seenFrom: '2023-05-15', status: 'unverified', source: 'general knowledge' },
];

/** The days for which {@link STOCK_STEPS} is as seen; before them nothing is known, after them NSE revised it four times up to 2026-08-20. */
export const STOCK_STEPS_FROM: TradingDate = '2025-11-14';
export const STOCK_STEPS_SEEN_TO: TradingDate = '2025-12-30';

/** The commonest distance of strikes within 6 % of the November 2025 future, in the bhavcopy of 2025-11-14: `step: symbols`, a step a line. */
export const STOCK_STEPS = `
0.25: COALINDIA
1: ASHOKLEY BANKINDIA CANBK GMRAIRPORT HFCL IDFCFIRSTB IOC IRFC MOTHERSON NBCC NHPC NMDC PNB SAIL SUZLON YESBANK
2.5: BANDHANBNK BANKBARODA BHEL BPCL FEDERALBNK GAIL HUDCO IEX IGL INOXWIND IREDA ITC LTF MANAPPURAM NATIONALUM NCC NTPC
   NYKAA ONGC PETRONET POWERGRID PPLPHARMA SAMMAANCAP TATASTEEL UNIONBANK WIPRO
5: ABCAPITAL AMBUJACEM BEL BIOCON CONCOR CROMPTON DABUR DELHIVERY ETERNAL EXIDEIND HDFCBANK HINDPETRO HINDZINC ICICIPRULI
   INDUSTOWER IRCTC JIOFIN LICHSGFIN OIL PATANJALI PFC RBLBANK RECLTD RVNL SBIN SONACOMS TATAPOWER VBL VEDL
10: ADANIENSOL AUBANK AXISBANK BAJFINANCE CGPOWER CIPLA DLF DRREDDY FORTIS HDFCLIFE HINDALCO ICICIBANK IIFL INDHOTEL
   INDIANB INDUSINDBK JINDALSTEL JSWENERGY JSWSTEEL JUBLFOOD KALYANKJIL LAURUSLABS LICI MARICO NESTLEIND PGEL PNBHOUSING
   RELIANCE SBICARD SHRIRAMFIN SYNGENE TATACONSUM TATATECH TMPV UNITDSPR UPL ZYDUSLIFE
20: 360ONE ADANIENT ADANIGREEN ADANIPORTS APLAPOLLO ASIANPAINT ASTRAL AUROPHARMA BAJAJFINSV BDL BHARATFORG BHARTIARTL
   BLUESTARCO CDSL CHOLAFIN COFORGE COLPAL CYIENT DALBHARAT GLENMARK GODREJCP GODREJPROP GRASIM HAVELLS HCLTECH HINDUNILVR
   ICICIGI INFY KFINTECH KOTAKBANK KPITTECH LODHA LT LUPIN MAXHEALTH MFSL NAUKRI OBEROIRLTY PAYTM PHOENIXLTD PIDILITIND
   POLICYBZR PRESTIGE SBILIFE SUNPHARMA TCS TECHM TITAGARH TITAN TORNTPOWER UNOMINDA VOLTAS
50: ABB ALKEM ANGELONE APOLLOHOSP BRITANNIA BSE CAMS CUMMINSIND DIVISLAB DMART EICHERMOT HAL HDFCAMC HEROMOTOCO INDIGO KEI
   LTIM M&M MANKIND MAZDOCK MPHASIS MUTHOOTFIN PIIND SIEMENS SRF SUPREMEIND TIINDIA TORNTPHARM TVSMOTOR
100: AMBER BAJAJ-AUTO KAYNES MARUTI MCX NUVAMA OFSS PERSISTENT POLYCAB TATAELXSI TRENT ULTRACEMCO
250: DIXON POWERINDIA SHREECEM SOLARINDS
500: BOSCHLTD PAGEIND
`;

/** Steps known from a later date. */
export const STOCK_STEP_CHANGES: readonly {
  readonly symbols: string;
  readonly from: TradingDate;
  readonly step: number;
  readonly status: RuleStatus;
  readonly source: string;
}[] = [
  {
    symbols: 'KOTAKBANK',
    from: '2026-01-14',
    step: 4,
    status: 'derived',
    source: 'split 1:5, strikes divided by 5 (BSE notice 2 Jan 2026)',
  },
  { symbols: '360ONE ADANIPORTS ASIANPAINT AXISBANK', from: '2026-07-01', step: 20, status: 'confirmed', source: 'NSE/FAOP/74758' },
  { symbols: 'ABB', from: '2026-07-01', step: 100, status: 'confirmed', source: 'NSE/FAOP/74758' },
];
