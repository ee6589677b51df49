import type { Session, SessionCalendar } from '../market/session.js';
import { addDays, atIst, minuteOfDay, type TradingDate, tradingDate, weekdayOf } from '../primitives/time.js';

/** Hours other than 09:15 to 15:30 on weekdays, by date: pairs of `HH:mm`, or none for a holiday. */
export type SpecialDays = Readonly<Record<TradingDate, readonly (readonly [string, string])[]>>;

/** A calendar for tests that knows weekdays and what it is told, and counts how often it is asked for a session. */
export function weekdayCalendar(special: SpecialDays = {}): SessionCalendar & { readonly asked: () => number } {
  let asked = 0;
  const sessionsOn = (date: TradingDate): readonly Session[] => {
    const weekday = weekdayOf(date);
    const hours = special[date] ?? (weekday === 0 || weekday === 6 ? [] : [['09:15', '15:30'] as const]);
    return hours.map(([open, close]) => ({ date, open: atIst(date, minuteOfDay(open)), close: atIst(date, minuteOfDay(close)) }));
  };
  const isTradingDay = (date: TradingDate): boolean => sessionsOn(date).length > 0;
  const nextTradingDay = (date: TradingDate, step: 1 | -1): TradingDate => {
    let day = addDays(date, step);
    while (!isTradingDay(day)) day = addDays(day, step);
    return day;
  };
  return {
    asked: () => asked,
    sessionsOn,
    isTradingDay,
    nextTradingDay,
    sessionAt(time) {
      asked += 1;
      return sessionsOn(tradingDate(time)).find(({ open, close }) => time >= open && time < close);
    },
    tradingDaysBetween(from, to) {
      if (to < from) return -this.tradingDaysBetween(to, from);
      let days = 0;
      for (let date = from; date < to; ) {
        date = addDays(date, 1);
        if (isTradingDay(date)) days += 1;
      }
      return days;
    },
  };
}
