import { type DayRows, joinDays } from './day-rows.js';

/** Days of one file, oldest first. It is not opened before its first day is due. */
export interface DaySource {
  readonly firstDay: number;
  readonly days: () => AsyncIterator<DayRows>;
}

/** The days of several files as one: in order, a day that several have joined in the order of the files. Holds one day of each open file. */
export async function* mergeDays(sources: readonly DaySource[]): AsyncGenerator<DayRows> {
  const waiting = [...sources].sort((a, b) => a.firstDay - b.firstDay);
  const open: { readonly days: AsyncIterator<DayRows>; head: DayRows }[] = [];
  try {
    for (;;) {
      let day = Math.min(...open.map(({ head }) => head.day));
      while (waiting[0] !== undefined && waiting[0].firstDay <= day) {
        const days = waiting.shift()?.days();
        const head = await days?.next();
        if (days === undefined || head === undefined || head.done === true) continue;
        open.push({ days, head: head.value });
        day = Math.min(day, head.value.day);
      }
      if (open.length === 0) return;
      const due = open.filter(({ head }) => head.day === day);
      const joined = joinDays(due.map(({ head }) => head));
      for (const file of due) {
        const next = await file.days.next();
        if (next.done === true) open.splice(open.indexOf(file), 1);
        else file.head = next.value;
      }
      yield joined;
    }
  } finally {
    for (const { days } of open) await days.return?.();
  }
}
