import { describe, expect, it } from 'vitest';

import { createRuleBook } from '../market/create-rule-book.js';
import { time } from '../primitives/mondays.test-kit.js';
import { MINUTE_MS, SECOND_MS } from '../primitives/time.js';
import type { Finding } from '../risk/account-event.js';
import { FeedWatch } from './feed-watch.js';

interface WatchWords {
  readonly from?: number;
  readonly isLive?: boolean;
  readonly staleAfterMs?: number | null;
  readonly skewMaxMs?: number | null;
}

function watchWith(limits: WatchWords) {
  const found: Finding[] = [];
  const { calendar } = createRuleBook({ calendar: 'rules' });
  const watch = new FeedWatch({
    calendar,
    from: -Infinity,
    isLive: false,
    staleAfterMs: null,
    skewMaxMs: null,
    ...limits,
    found: (finding) => found.push(finding),
  });
  return { watch, found };
}

describe('silence', () => {
  it('is too long after the limit, within a session, and told again where it lasts', () => {
    const { watch, found } = watchWith({ staleAfterMs: MINUTE_MS });
    watch.point(time('10:00'));
    expect(watch.nextTime).toBe(time('10:01'));
    watch.look(time('10:01'));
    expect(found).toMatchObject([{ code: 'system/feed-stale', limit: MINUTE_MS, value: MINUTE_MS }]);
    expect(found[0]?.reason).toContain('60 seconds, limit 60');
    expect(watch.nextTime).toBe(time('10:02'));
  });

  it('begins anew with each point', () => {
    const { watch, found } = watchWith({ staleAfterMs: MINUTE_MS });
    watch.point(time('10:00'));
    watch.point(time('10:00:45'));
    expect(watch.nextTime).toBe(time('10:01:45'));
    watch.look(time('10:01:45'));
    watch.point(time('10:05'));
    watch.look(time('10:06'));
    expect(found).toHaveLength(2);
  });

  it('is nothing strange when the exchange is closed; the next session is waited for', () => {
    const { watch, found } = watchWith({ staleAfterMs: MINUTE_MS });
    watch.point(time('15:29:59'));
    watch.look(watch.nextTime);
    expect(found).toEqual([]);
    expect(watch.nextTime).toBe(time('09:16', '2026-02-03'));
    watch.look(watch.nextTime);
    expect(found).toMatchObject([{ code: 'system/feed-stale' }]);
  });

  it('is counted within the session it is found in: a night before it is none of the feed’s', () => {
    const { watch, found } = watchWith({ staleAfterMs: MINUTE_MS });
    watch.point(time('15:29:59'));
    watch.look(watch.nextTime);
    watch.look(watch.nextTime);
    expect(found).toMatchObject([{ value: MINUTE_MS }]);
  });

  it('counts from when it matters: what was before is history', () => {
    const { watch, found } = watchWith({ staleAfterMs: MINUTE_MS, from: time('10:05') });
    watch.point(time('10:00'));
    expect(watch.nextTime).toBe(time('10:06'));
    watch.look(time('10:06'));
    expect(found).toMatchObject([{ value: MINUTE_MS }]);
  });

  it('from the very beginning is silence, where points come when they happen', () => {
    const { watch, found } = watchWith({ staleAfterMs: MINUTE_MS, isLive: true, from: time('10:00') });
    expect(watch.nextTime).toBe(time('10:01'));
    watch.look(time('10:01'));
    expect(found).toMatchObject([{ code: 'system/feed-stale', value: MINUTE_MS }]);
    expect(watchWith({ staleAfterMs: MINUTE_MS, from: time('10:00') }).watch.nextTime).toBe(Infinity);
  });

  it('from before the session counts from its open', () => {
    for (const from of ['08:50', '09:14:30']) {
      const { watch, found } = watchWith({ staleAfterMs: MINUTE_MS, isLive: true, from: time(from) });
      watch.look(watch.nextTime);
      expect([watch.nextTime, found]).toEqual([time('09:16'), []]);
      watch.look(watch.nextTime);
      expect(found).toMatchObject([{ value: MINUTE_MS }]);
    }
  });

  it('troubles nobody where there is no limit', () => {
    const { watch, found } = watchWith({});
    watch.point(time('10:00'));
    expect(watch.nextTime).toBe(Infinity);
    watch.look(time('12:00'));
    expect(found).toEqual([]);
  });
});

describe('clocks', () => {
  const ticks = (watch: FeedWatch, from: number, count: number, lateMs: number): void => {
    for (let i = 0; i < count; i += 1) watch.stamped(from + i * SECOND_MS - lateMs, from + i * SECOND_MS);
  };

  it('that differ for ten seconds on end are told of, with the least difference', () => {
    const { watch, found } = watchWith({ skewMaxMs: 2 * SECOND_MS });
    ticks(watch, time('10:00'), 11, 3_500);
    expect(found).toMatchObject([{ code: 'system/clock-skew', limit: 2_000, value: 3_500 }]);
  });

  it('may differ either way', () => {
    const { watch, found } = watchWith({ skewMaxMs: 2 * SECOND_MS });
    ticks(watch, time('10:00'), 11, -3_500);
    expect(found).toMatchObject([{ value: 3_500 }]);
  });

  it('are taken to agree as long as one message of ten seconds says so: others were late on the way', () => {
    const { watch, found } = watchWith({ skewMaxMs: 2 * SECOND_MS });
    ticks(watch, time('10:00'), 9, 5_000);
    ticks(watch, time('10:00:09'), 1, 100);
    ticks(watch, time('10:00:10'), 1, 5_000);
    expect(found).toEqual([]);
  });

  it('are not said to differ for one tick that was late, however long nothing comes after it', () => {
    for (const silentMs of [SECOND_MS, 9 * SECOND_MS, 11 * SECOND_MS, MINUTE_MS]) {
      const { watch, found } = watchWith({ skewMaxMs: 2 * SECOND_MS });
      ticks(watch, time('10:00'), 1, 3_500);
      ticks(watch, time('10:00') + silentMs, 30, 0);
      expect(found).toEqual([]);
    }
  });

  it('are not said to differ for single late ticks that are far apart: nobody knows what was between', () => {
    const { watch, found } = watchWith({ skewMaxMs: 2 * SECOND_MS });
    for (let i = 0; i < 10; i += 1) ticks(watch, time('10:00') + i * 6 * SECOND_MS, 1, 3_500);
    expect(found).toEqual([]);
  });

  it('are told of again after ten more seconds, as long as they differ', () => {
    const { watch, found } = watchWith({ skewMaxMs: 2 * SECOND_MS });
    ticks(watch, time('10:00'), 22, 3_500);
    expect(found).toHaveLength(2);
  });

  it('may differ by the limit', () => {
    const { watch, found } = watchWith({ skewMaxMs: 2 * SECOND_MS });
    ticks(watch, time('10:00'), 30, 2_000);
    expect(found).toEqual([]);
  });

  it('are history’s business before it matters', () => {
    const { watch, found } = watchWith({ skewMaxMs: 2 * SECOND_MS, from: time('10:05') });
    ticks(watch, time('10:00'), 30, 9_000);
    expect(found).toEqual([]);
  });

  it('cannot be compared where a feed sends no time of the exchange, and are not where nobody minds', () => {
    const { watch, found } = watchWith({ skewMaxMs: 2 * SECOND_MS });
    for (let i = 0; i < 30; i += 1) watch.stamped(Number.NaN, time('10:00') + i * SECOND_MS);
    expect(found).toEqual([]);
    const nobody = watchWith({});
    ticks(nobody.watch, time('10:00'), 30, 60_000);
    expect(nobody.found).toEqual([]);
  });
});
