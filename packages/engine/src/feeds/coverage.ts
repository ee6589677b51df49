import type { SessionCalendar } from '../market/session.js';
import { addDays, type TradingDate } from '../primitives/time.js';
import type { IssueLog } from './issue-log.js';

/** Watches which of the calendar's trading days a recording has. */
export interface Coverage {
  /** A date with rows, later than the one before. */
  day(date: TradingDate): void;
  end(): void;
}

/**
 * Notes trading days between the first and the last recorded one that have no rows, and ends of the range asked for that are not reached.
 *
 * @param calendar `null` where the recording is its own calendar: then no day can be missing.
 */
export function coverage({
  calendar,
  from,
  to,
  file,
  log,
}: {
  readonly calendar: SessionCalendar | null;
  readonly from: TradingDate | null;
  readonly to: TradingDate | null;
  readonly file: string;
  readonly log: IssueLog;
}): Coverage {
  let last: TradingDate | undefined;
  const tradingDaysIn = (start: TradingDate, end: TradingDate): number => {
    let count = 0;
    for (let date = start; date < end; date = addDays(date, 1)) if (calendar?.isTradingDay(date) === true) count += 1;
    return count;
  };
  return {
    day(date) {
      if (last === undefined) {
        const before = from === null ? 0 : tradingDaysIn(from, date);
        if (before > 0) log.note('range-not-covered', { file, count: before, about: `begins on ${date}, asked for from ${from}` });
      } else {
        for (let between = addDays(last, 1); between < date; between = addDays(between, 1)) {
          if (calendar?.isTradingDay(between) === true) log.note('missing-day', { file, about: between });
        }
      }
      last = date;
    },
    end() {
      if (last === undefined) {
        log.note('range-not-covered', { file, about: `no rows from ${from ?? 'the beginning'} to ${to ?? 'the end'}` });
        return;
      }
      const after = to === null ? 0 : tradingDaysIn(addDays(last, 1), addDays(to, 1));
      if (after > 0) log.note('range-not-covered', { file, count: after, about: `ends on ${last}, asked for to ${to}` });
    },
  };
}
