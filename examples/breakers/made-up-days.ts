import { formatMinuteOfDay, minuteOfDay, type TradingDate } from '@sauda/engine';

/** A made-up day of an index: where it stands at some times of the day, and which of its candles are missing. */
interface MadeUpDay {
  readonly date: TradingDate;
  /** It goes from one to the next; the first is 09:15, the last 15:30. */
  readonly prices: Readonly<Record<string, number>>;
  /** No candle begins from the first time to before the second. */
  readonly missing?: readonly [from: string, to: string];
}

/** The candles of each example, under the names of their files: what happens to the market is decided here. */
const DAYS: Readonly<Record<string, readonly MadeUpDay[]>> = {
  'daily-loss.csv': [
    { date: '2026-11-25', prices: { '09:15': 23_900, '10:30': 24_000, '13:00': 23_700, '15:30': 23_780 } },
    { date: '2026-11-26', prices: { '09:15': 23_780, '10:30': 23_860, '15:30': 23_800 } },
  ],
  'drawdown.csv': [
    { date: '2026-11-25', prices: { '09:15': 23_900, '10:30': 24_000, '15:30': 23_880 } },
    { date: '2026-11-26', prices: { '09:15': 23_880, '13:00': 23_700, '15:30': 23_780 } },
    { date: '2026-11-27', prices: { '09:15': 23_780, '10:30': 23_860, '15:30': 23_800 } },
  ],
  // From 12:45 on it goes down for ten minutes and up for five, so that short averages cross again and again.
  'rejection-streak.csv': [
    {
      date: '2026-11-25',
      prices: {
        '09:15': 23_900,
        '12:15': 24_020,
        '12:45': 24_000,
        ...zigzag({ from: '12:45', until: '13:30', price: 24_000 }),
        '15:30': 23_900,
      },
    },
  ],
  'stale-feed.csv': [
    {
      date: '2026-11-25',
      prices: { '09:15': 23_900, '10:30': 24_000, '13:00': 23_940, '15:30': 23_980 },
      missing: ['11:30', '11:45'],
    },
  ],
};

const CANDLE_MINUTES = 5;

/** The files of the examples, each with its text: the same text on every machine. */
export const madeUpFiles = (): ReadonlyMap<string, string> =>
  new Map(Object.entries(DAYS).map(([name, days]) => [name, ['time,open,high,low,close', ...days.flatMap(rowsOf), ''].join('\n')]));

function rowsOf({ date, prices, missing: [from, to] = ['', ''] }: MadeUpDay): readonly string[] {
  const priceAt = pathThrough(prices);
  const rows: string[] = [];
  for (let minute = minuteOfDay('09:15'); minute < minuteOfDay('15:30'); minute += CANDLE_MINUTES) {
    const time = formatMinuteOfDay(minute);
    if (time >= from && time < to) continue;
    const [open, close] = [priceAt(minute), priceAt(minute + CANDLE_MINUTES)];
    // It looks a little farther than it goes, as candles do.
    const [high, low] = [Math.max(open, close) + 1.5, Math.min(open, close) - 1.5];
    rows.push([`${date} ${time}`, ...[open, high, low, close].map((price) => price.toFixed(2))].join(','));
  }
  return rows;
}

/** Ten minutes down by as much as ten points, five minutes up by eight, and again. */
function zigzag({ from, until, price }: { readonly from: string; readonly until: string; readonly price: number }): Record<string, number> {
  const prices: Record<string, number> = {};
  let now = price;
  for (let minute = minuteOfDay(from); minute < minuteOfDay(until); minute += 15) {
    prices[formatMinuteOfDay(minute + 10)] = now - 10;
    now -= 2;
    prices[formatMinuteOfDay(minute + 15)] = now;
  }
  return prices;
}

/** A straight way from each price to the next, on the index's grid of five paise. */
function pathThrough(prices: Readonly<Record<string, number>>): (minute: number) => number {
  const points = Object.entries(prices).map(([time, price]) => ({ minute: minuteOfDay(time), price }));
  return (minute) => {
    const next = Math.max(
      1,
      points.findIndex((point) => point.minute >= minute),
    );
    const [from, to] = [points[next - 1], points[next]];
    if (from === undefined || to === undefined) throw new Error(`No price is given around minute ${minute} of the day.`);
    const share = (minute - from.minute) / (to.minute - from.minute);
    return Math.round((from.price + share * (to.price - from.price)) * 20) / 20;
  };
}
