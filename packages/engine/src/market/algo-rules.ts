import type { TradingDate } from '../primitives/time.js';

/**
 * From this date on exchanges take no plain market order from an algorithm: it has to carry a limit that protects it, and a stop-loss at the market a
 * limit beyond its trigger. NSE/FAOP/69296 of 2025-07-24; the framework for retail algorithms is in force for every broker since 2026-04-01, and
 * Zerodha has refused orders without market protection since that day. Checked on 2026-11-21.
 */
const PLAIN_MARKET_ORDERS_BARRED_FROM: TradingDate = '2026-04-01';

/** Whether an algorithm's order at the market must be sent as a protected limit on a date. */
export const plainMarketOrdersBarred = (on: TradingDate): boolean => on >= PLAIN_MARKET_ORDERS_BARRED_FROM;

/**
 * Orders a second, of one client in one exchange segment, above which an algorithm has to be registered: the broker refuses what goes beyond.
 * NSE/INVG/67858 of 2025-05-05; in force for every broker since 2026-04-01. New orders, modifications and cancellations count alike.
 */
export const UNREGISTERED_ORDERS_PER_SECOND = 10;
