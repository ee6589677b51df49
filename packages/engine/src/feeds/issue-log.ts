import type { DataIssue } from '../plugins/feed.js';

/** What a feed can find strange in recorded data. */
export type IssueCode =
  | 'bad-row'
  | 'unsorted-row'
  | 'duplicate-minute'
  | 'duplicate-minute-differs'
  | 'outside-session'
  | 'non-trading-day'
  | 'off-by-factor'
  | 'overnight-jump'
  | 'missing-day'
  | 'short-day'
  | 'missing-minute'
  | 'range-not-covered'
  | 'bar-label-contradicted'
  | 'no-price';

/** One finding, or several of a kind on one day. */
export interface Finding {
  readonly file: string;
  readonly line?: number | undefined;
  /** How many rows, or minutes, or days; 1 if not given. */
  readonly count?: number;
  /** Which one: a date, a stretch of time, a value. Said in the message. */
  readonly about?: string;
}

/** Collects what is strange, one issue for each file and kind, so that a broken file of any size makes a short list. */
export interface IssueLog {
  note(code: IssueCode, finding: Finding): void;
  /** One more day has been looked at: what is true of most days only is told from what is odd on one. */
  day(file: string): void;
  /** In the order in which they were first found. */
  issues(): readonly DataIssue[];
}

const LINES_MAX = 5;
const ABOUTS_MAX = 8;

interface Entry {
  readonly code: IssueCode;
  readonly file: string;
  readonly lines: number[];
  count: number;
  readonly abouts: string[];
  lastAbout: string | undefined;
  aboutCount: number;
}

/** An empty log. */
export function issueLog(): IssueLog {
  const entries = new Map<string, Entry>();
  const days = new Map<string, number>();
  return {
    day(file) {
      days.set(file, (days.get(file) ?? 0) + 1);
    },
    note(code, { file, line, count = 1, about }) {
      const key = `${code}|${file}`;
      const entry = entries.get(key) ?? { code, file, lines: [], count: 0, abouts: [], lastAbout: undefined, aboutCount: 0 };
      entries.set(key, entry);
      entry.count += count;
      if (line !== undefined && entry.lines.length < LINES_MAX && entry.lines.at(-1) !== line) entry.lines.push(line);
      if (about === undefined || about === entry.lastAbout) return;
      entry.lastAbout = about;
      entry.aboutCount += 1;
      if (entry.abouts.length < ABOUTS_MAX) entry.abouts.push(about);
    },
    issues: () =>
      Array.from(entries.values())
        .filter(({ code, file, count }) => code !== 'bar-label-contradicted' || count * 2 > (days.get(file) ?? 0))
        .map(issueOf),
  };
}

function issueOf({ code, file, lines, count, abouts, aboutCount }: Entry): DataIssue {
  const { action, what, done } = WORDS[code];
  const more = aboutCount > abouts.length ? ` and ${aboutCount - abouts.length} more` : '';
  const where = abouts.length === 0 ? '' : ` (${abouts.join(', ')}${more})`;
  return { code, file, lines: [...lines], count, message: `${what(count)}${where}. ${done}`, action };
}

const rows = (count: number): string => (count === 1 ? '1 row' : `${count} rows`);
const daysOf = (count: number): string => (count === 1 ? '1 day' : `${count} days`);

const WORDS: Readonly<
  Record<IssueCode, { readonly action: DataIssue['action']; readonly what: (count: number) => string; readonly done: string }>
> = {
  'bad-row': {
    action: 'dropped',
    what: (count) =>
      `${rows(count)} without a readable time, or with prices that cannot be: not a number, not above 0, or open, low, high and close in no order`,
    done: 'Dropped.',
  },
  'unsorted-row': { action: 'sorted', what: (count) => `${rows(count)} earlier than the row before`, done: 'Sorted by time.' },
  'duplicate-minute': { action: 'dropped', what: (count) => `${rows(count)} with the time and the values of another`, done: 'Dropped.' },
  'duplicate-minute-differs': {
    action: 'dropped',
    what: (count) => `${rows(count)} with the time of another and different values`,
    done: 'The first of each time is kept.',
  },
  'outside-session': { action: 'dropped', what: (count) => `${rows(count)} outside the trading hours of the day`, done: 'Dropped.' },
  'non-trading-day': {
    action: 'dropped',
    what: (count) => `${rows(count)} on days on which the calendar has no trading`,
    done: 'Dropped.',
  },
  'off-by-factor': {
    action: 'dropped',
    what: (count) => `${rows(count)} with prices off by a factor from those before`,
    done: 'Dropped until prices are back; maxMove says how far a price may be from the one before.',
  },
  'overnight-jump': {
    action: 'kept',
    what: (count) => `Prices jump overnight on ${daysOf(count)}`,
    done: 'Kept. Probably a split, a bonus or a demerger that the file is not adjusted for: signals and levels across it mean nothing.',
  },
  'missing-day': {
    action: 'kept',
    what: (count) => `${daysOf(count)} of the calendar without any row`,
    done: 'Nothing is traded on them; what is held is held over them.',
  },
  'short-day': {
    action: 'kept',
    what: (count) => `${daysOf(count)} with fewer than 95 % of the candles that the trading hours hold`,
    done: 'Kept as they are.',
  },
  'missing-minute': {
    action: 'kept',
    what: (count) => `${count} missing ${count === 1 ? 'candle' : 'candles'} inside trading hours`,
    done: 'Not filled in: no candle is made where nothing was recorded.',
  },
  'range-not-covered': { action: 'kept', what: () => 'The file does not cover the range asked for', done: 'The run has no prices there.' },
  'bar-label-contradicted': {
    action: 'kept',
    what: (count) => `The times of candles contradict barLabel on ${daysOf(count)}`,
    done: 'Every signal would be one candle off: change barLabel.',
  },
  'no-price': {
    action: 'dropped',
    what: (count) => `${rows(count)} of contracts without a last price`,
    done: 'Dropped: a contract that was not traded has no price.',
  },
};
