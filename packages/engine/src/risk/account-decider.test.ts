import { isDeepStrictEqual } from 'node:util';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fold } from '../primitives/decider.js';
import type { AccountEvent } from './account-event.js';
import type { AccountLimits } from './account-limits.js';
import {
  AccountPlay,
  askedBy,
  bought,
  CAPITAL,
  DECEMBER,
  kindsOf,
  MONDAY,
  NEXT_MONDAY,
  REJECTIONS,
  type RuleWords,
  ruleWords,
  scripts,
  sold,
  TUESDAY,
  WEDNESDAY,
} from './account-play.test-kit.js';
import type { GuardedAccount } from './guarded-account.js';

const weeklyLoss = { kind: 'money', paise: 6_000_00 } as const;
/** Profit targets of an account that may fall as far as it likes: nothing is told of peaks. */
const targets = (words: Partial<AccountLimits['profitTargets']>): RuleWords => ({
  limits: { maxDrawdown: null, profitTargets: { weekPaise: null, monthPaise: null, stop: false, ...words } },
});
/** Loses the day's five per cent with sets open. */
const tripped = (words: RuleWords = {}, held: Parameters<AccountPlay['valued']>[1] = []): AccountPlay => {
  const play = new AccountPlay(words);
  play.valued(95_000_00, held);
  return play;
};

describe('a breaker whose period ends before everything is closed', () => {
  it('goes on closing on the next day, and lets nothing enter before it has', () => {
    const held = [sold('short'), bought('hedge')];
    const play = tripped({ rearm: 'nextPeriod' }, held);
    expect(askedBy(play.events)).toEqual(['short']);
    expect(kindsOf(play.day(TUESDAY, 95_000_00))).toEqual(['accountDayStarted']);
    expect(play.state.money.halted).not.toBeNull();
    expect(askedBy(play.heldChanged([bought('hedge')]))).toEqual(['hedge']);
    expect(kindsOf(play.heldChanged([]))).toEqual(['closingCompleted', 'haltEnded']);
    expect(play.state.money.halted).toBeNull();
  });
});

describe('a profit target after losses were accepted', () => {
  it('counts from where the week began, not from where the account was re-armed', () => {
    const play = new AccountPlay({ limits: { maxDrawdown: null, profitTargets: { weekPaise: 2_000_00, monthPaise: null, stop: false } } });
    play.valued(95_000_00);
    play.rearm(95_000_00);
    expect(play.valued(97_500_00)).toEqual([]);
    expect(play.valued(1_02_000_00)[0]).toMatchObject({ kind: 'profitTargetReached', value: 2_000_00 });
  });
});

describe('a day of an account', () => {
  it('begins with the equity at the last prices of the day before', () => {
    const play = new AccountPlay();
    expect(play.day(TUESDAY, 98_000_00)).toEqual([{ kind: 'accountDayStarted', date: TUESDAY, equityPaise: 98_000_00, at: play.now }]);
    expect(play.state.money.day).toMatchObject({ from: TUESDAY, equityPaise: 98_000_00 });
  });

  it('begins once, also when the engine is started again on it', () => {
    const play = new AccountPlay();
    expect(play.day(MONDAY, 90_000_00)).toEqual([]);
    expect(play.state.money.day?.equityPaise).toBe(CAPITAL);
  });
});

describe('a circuit breaker', () => {
  it('trips at the daily loss, and not a paisa before', () => {
    const play = new AccountPlay();
    expect(play.valued(95_000_01)).toEqual([]);
    expect(play.valued(95_000_00)).toEqual([
      {
        kind: 'breakerTripped',
        code: 'account/daily-loss',
        reason: 'Loss of the day ₹5,000.00, limit ₹5,000.00.',
        limit: 5_000_00,
        value: 5_000_00,
        until: null,
        at: play.now,
      },
      { kind: 'closingCompleted', orders: [], at: play.now },
    ]);
    expect(play.state.money.halted).toMatchObject({ code: 'account/daily-loss', until: null, closes: true });
  });

  it('trips at the weekly loss, and not a paisa before', () => {
    const play = new AccountPlay({ limits: { weeklyLoss } });
    play.day(TUESDAY, 96_000_00);
    expect(play.valued(94_000_01)).toEqual([]);
    expect(play.valued(94_000_00)[0]).toMatchObject({
      kind: 'breakerTripped',
      code: 'account/weekly-loss',
      limit: 6_000_00,
      value: 6_000_00,
    });
  });

  it('trips at the fall from the peak, and not a paisa before', () => {
    const play = new AccountPlay({ limits: { dailyLoss: null } });
    play.day(TUESDAY, 1_02_000_00);
    expect(play.valued(86_700_01)).toEqual([]);
    expect(play.valued(86_700_00)[0]).toMatchObject({
      kind: 'breakerTripped',
      code: 'account/drawdown',
      limit: 15_300_00,
      value: 15_300_00,
    });
  });

  it('trips at the fall from a peak that it has had in between, which it tells of', () => {
    const play = new AccountPlay({ limits: { dailyLoss: null } });
    expect(play.valued(1_00_749_99)).toEqual([]);
    expect(play.valued(1_10_000_00)).toEqual([{ kind: 'equityPeaked', equityPaise: 1_10_000_00, at: play.now }]);
    expect(play.valued(1_10_000_00)).toEqual([]);
    expect(play.valued(93_500_01)).toEqual([]);
    expect(play.valued(93_500_00)[0]).toMatchObject({ kind: 'breakerTripped', code: 'account/drawdown', limit: 16_500_00 });
  });

  it('tells of no peak where no fall is limited, nor before its first day', () => {
    const unlimited = new AccountPlay({ limits: { maxDrawdown: null } });
    expect(unlimited.valued(2_00_000_00)).toEqual([]);
    const { decider } = unlimited;
    expect(decider.decide(decider.initial, { kind: 'valued', equityPaise: 2_00_000_00, held: [], at: 1 })).toEqual([]);
  });

  it('tells of a peak and of a target that is reached with it', () => {
    const play = new AccountPlay({ limits: { profitTargets: { weekPaise: 5_000_00, monthPaise: null, stop: false } } });
    expect(play.valued(1_06_000_00).map(({ kind }) => kind)).toEqual(['equityPeaked', 'profitTargetReached']);
  });

  it('trips on whatever else is found to be as bad as its limit allows: orders rejected one after the other', () => {
    const play = new AccountPlay();
    expect(play.found()[0]).toEqual({ kind: 'breakerTripped', ...REJECTIONS, until: null, at: play.now });
  });

  it('trips the worst one first, and one at a time', () => {
    const play = new AccountPlay({ limits: { weeklyLoss } });
    expect(play.valued(80_000_00)[0]).toMatchObject({ code: 'account/drawdown' });
    expect(play.valued(70_000_00)).toEqual([]);
    expect(play.found()).toEqual([]);
  });

  it('waits for a person, or for the end of the day or week where that is so set', () => {
    const untilOf = (words: RuleWords, equityPaise: number): unknown => {
      const play = new AccountPlay({ ...words, limits: { weeklyLoss: { kind: 'money', paise: 8_000_00 } } });
      return play.valued(equityPaise)[0];
    };
    expect(untilOf({ rearm: 'byHand' }, 95_000_00)).toMatchObject({ code: 'account/daily-loss', until: null });
    expect(untilOf({ rearm: 'nextPeriod' }, 95_000_00)).toMatchObject({ code: 'account/daily-loss', until: TUESDAY });
    expect(untilOf({ rearm: 'nextPeriod' }, 92_000_00)).toMatchObject({ code: 'account/weekly-loss', until: NEXT_MONDAY });
    expect(untilOf({ rearm: 'nextPeriod' }, 85_000_00)).toMatchObject({ code: 'account/drawdown', until: null });
    expect(new AccountPlay({ rearm: 'nextPeriod' }).found()[0]).toMatchObject({ code: 'account/rejections', until: null });
  });

  it('has nothing to say before the first day', () => {
    const { decider } = new AccountPlay();
    expect(decider.decide(decider.initial, { kind: 'valued', equityPaise: 0, held: [], at: 1 })).toEqual([]);
  });
});

describe('what a tripped breaker closes', () => {
  it('leaves in order: the sold first, what was bought on the same underlying when nothing is sold there any more', () => {
    const [straddle, hedge, bank] = [sold('straddle'), bought('hedge'), bought('bank', 'NSE_INDEX:BANKNIFTY')];
    const play = new AccountPlay();
    expect(kindsOf(play.valued(95_000_00, [hedge, straddle, bank]))).toEqual(['breakerTripped', 'closingRequested']);
    expect(askedBy(play.events)).toEqual(['straddle', 'bank']);
    expect(play.heldChanged([hedge, straddle])).toEqual([]);
    expect(play.heldChanged([hedge])).toEqual([{ kind: 'closingRequested', instances: ['hedge'], at: play.now }]);
    expect(play.heldChanged([hedge])).toEqual([]);
    play.post({ closedBy: ['st-2', 'ba-2', 'he-2'] });
    expect(play.heldChanged([])).toEqual([{ kind: 'closingCompleted', orders: ['st-2', 'ba-2', 'he-2'], at: play.now }]);
    expect(play.heldChanged([])).toEqual([]);
  });

  it('keeps a hedge for as long as any set is sold on its underlying', () => {
    const play = tripped({}, [bought('hedge'), sold('one'), sold('two')]);
    expect(askedBy(play.events)).toEqual(['one', 'two']);
    expect(play.heldChanged([bought('hedge'), sold('two')])).toEqual([]);
    expect(askedBy(play.heldChanged([bought('hedge')]))).toEqual(['hedge']);
  });

  it('is also what turns up late, while it closes', () => {
    const play = tripped({}, [bought('one')]);
    expect(askedBy(play.heldChanged([bought('one'), bought('late')]))).toEqual(['late']);
  });

  it('is nothing more once all of it has left', () => {
    const play = tripped({}, [bought('one')]);
    expect(kindsOf(play.heldChanged([]))).toEqual(['closingCompleted']);
    expect(play.heldChanged([bought('late')])).toEqual([]);
    expect(play.state).toMatchObject({ closing: null, money: { halted: { closes: true } } });
  });

  it('is asked again by another breaker, after a person has re-armed the account', () => {
    const play = tripped({}, [bought('one')]);
    play.rearm(95_000_00);
    expect(askedBy(play.found([bought('one')]))).toEqual(['one']);
  });

  it('begins its list of orders anew with each breaker', () => {
    const play = tripped({}, [bought('one')]);
    play.post({ closedBy: ['on-2'] });
    play.heldChanged([]);
    play.rearm(95_000_00);
    expect(play.found().at(-1)).toEqual({ kind: 'closingCompleted', orders: [], at: play.now });
  });
});

describe('a position that the broker has otherwise', () => {
  it('is told with both numbers, and stops the account until a person has looked into it; nothing is closed', () => {
    const play = new AccountPlay();
    expect(play.compared(50, 50)).toEqual([]);
    expect(play.compared(50, 0)).toEqual([
      { kind: 'positionMismatched', instrument: 'NSE:RELIANCE', expected: 50, found: 0, at: play.now },
    ]);
    expect(play.state).toMatchObject({
      closing: null,
      disputed: { 'NSE:RELIANCE': -50 },
      money: {
        halted: {
          code: 'account/position-mismatch',
          reason: 'The broker has 0 of NSE:RELIANCE, our sets hold 50.',
          until: null,
          closes: false,
        },
      },
    });
  });

  it('is told again only when it differs otherwise, and when it agrees', () => {
    const play = new AccountPlay();
    play.compared(50, 0);
    expect(play.compared(50, 0)).toEqual([]);
    expect(play.compared(100, 50)).toEqual([]);
    expect(play.compared(50, 20)).toMatchObject([{ kind: 'positionMismatched', found: 20 }]);
    expect(play.compared(20, 20)).toEqual([{ kind: 'positionAgreed', instrument: 'NSE:RELIANCE', at: play.now }]);
    expect(play.compared(20, 20)).toEqual([]);
    expect(play.state).toMatchObject({ disputed: {}, money: { halted: { code: 'account/position-mismatch' } } });
  });

  it('is compared without what a person says is none of ours', () => {
    const play = new AccountPlay();
    const ignored = { by: 'asha', instrument: 'NSE:RELIANCE', quantity: -20, at: play.now } as const;
    expect(play.tell({ kind: 'ignore', ...ignored })).toEqual([{ kind: 'positionIgnored', ...ignored }]);
    expect(play.compared(50, 30)).toEqual([]);
    expect(play.compared(50, 50)).toMatchObject([{ kind: 'positionMismatched', expected: 50, found: 70 }]);
  });

  it('keeps no breaker from tripping, and still waits for a person when the breaker’s day is over', () => {
    const play = new AccountPlay({ rearm: 'nextPeriod' });
    play.compared(50, 0);
    expect(play.valued(95_000_00, [bought('one')])).toMatchObject([{ kind: 'breakerTripped', until: null }, { instances: ['one'] }]);
    expect(kindsOf(play.day(TUESDAY, 95_000_00))).toEqual(['accountDayStarted']);
  });

  it('has a breaker that closes already wait for a person, too, and lets it close', () => {
    const play = tripped({ rearm: 'nextPeriod' }, [bought('one')]);
    play.compared(50, 0);
    expect(play.state).toMatchObject({ closing: ['one'], money: { halted: { until: null, closes: true } } });
    expect(kindsOf(play.heldChanged([]))).toEqual(['closingCompleted']);
    expect(kindsOf(play.day(TUESDAY, 95_000_00))).toEqual(['accountDayStarted']);
  });

  it('may go on differing when a person re-arms the account all the same', () => {
    const play = new AccountPlay();
    play.compared(50, 0);
    play.rearm(CAPITAL);
    expect(play.compared(50, 0)).toEqual([]);
    expect(play.state).toMatchObject({ disputed: { 'NSE:RELIANCE': -50 }, money: { halted: null } });
  });
});

describe('re-arming', () => {
  it('is for an account that is halted', () => {
    expect(new AccountPlay().rearm(CAPITAL)).toEqual([]);
  });

  it('by a person accepts the losses: limits count from there', () => {
    const play = tripped({ limits: { weeklyLoss } });
    expect(play.rearm(94_000_00)).toEqual([{ kind: 'accountRearmed', by: 'asha', equityPaise: 94_000_00, at: play.now }]);
    expect(play.state).toMatchObject({ closing: null, money: { halted: null, peakEquityPaise: 94_000_00 } });
    expect(play.valued(89_000_01)).toEqual([]);
    expect(play.valued(89_000_00)[0]).toMatchObject({ code: 'account/daily-loss', value: 5_000_00 });
  });

  it('begins the count of rejected orders anew', () => {
    const play = new AccountPlay();
    play.post({ rejections: 5 });
    play.found();
    play.rearm(CAPITAL);
    expect(play.state.rejections).toBe(0);
    const byCalendar = tripped({ rearm: 'nextPeriod' });
    byCalendar.post({ rejections: 4 });
    byCalendar.day(TUESDAY, 95_000_00);
    expect(byCalendar.state.rejections).toBe(0);
  });

  it('by the calendar comes with the day, and accepts nothing: the week and the peak count on', () => {
    const play = tripped({ limits: { weeklyLoss }, rearm: 'nextPeriod' });
    expect(play.day(TUESDAY, 95_000_00)).toEqual([
      { kind: 'haltEnded', code: 'account/daily-loss', at: play.now },
      { kind: 'accountDayStarted', date: TUESDAY, equityPaise: 95_000_00, at: play.now },
    ]);
    expect(play.state.money).toMatchObject({ halted: null, peakEquityPaise: CAPITAL });
    expect(play.valued(94_000_01)).toEqual([]);
    expect(play.valued(94_000_00)[0]).toMatchObject({ code: 'account/weekly-loss', value: 6_000_00, until: NEXT_MONDAY });
    expect(kindsOf(play.day(WEDNESDAY, 94_000_00))).toEqual(['accountDayStarted']);
    expect(kindsOf(play.day(NEXT_MONDAY, 94_000_00))).toEqual(['haltEnded', 'accountDayStarted']);
  });

  it('by the calendar comes late where its date was a holiday', () => {
    const play = tripped({ rearm: 'nextPeriod' });
    expect(kindsOf(play.day(WEDNESDAY, 95_000_00))).toEqual(['haltEnded', 'accountDayStarted']);
  });

  it('by the calendar never comes to what waits for a person', () => {
    const play = new AccountPlay({ rearm: 'nextPeriod' });
    play.found();
    for (const date of [TUESDAY, WEDNESDAY, NEXT_MONDAY, DECEMBER]) expect(kindsOf(play.day(date, CAPITAL))).toEqual(['accountDayStarted']);
    expect(play.state.money.halted?.code).toBe('account/rejections');
  });
});

describe('a profit target', () => {
  it('is told once a week, and once a month', () => {
    const play = new AccountPlay(targets({ weekPaise: 2_000_00, monthPaise: 9_000_00 }));
    expect(play.valued(1_01_999_99)).toEqual([]);
    expect(play.valued(1_02_000_00)).toEqual([
      {
        kind: 'profitTargetReached',
        code: 'account/week-profit-target',
        reason: 'Profit ₹2,000.00, target ₹2,000.00.',
        limit: 2_000_00,
        value: 2_000_00,
        period: MONDAY,
        until: null,
        at: play.now,
      },
    ]);
    expect(play.state.money.halted).toBeNull();
    expect(play.valued(1_03_000_00)).toEqual([]);
    expect(play.day(TUESDAY, 1_01_000_00)).toHaveLength(1);
    expect(play.valued(1_03_000_00)).toEqual([]);
    expect(play.valued(1_09_000_00)).toMatchObject([{ code: 'account/month-profit-target', period: '2026-11-01' }]);
    play.day(NEXT_MONDAY, 1_09_000_00);
    expect(play.valued(1_11_000_00)).toMatchObject([{ code: 'account/week-profit-target', period: NEXT_MONDAY }]);
    expect(play.valued(1_12_000_00)).toEqual([]);
  });

  it('of the month is told before that of the week, one at a time', () => {
    const play = new AccountPlay(targets({ weekPaise: 2_000_00, monthPaise: 3_000_00 }));
    expect(play.valued(1_05_000_00)).toMatchObject([{ code: 'account/month-profit-target' }]);
    expect(play.valued(1_05_000_00)).toMatchObject([{ code: 'account/week-profit-target' }]);
    expect(play.valued(1_05_000_00)).toEqual([]);
  });

  it('stops entries until its period ends, where that is so set, and closes nothing', () => {
    const play = new AccountPlay(targets({ weekPaise: 2_000_00, stop: true }));
    expect(play.valued(1_02_000_00, [bought('one')])).toMatchObject([{ kind: 'profitTargetReached', until: NEXT_MONDAY }]);
    expect(play.state).toMatchObject({
      closing: null,
      money: { halted: { code: 'account/week-profit-target', until: NEXT_MONDAY, closes: false } },
    });
    expect(kindsOf(play.day(TUESDAY, 1_02_000_00))).toEqual(['accountDayStarted']);
    expect(kindsOf(play.day(NEXT_MONDAY, 1_02_000_00))).toEqual(['haltEnded', 'accountDayStarted']);
  });

  it('that stops keeps no breaker from tripping', () => {
    const play = new AccountPlay(targets({ weekPaise: 2_000_00, stop: true }));
    play.valued(1_02_000_00);
    expect(askedBy(play.valued(95_000_00, [bought('one')]))).toEqual(['one']);
    expect(play.state.money.halted).toMatchObject({ code: 'account/daily-loss', closes: true });
  });

  it('that stops does so to the end of its period, though a breaker has tripped meanwhile whose own ends before', () => {
    const play = new AccountPlay({ ...targets({ weekPaise: 2_000_00, stop: true }), rearm: 'nextPeriod' });
    play.valued(1_02_000_00);
    expect(play.valued(95_000_00)[0]).toMatchObject({ code: 'account/daily-loss', until: NEXT_MONDAY });
    expect(kindsOf(play.day(TUESDAY, 95_000_00))).toEqual(['accountDayStarted']);
    expect(kindsOf(play.day(NEXT_MONDAY, 95_000_00))).toEqual(['haltEnded', 'accountDayStarted']);
  });

  it('that stops waits until a breaker is over that had halted the account before', () => {
    const play = new AccountPlay({ ...targets({ weekPaise: 2_000_00, stop: true }), rearm: 'nextPeriod' });
    play.valued(95_000_00);
    expect(play.valued(1_03_000_00)).toEqual([]);
    play.day(TUESDAY, 1_03_000_00);
    expect(play.valued(1_03_000_00)).toMatchObject([{ kind: 'profitTargetReached', until: NEXT_MONDAY }]);
  });
});

describe('an account', () => {
  it('books what a contract note asks for, if anything', () => {
    const play = new AccountPlay();
    const { now: at } = play;
    expect(play.tell({ kind: 'noteMade', date: MONDAY, adjustmentPaise: 0, at })).toEqual([]);
    expect(play.tell({ kind: 'noteMade', date: MONDAY, adjustmentPaise: -37, at })).toEqual([
      { kind: 'chargesAdjusted', date: MONDAY, chargesPaise: -37, at },
    ]);
    expect(play.state.money).toMatchObject({ cashPaise: 37, chargesPaise: -37 });
  });

  it('knows since when its line is down, and hears once that it is', () => {
    const play = new AccountPlay();
    const { now: at } = play;
    expect(play.tell({ kind: 'lineChanged', line: 'up', at })).toEqual([]);
    expect(play.tell({ kind: 'lineChanged', line: 'down', at })).toEqual([{ kind: 'lineLost', at }]);
    expect(play.tell({ kind: 'lineChanged', line: 'down', at: at + 1 })).toEqual([]);
    expect(play.state.lineDownSince).toBe(at);
    expect(play.tell({ kind: 'lineChanged', line: 'up', at: at + 2 })).toEqual([{ kind: 'lineRestored', at: at + 2 }]);
    expect(play.state.lineDownSince).toBeNull();
  });

  it('keeps who had a set take over what the broker has', () => {
    const play = new AccountPlay();
    const adopted = { by: 'asha', instance: 'one', instrument: 'NSE:RELIANCE', quantity: 50, at: play.now } as const;
    expect(play.tell({ kind: 'adopt', ...adopted })).toEqual([{ kind: 'positionAdopted', ...adopted }]);
  });
});

describe('an account, whatever happens to it', () => {
  /** Lets a script happen, and looks at the account after each input. */
  const always = (
    look: (events: readonly AccountEvent[], play: AccountPlay, before: GuardedAccount) => void,
    begin = (): void => undefined,
  ): void =>
    fc.assert(
      fc.property(ruleWords(), scripts(), (words, script) => {
        begin();
        const play = new AccountPlay(words);
        for (const happening of script) {
          const before = play.state;
          look(play.tell(happening(play)), play, before);
        }
      }),
      { numRuns: 200 },
    );

  it('is closing or closed when a breaker has halted it', () => {
    let closed = false;
    always(
      (events, { state }) => {
        for (const { kind } of events) {
          if (kind === 'breakerTripped') closed = false;
          if (kind === 'closingCompleted') closed = true;
        }
        if (state.money.halted?.closes === true) expect(state.closing === null).toBe(closed);
        else expect(state.closing).toBeNull();
      },
      () => {
        closed = false;
      },
    );
  });

  it('asks nobody to leave twice by one breaker', () => {
    const asked = new Set<string>();
    always(
      (events) => {
        for (const event of events) {
          if (event.kind === 'breakerTripped') asked.clear();
          if (event.kind !== 'closingRequested') continue;
          for (const instance of event.instances) {
            expect(asked.has(instance)).toBe(false);
            asked.add(instance);
          }
        }
      },
      () => asked.clear(),
    );
  });

  it('has asked all that is held to leave while a breaker closes, but for what hedges something sold', () => {
    fc.assert(
      fc.property(ruleWords(), scripts(), (words, script) => {
        const play = new AccountPlay(words);
        for (const happening of script) {
          const input = happening(play);
          const before = play.state;
          const events = play.tell(input);
          const decides = input.kind === 'heldChanged' || events.some(({ kind }) => kind === 'breakerTripped');
          if (!decides || !('held' in input) || (play.state.closing === null && before.closing === null)) continue;
          const { held } = input;
          if (held.length === 0) expect(play.state.closing).toBeNull();
          for (const { instance, underlying, short } of held) {
            const hedges = !short && held.some((other) => other.short && other.underlying === underlying);
            // One that hedges now may have been asked before the other was sold.
            if (!hedges) expect(play.state.closing).toContain(instance);
            else if (askedBy(events).includes(instance)) expect.fail(`${instance} hedges and was asked to leave.`);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('trips one breaker at a time, and stays halted until a person or the calendar says otherwise', () =>
    always((events, { state }, before) => {
      const wasTripped = before.money.halted?.closes === true;
      const ends = events.some(({ kind }) => kind === 'accountRearmed' || kind === 'haltEnded');
      if (!wasTripped) return;
      expect(kindsOf(events)).not.toContain('breakerTripped');
      if (!ends) expect(state.money.halted?.closes).toBe(true);
    }));

  it('waits for a person once anything waits for one', () =>
    always((events, { state }, before) => {
      const { halted } = before.money;
      if (halted === null || halted.until !== null || kindsOf(events).includes('accountRearmed')) return;
      expect(state.money.halted).toMatchObject({ until: null });
    }));

  it('is armed again by the calendar on the date that the halt names, and not before', () =>
    always((events, _, before) => {
      const started = events.find((event) => event.kind === 'accountDayStarted');
      if (started?.kind !== 'accountDayStarted') return;
      // What a breaker closes is closed first.
      const until = before.closing === null ? (before.money.halted?.until ?? null) : null;
      expect(kindsOf(events)).toEqual(until !== null && until <= started.date ? ['haltEnded', 'accountDayStarted'] : ['accountDayStarted']);
    }));

  it('tells a profit target once in its week or month', () => {
    const told = new Set<string>();
    always(
      (events) => {
        for (const event of events) {
          if (event.kind !== 'profitTargetReached') continue;
          expect(told.has(`${event.code} ${event.period}`)).toBe(false);
          told.add(`${event.code} ${event.period}`);
        }
      },
      () => told.clear(),
    );
  });

  it('enters nothing before the end of the period for which a profit target has stopped it, unless a person says so', () => {
    let stoppedUntil: string | null = null;
    always(
      (events, { state }) => {
        for (const event of events) {
          if (event.kind === 'profitTargetReached' && event.until !== null) stoppedUntil = event.until;
          if (event.kind === 'accountRearmed') stoppedUntil = null;
        }
        const today = state.money.day?.from ?? '';
        if (stoppedUntil !== null && today < stoppedUntil) expect(state.money.halted).not.toBeNull();
      },
      () => {
        stoppedUntil = null;
      },
    );
  });

  it('says when: no event is of another time than its input', () =>
    always((events, { now }) => {
      for (const { at } of events) expect(at).toBe(now);
    }));

  it('resumes from JSON, under other rules too', () =>
    fc.assert(
      fc.property(ruleWords(), scripts(), ruleWords(), (words, script, otherWords) => {
        const play = new AccountPlay(words);
        for (const happening of script) play.tell(happening(play));
        const journal: AccountEvent[] = JSON.parse(JSON.stringify(play.events));
        expect(fold(new AccountPlay(otherWords).decider, journal)).toEqual(play.state);
        expect(isDeepStrictEqual(JSON.parse(JSON.stringify(play.state)), play.state)).toBe(true);
      }),
      { numRuns: 200 },
    ));
});
