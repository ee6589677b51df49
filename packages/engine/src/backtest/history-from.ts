import type { RunConfig } from '../config/run-config.js';
import type { RuleBook } from '../market/rule-book.js';
import { minutesOf, type Timeframe } from '../market/timeframe.js';
import type { Registry } from '../plugins/registry.js';
import { EngineError } from '../primitives/errors.js';
import { addDays, type TradingDate } from '../primitives/time.js';

/** Minutes of the usual session, 09:15 to 15:30. */
const SESSION_MINUTES = 375;

/** Of dates that a calendar knows nothing about, so many are looked back over for each session: weekends and holidays are among them. */
const CALENDAR_DAYS_EACH_SESSION = 2;

/** Two weeks without a session do not happen. */
const LONGEST_BREAK_DAYS = 14;

/**
 * The date from which feeds are read, so that every set's chart is warm when trading begins: a fixed number of sessions before `from`, at the
 * open of the session, so that two starts on one day compute the same values. `null`, as far back as the data goes, without a `from`.
 */
export function historyFrom({ from, sets, calendar }: RunConfig, registry: Registry, rules: RuleBook): TradingDate | null {
  if (from === null) return null;
  let sessions = 0;
  for (const set of sets) {
    const strategy = registry.strategies.get(set.strategy.use);
    const params: unknown = set.strategy.params;
    const candles = set.warmup ?? strategy?.warmup({ params }) ?? 0;
    sessions = Math.max(sessions, Math.ceil(candles / candlesASession(set.chart.timeframe)));
  }
  if (calendar === 'fromData') return addDays(from, -sessions * CALENDAR_DAYS_EACH_SESSION);
  let date = from;
  for (let back = 0; back < sessions; back += 1) {
    const earlier = sessionBefore(date, rules);
    if (earlier === null) break;
    date = earlier;
  }
  return date;
}

/** The trading day before a date; `null` where the calendar does not reach. */
function sessionBefore(date: TradingDate, { calendar }: RuleBook): TradingDate | null {
  for (let back = 1; back <= LONGEST_BREAK_DAYS; back += 1) {
    const earlier = addDays(date, -back);
    try {
      if (calendar.isTradingDay(earlier)) return earlier;
    } catch (error) {
      // Before the tables begin there is no history to ask for.
      if (error instanceof EngineError) return null;
      throw error;
    }
  }
  return null;
}

function candlesASession(timeframe: Timeframe): number {
  const minutes = minutesOf(timeframe);
  if (minutes !== null) return Math.max(1, Math.floor(SESSION_MINUTES / minutes));
  if (timeframe === '1d') return 1;
  return timeframe === '1w' ? 1 / 5 : 1 / 21;
}
