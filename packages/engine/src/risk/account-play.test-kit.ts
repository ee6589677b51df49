import fc from 'fast-check';

import type { Decider } from '../primitives/decider.js';
import { atIst, type EpochMs, minuteOfDay, type TradingDate } from '../primitives/time.js';
import { type AccountInput, type AccountRules, accountDecider, type HeldBySet } from './account-decider.js';
import type { AccountEvent, Finding } from './account-event.js';
import type { AccountLimits } from './account-limits.js';
import type { GuardedAccount } from './guarded-account.js';
import { defaultLimits } from './presets.js';

export const CAPITAL = 1_00_000_00;

/** A Monday to Wednesday, and the Monday after; the Tuesday after that is in another month. */
export const MONDAY = '2026-11-23';
export const TUESDAY = '2026-11-24';
export const WEDNESDAY = '2026-11-25';
export const NEXT_MONDAY = '2026-11-30';
export const DECEMBER = '2026-12-01';

/** Five orders in a row were rejected. */
export const REJECTIONS: Finding = { code: 'account/rejections', reason: '5 orders in a row were rejected, limit 5.', limit: 5, value: 5 };

/** What a set over an underlying holds. */
export const bought = (instance: string, underlying = 'NSE_INDEX:NIFTY'): HeldBySet => ({ instance, underlying, short: false });
export const sold = (instance: string, underlying = 'NSE_INDEX:NIFTY'): HeldBySet => ({ instance, underlying, short: true });

/** What a test says of an account's rules; the rest is usual. */
export interface RuleWords {
  readonly limits?: Partial<AccountLimits>;
  readonly rearm?: AccountRules['rearm'];
}

/** An account on a stage: a test tells it what happens and reads what it journals. It begins on the Monday, with its capital. */
export class AccountPlay {
  readonly decider: Decider<GuardedAccount, AccountInput, AccountEvent>;
  readonly events: AccountEvent[] = [];
  now: EpochMs = atIst(MONDAY, minuteOfDay('09:15'));
  #state: GuardedAccount;

  constructor({ limits = {}, rearm = 'byHand' }: RuleWords = {}) {
    this.decider = accountDecider({ capitalPaise: CAPITAL, limits: { ...defaultLimits, ...limits }, rearm });
    this.#state = this.decider.initial;
    this.day(MONDAY, CAPITAL);
  }

  get state(): GuardedAccount {
    return this.#state;
  }

  tell(input: AccountInput): readonly AccountEvent[] {
    const events = this.decider.decide(this.#state, input);
    for (const event of events) this.#state = this.decider.evolve(this.#state, event);
    this.events.push(...events);
    return events;
  }

  /** Puts in place what the sets' own events have brought, which the account's decider does not see. */
  post(change: Partial<Pick<GuardedAccount, 'closedBy' | 'rejections' | 'recentNetPaise'>>): void {
    this.#state = { ...this.#state, ...change };
  }

  day(date: TradingDate, equityPaise: number): readonly AccountEvent[] {
    this.now = atIst(date, minuteOfDay('09:15'));
    return this.tell({ kind: 'dayBegan', date, equityPaise, at: this.now });
  }

  valued(equityPaise: number, held: readonly HeldBySet[] = []): readonly AccountEvent[] {
    return this.tell({ kind: 'valued', equityPaise, held, at: this.now });
  }

  found(held: readonly HeldBySet[] = [], finding: Finding = REJECTIONS): readonly AccountEvent[] {
    return this.tell({ kind: 'found', ...finding, held, at: this.now });
  }

  heldChanged(held: readonly HeldBySet[]): readonly AccountEvent[] {
    return this.tell({ kind: 'heldChanged', held, at: this.now });
  }

  compared(expected: number, found: number): readonly AccountEvent[] {
    return this.tell({ kind: 'compared', instrument: 'NSE:RELIANCE', expected, found, at: this.now });
  }

  rearm(equityPaise: number): readonly AccountEvent[] {
    return this.tell({ kind: 'rearm', by: 'asha', equityPaise, at: this.now });
  }
}

/** The kinds of a list of events, in order. */
export const kindsOf = (events: readonly AccountEvent[]): readonly string[] => events.map(({ kind }) => kind);

/** Who is asked to leave by a list of events, in order. */
export const askedBy = (events: readonly AccountEvent[]): readonly string[] =>
  events.flatMap((event) => (event.kind === 'closingRequested' ? event.instances : []));

/** Rules with any mixture of limits. */
export const ruleWords = (): fc.Arbitrary<RuleWords> => {
  const target = fc.option(fc.integer({ min: 1_000_00, max: 20_000_00 }));
  const loss = fc.option(fc.integer({ min: 1_000_00, max: 20_000_00 }).map((paise) => ({ kind: 'money', paise }) as const));
  return fc.record({
    limits: fc.record({
      dailyLoss: loss,
      weeklyLoss: loss,
      maxDrawdown: fc.constantFrom(null, 0.05, 0.1, 0.15),
      profitTargets: fc.record({ weekPaise: target, monthPaise: target, stop: fc.boolean() }),
    }),
    rearm: fc.constantFrom('byHand' as const, 'nextPeriod' as const),
  });
};

/** Something that may happen to an account. */
export type Happening = (play: AccountPlay) => AccountInput;

/** What may happen to an account in two weeks: days begin, equity moves, sets come and go, people give commands, the line goes down and up. */
export const scripts = (): fc.Arbitrary<readonly Happening[]> => {
  const equity = fc.integer({ min: 70_000_00, max: 1_30_000_00 });
  const set = fc.record({
    instance: fc.constantFrom('a', 'b', 'c', 'd'),
    underlying: fc.constantFrom('NSE_INDEX:NIFTY', 'NSE_INDEX:BANKNIFTY'),
    short: fc.boolean(),
  });
  const held = fc.uniqueArray(set, { maxLength: 4, selector: ({ instance }) => instance });
  const dates = [MONDAY, TUESDAY, WEDNESDAY, NEXT_MONDAY, DECEMBER];
  const happening: fc.Arbitrary<Happening> = fc.oneof(
    {
      weight: 2,
      arbitrary: equity.map(
        (equityPaise): Happening =>
          (play) =>
            nextDay(play, dates, equityPaise),
      ),
    },
    {
      weight: 5,
      arbitrary: fc.tuple(equity, held).map(
        ([equityPaise, some]): Happening =>
          ({ now }) => ({ kind: 'valued', equityPaise, held: some, at: now }),
      ),
    },
    {
      weight: 5,
      arbitrary: held.map(
        (some): Happening =>
          ({ now }) => ({ kind: 'heldChanged', held: some, at: now }),
      ),
    },
    {
      weight: 1,
      arbitrary: held.map(
        (some): Happening =>
          ({ now }) => ({ kind: 'found', ...REJECTIONS, held: some, at: now }),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.nat({ max: 1 }).map(
        (found): Happening =>
          ({ now }) => ({ kind: 'compared', instrument: 'NSE:RELIANCE', expected: 0, found, at: now }),
      ),
    },
    {
      weight: 1,
      arbitrary: equity.map(
        (equityPaise): Happening =>
          ({ now }) => ({ kind: 'rearm', by: 'asha', equityPaise, at: now }),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom('up' as const, 'down' as const).map(
        (line): Happening =>
          ({ now }) => ({ kind: 'lineChanged', line, at: now }),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.nat({ max: 1 }).map(
        (quantity): Happening =>
          ({ now }) => ({ kind: 'ignore', by: 'asha', instrument: 'NSE:RELIANCE', quantity, at: now }),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.integer({ min: -200, max: 200 }).map(
        (adjustmentPaise): Happening =>
          ({ now }) => ({ kind: 'noteMade', date: MONDAY, adjustmentPaise, at: now }),
      ),
    },
  );
  return fc.array(happening, { minLength: 1, maxLength: 40, size: 'max' });
};

/** The day after the present one, or the present one again after a start: days never go back. */
function nextDay(play: AccountPlay, dates: readonly TradingDate[], equityPaise: number): AccountInput {
  const today = play.state.money.day?.from ?? MONDAY;
  const date = dates.find((one) => one > today) ?? today;
  play.now = atIst(date, minuteOfDay('09:15'));
  return { kind: 'dayBegan', date, equityPaise, at: play.now };
}
