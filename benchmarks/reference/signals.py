"""Crossings of two moving averages on five-minute candles, worked out without the engine.

It is there to be compared with: standard library only, and nothing in common with the engine but the definitions. A candle belongs to the
session that it lies in and is counted from that session's open; an exponential average begins with the mean of its first closes; a crossing
is a change of sides since the last candle at which the two averages differed, and counts from candle number `--warm-up` on.

    python3 signals.py FILE --bar-label end [--day 2014-10-23=18:30-19:30] …

Prints a line for each crossing: the candle's end in Indian time, and the direction.
"""

import argparse
import csv
import gzip

ORDINARY_HOURS = ((555, 930),)

# Saturdays of 2024 on which exchanges tried their other site: two short sessions each.
SPECIAL_DAYS = {
    "2024-03-02": ((555, 600), (690, 750)),
    "2024-05-18": ((555, 600), (690, 750)),
}


def minute_of_day(text):
    hours, minutes = text.split(":")[:2]
    return int(hours) * 60 + int(minutes)


def clock(minute):
    return f"{minute // 60:02d}:{minute % 60:02d}"


def special_day(text):
    """2013-10-14=09:15-10:12,11:25-15:30"""
    date, hours = text.split("=")
    return date, tuple(tuple(minute_of_day(edge) for edge in part.split("-")) for part in hours.split(","))


def minutes_of(options):
    """Date, minute of the day at which the candle begins, and close, of each row inside a session."""
    date_at, time_at, close_at = (int(place) - 1 for place in options.columns.split(","))
    days = {**SPECIAL_DAYS, **dict(options.day)}
    opened = gzip.open if options.file.endswith(".gz") else open
    with opened(options.file, "rt", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for row in rows:
            digits = row[date_at].replace("-", "")
            date = f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
            minute = minute_of_day(row[time_at]) - (1 if options.bar_label == "end" else 0)
            for session_open, session_close in days.get(date, ORDINARY_HOURS):
                if session_open <= minute < session_close:
                    yield date, minute, session_open, session_close, float(row[close_at])


def closes_of(minutes, length):
    """The end of each longer candle, and its last close."""
    building = None
    for date, minute, session_open, session_close, close in minutes:
        begin = session_open + (minute - session_open) // length * length
        end = date, min(begin + length, session_close)
        if building is not None and building[0] != end:
            yield building
        building = end, close
    if building is not None:
        yield building


def average_of(period):
    """A function that takes a close in and gives the average out, None at first."""
    first, state = [], None

    def following(close):
        nonlocal state
        if state is None:
            first.append(close)
            if len(first) == period:
                state = sum(first) / period
        else:
            state += (close - state) * 2 / (period + 1)
        return state

    return following


def crossings(candles, fast, slow, warm_up):
    fast_average, slow_average, side = average_of(fast), average_of(slow), 0
    for number, (end, close) in enumerate(candles, start=1):
        one, other = fast_average(close), slow_average(close)
        if one is None or other is None or one == other:
            continue
        now = 1 if one > other else -1
        if side == -now and number >= warm_up:
            yield end, "bullish" if now > 0 else "bearish"
        side = now


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file")
    parser.add_argument("--bar-label", choices=["start", "end"], required=True)
    parser.add_argument("--columns", default="2,3,7", help="places of date, time and close, counted from 1")
    parser.add_argument("--timeframe", type=int, default=5, help="minutes")
    parser.add_argument("--fast", type=int, default=9)
    parser.add_argument("--slow", type=int, default=15)
    parser.add_argument("--warm-up", type=int, default=60, help="candles")
    parser.add_argument("--day", action="append", default=[], type=special_day, help="a day with other hours")
    parser.add_argument("--count", action="store_true", help="print how many rows lie inside sessions first")
    options = parser.parse_args()
    minutes = list(minutes_of(options))
    if options.count:
        print(len(minutes))
    for (date, end), direction in crossings(closes_of(minutes, options.timeframe), options.fast, options.slow, options.warm_up):
        print(f"{date} {clock(end)} {direction}")


if __name__ == "__main__":
    main()
