import type { TradingDate } from '../primitives/time.js';
import type { ExpiryCycle } from './rules/expiry-rules.js';
import type { Fact } from './rules/fact.js';
import { INDEX_LOTS, type IndexLotRow } from './rules/index-lots.js';
import { STOCK_LOT_ACTIONS, STOCK_LOTS, STOCK_LOTS_INCOMPLETE_FROM, STOCKS_LEFT_FNO } from './rules/stock-lots.js';

/** A contract as far as its lot depends on it. */
export interface LotQuery {
  /** The name in the symbol. */
  readonly name: string;
  readonly expiry: TradingDate;
  /** The day of the deal: it matters while long-dated contracts keep an old lot, and after a split. */
  readonly on: TradingDate;
  /** Asked only where weekly and monthly contracts of that time have different lots. */
  readonly cycle: () => ExpiryCycle;
}

/** Units in a lot of an index contract; `null` where the table does not reach. */
export function indexLot({ name, expiry, on, cycle }: LotQuery): Fact<number> | null {
  const rows = INDEX_LOTS.filter(({ underlying }) => underlying === name);
  const monthly = rowFor(rows, 'monthly', expiry, on);
  const weekly = rowFor(rows, 'weekly', expiry, on);
  const row = monthly === weekly || cycle() === 'monthly' ? monthly : weekly;
  return row === undefined ? null : { value: row.lot, status: row.status, source: row.source };
}

/** Units in a lot of a contract on an NSE stock; `null` where the tables do not reach. */
export function stockLot({ name, expiry, on }: Omit<LotQuery, 'cycle'>): Fact<number> | null {
  if (STOCKS_LEFT_FNO.some(({ symbols, lastExpiry }) => expiry > lastExpiry && symbols.split(' ').includes(name))) return null;
  const action = STOCK_LOT_ACTIONS.find(({ symbol, exDate }) => symbol === name && on >= exDate);
  if (action !== undefined) {
    return { value: action.lot, status: expiry >= STOCK_LOTS_INCOMPLETE_FROM ? 'unverified' : action.status, source: action.source };
  }
  const named = TABLES.filter(({ lots }) => lots.has(name));
  const table = named.findLast(({ expiryFrom }) => expiryFrom <= expiry);
  const value = table?.lots.get(name);
  if (table === undefined || value === undefined) return null;
  const uncertain =
    // Contracts between the lists of November and February: the lot may be the old one or the new one.
    (expiry > NOVEMBER_EXPIRY && expiry < FEBRUARY_EXPIRY && named.some(({ expiryFrom }) => expiryFrom === FEBRUARY_EXPIRY)) ||
    (expiry >= STOCK_LOTS_INCOMPLETE_FROM && table.expiryFrom <= FEBRUARY_EXPIRY);
  return { value, status: uncertain ? 'unverified' : table.status, source: table.source };
}

/** Whether an NSE stock has contracts ending on or after a date, as far as the tables know; `null` before they begin. */
export function hasStockContracts(name: string, on: TradingDate): boolean | null {
  if (on < STOCK_LISTS_BEGIN) return null;
  return (
    TABLES.some(({ lots }) => lots.has(name)) &&
    !STOCKS_LEFT_FNO.some(({ symbols, lastExpiry }) => on > lastExpiry && symbols.split(' ').includes(name))
  );
}

function rowFor(rows: readonly IndexLotRow[], cycle: ExpiryCycle, expiry: TradingDate, on: TradingDate): IndexLotRow | undefined {
  let found: IndexLotRow | undefined;
  for (const row of rows) {
    const from = cycle === 'weekly' ? (row.weeklyFrom ?? row.monthlyFrom) : row.monthlyFrom;
    if (expiry < from) continue;
    const keepsOld = found !== undefined && row.longDatedSwitch !== null && on <= row.longDatedSwitch && isQuarterly(expiry);
    if (!keepsOld) found = row;
  }
  return found;
}

/** Contracts of March, June, September and December are listed long before the others. */
const isQuarterly = (expiry: TradingDate): boolean => Number(expiry.slice(5, 7)) % 3 === 0;

const NOVEMBER_EXPIRY: TradingDate = '2025-11-25';
const FEBRUARY_EXPIRY: TradingDate = '2026-02-24';
const STOCK_LISTS_BEGIN: TradingDate = '2025-11-14';

const TABLES = STOCK_LOTS.map(({ lots, ...table }) => ({
  ...table,
  lots: new Map(
    lots.split(',').map((entry): readonly [string, number] => {
      const [symbol = '', lot = ''] = entry.trim().split(' ');
      return [symbol, Number(lot)];
    }),
  ),
}));
