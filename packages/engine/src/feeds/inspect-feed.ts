import type { DataIssue, FeedContext, FeedDefinition } from '../plugins/feed.js';
import { type EpochMs, formatMinuteOfDay, istTimeOfDayMs, MINUTE_MS, type TradingDate } from '../primitives/time.js';

/** What a feed brings, in a few figures. */
export interface FeedSummary {
  /** Candles and ticks. */
  readonly rows: number;
  readonly days: number;
  /** Times of the first and the last row; `null` where there is none. */
  readonly first: EpochMs | null;
  readonly last: EpochMs | null;
  /** Sessions of the days read: the feed's own, where it has them, otherwise the calendar's. */
  readonly sessions: number;
  /** Median of high less low of one candle, in points; `null` without candles. A trailing stop closer than twice this asks for finer data. */
  readonly medianRange: number | null;
  /** When the first and the last candle of most days open, `HH:mm`; `null` without candles. */
  readonly firstBar: string | null;
  readonly lastBar: string | null;
}

/** So many candles are enough for a median; later ones are not looked at. */
const RANGES_MAX = 100_000;

/**
 * Reads the first days of a feed, or all of it, and says what is there and what is strange.
 *
 * @param options.days how many days are read; `null` reads all.
 * @throws EngineError whatever the feed throws when it is opened or read: a missing file or column, a wrong time zone, rows out of order.
 */
export async function inspectFeed<Config>(
  definition: FeedDefinition<Config>,
  config: Config,
  context: FeedContext,
  { days, from = null, to = null }: { readonly days: number | null; readonly from?: TradingDate | null; readonly to?: TradingDate | null },
): Promise<{ readonly issues: readonly DataIssue[]; readonly summary: FeedSummary }> {
  const feed = definition.open(config, context);
  const ranges: number[] = [];
  const firstBars = new Map<number, number>();
  const lastBars = new Map<number, number>();
  let rows = 0;
  let dayCount = 0;
  let sessions = 0;
  let first: EpochMs | null = null;
  let last: EpochMs | null = null;
  for await (const block of feed.blocks({ from, to })) {
    if (block.kind === 'day') {
      if (days !== null && dayCount >= days) break;
      dayCount += 1;
      sessions += (block.sessions ?? context.rules.calendar.sessionsOn(block.date, 'index')).length;
      continue;
    }
    const times = block.kind === 'candles' ? block.columns.openTime : block.columns.receivedTime;
    rows += block.columns.length;
    first ??= times[0] ?? null;
    last = times[block.columns.length - 1] ?? last;
    if (block.kind === 'ticks') continue;
    count(firstBars, times[0]);
    count(lastBars, times[block.columns.length - 1]);
    for (let row = 0; row < block.columns.length && ranges.length < RANGES_MAX; row += 1) {
      ranges.push((block.columns.high[row] ?? 0) - (block.columns.low[row] ?? 0));
    }
  }
  return {
    issues: feed.issues(),
    summary: {
      rows,
      days: dayCount,
      first,
      last,
      sessions,
      medianRange: median(ranges),
      firstBar: mostFrequent(firstBars),
      lastBar: mostFrequent(lastBars),
    },
  };
}

function count(minutes: Map<number, number>, time: EpochMs | undefined): void {
  if (time === undefined) return;
  const minute = Math.floor(istTimeOfDayMs(time) / MINUTE_MS);
  minutes.set(minute, (minutes.get(minute) ?? 0) + 1);
}

function mostFrequent(minutes: ReadonlyMap<number, number>): string | null {
  const [most] = [...minutes].sort(([, a], [, b]) => b - a);
  return most === undefined ? null : formatMinuteOfDay(most[0]);
}

function median(values: readonly number[]): number | null {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted[Math.floor(sorted.length / 2)];
  return middle === undefined ? null : Math.round(middle * 100) / 100;
}
