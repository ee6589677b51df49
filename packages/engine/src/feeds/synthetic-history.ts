import type { Session } from '../market/session.js';
import type { FeedContext, MarketBlock } from '../plugins/feed.js';
import { snapToTickGrid } from '../primitives/price.js';
import { addDays, type TradingDate } from '../primitives/time.js';
import { type SyntheticConfig, startSpot } from './synthetic-config.js';
import { type SyntheticPath, syntheticPath } from './synthetic-path.js';
import { tickRows } from './tick-rows.js';

/** A year of days; a market that was made up needs no longer past. */
const HISTORY_DAYS_MAX = 366;

/**
 * The days before a made-up market begins, so that indicators are warm when it does: the underlying alone, a day to a block, ending at the price
 * from which the first day opens. Its chance is its own: with or without a past, the market from `start` on is the same.
 */
export function* syntheticHistory(
  config: SyntheticConfig,
  { rules, calendar }: FeedContext,
  from: TradingDate,
  sessionsOn: (date: TradingDate) => readonly Session[],
): Generator<MarketBlock> {
  const { underlying, start, tickEvery } = config;
  const days = daysBetween(from, start, sessionsOn);
  if (days.length === 0) return;
  // The same walk twice: first for where it ends, then for its ticks, in proportion to the price it has to end at.
  const ending = pathOf(config);
  for (const sessions of days) walk(ending, sessions, tickEvery, () => undefined);
  const scale = (config.spot ?? startSpot(underlying)) / ending.price;
  const path = pathOf(config);
  for (const sessions of days) {
    const date = sessions[0]?.date ?? start;
    const { tickSize } = rules.instrument(underlying, date);
    const ticks = tickRows([underlying], { exchangeTime: true });
    walk(path, sessions, tickEvery, (time) => {
      ticks.add(0, time, snapToTickGrid(path.price * scale, { tickSize }), Number.NaN, Number.NaN, Number.NaN, Number.NaN);
    });
    yield { kind: 'day', date, sessions: calendar === 'fromData' ? sessions : null, instruments: [] };
    yield { kind: 'ticks', columns: ticks.take() };
  }
}

const pathOf = ({ seed, volatility, jumps }: SyntheticConfig): SyntheticPath =>
  syntheticPath({ seed: seed * 4 + 3, price: 1_000, volatility, jumpsPerDay: jumps });

function daysBetween(
  from: TradingDate,
  start: TradingDate,
  sessionsOn: (date: TradingDate) => readonly Session[],
): readonly (readonly Session[])[] {
  const earliest = addDays(start, -HISTORY_DAYS_MAX);
  const days: (readonly Session[])[] = [];
  for (let date = from < earliest ? earliest : from; date < start; date = addDays(date, 1)) {
    const sessions = sessionsOn(date);
    if (sessions.length > 0) days.push(sessions);
  }
  return days;
}

/** Takes a path through a day, and tells of each tick. */
function walk(path: SyntheticPath, sessions: readonly Session[], tickEvery: number, tick: (time: number) => void): void {
  path.overnight();
  for (const { open, close } of sessions) {
    for (let time = open; time < close; time += tickEvery) {
      if (time > open) path.step(tickEvery, (time - open) / (close - open));
      tick(time);
    }
  }
}
