import type { InstrumentKey } from '../market/instrument.js';
import { unreachable } from '../primitives/assert.js';
import type { Decider } from '../primitives/decider.js';
import type { InstanceId } from '../primitives/ids.js';
import type { Paise } from '../primitives/money.js';
import type { EpochMs, TradingDate } from '../primitives/time.js';
import { accountDecisions, nextPeak } from './account-decisions.js';
import type { AccountEvent, Finding } from './account-event.js';
import type { AccountLimits } from './account-limits.js';
import { evolveAccount, type GuardedAccount, newAccount } from './guarded-account.js';

/** What a set has open, for the order in which a tripped breaker closes it. */
export interface HeldBySet {
  readonly instance: InstanceId;
  readonly underlying: InstrumentKey;
  /** Whether it is sold, or may be yet: an entry is under way. */
  readonly short: boolean;
}

/** What an account is told. */
export type AccountInput = AccountInputBody & { readonly at: EpochMs };

type AccountInputBody =
  | { readonly kind: 'dayBegan'; readonly date: TradingDate; readonly equityPaise: Paise }
  /** Equity has left the band within which there is nothing to decide. */
  | { readonly kind: 'valued'; readonly equityPaise: Paise; readonly held: readonly HeldBySet[] }
  /** Something else than money is as bad as its limit allows: rejections, a stale feed, a lost line, clocks that differ. */
  | ({ readonly kind: 'found'; readonly held: readonly HeldBySet[] } & Finding)
  /** What is held has changed while a breaker closes it. */
  | { readonly kind: 'heldChanged'; readonly held: readonly HeldBySet[] }
  | { readonly kind: 'rearm'; readonly by: string; readonly equityPaise: Paise }
  | { readonly kind: 'noteMade'; readonly date: TradingDate; readonly adjustmentPaise: Paise }
  | { readonly kind: 'lineChanged'; readonly line: 'up' | 'down' }
  | {
      readonly kind: 'compared';
      readonly instrument: InstrumentKey;
      readonly expected: number;
      readonly found: number;
    }
  | { readonly kind: 'ignore'; readonly by: string; readonly instrument: InstrumentKey; readonly quantity: number }
  | {
      readonly kind: 'adopt';
      readonly by: string;
      readonly instance: InstanceId;
      readonly instrument: InstrumentKey;
      readonly quantity: number;
    };

/** What an account decides by. */
export interface AccountRules {
  readonly capitalPaise: Paise;
  readonly limits: AccountLimits;
  /** Who lets it trade again after a day's or week's loss: a person, or the calendar when the period is over. */
  readonly rearm: 'byHand' | 'nextPeriod';
}

const NOTHING: readonly AccountEvent[] = [];

/** An account's circuit breakers: trips at its limits, closes what its sets hold in order, and waits to be re-armed. */
export const accountDecider = (rules: AccountRules): Decider<GuardedAccount, AccountInput, AccountEvent> => ({
  initial: newAccount(rules.capitalPaise),
  decide: (state, input) => decide(rules, state, input),
  evolve: evolveAccount,
});

function decide(rules: AccountRules, state: GuardedAccount, input: AccountInput): readonly AccountEvent[] {
  const { at } = input;
  switch (input.kind) {
    case 'dayBegan':
      return dayBegan(state, input);
    case 'valued':
      return valued(rules, state, input);
    case 'found':
      return tripped(state, input, null, input.held, at);
    case 'heldChanged':
      return closeNext(state, input.held, at);
    case 'rearm':
      return state.money.halted === null ? NOTHING : [{ kind: 'accountRearmed', by: input.by, equityPaise: input.equityPaise, at }];
    case 'noteMade':
      return input.adjustmentPaise === 0
        ? NOTHING
        : [{ kind: 'chargesAdjusted', date: input.date, chargesPaise: input.adjustmentPaise, at }];
    case 'lineChanged':
      if ((state.lineDownSince === null) === (input.line === 'up')) return NOTHING;
      return [input.line === 'up' ? { kind: 'lineRestored', at } : { kind: 'lineLost', at }];
    case 'compared':
      return compared(state, input);
    case 'ignore':
      return [{ kind: 'positionIgnored', by: input.by, instrument: input.instrument, quantity: input.quantity, at }];
    case 'adopt':
      return [
        { kind: 'positionAdopted', by: input.by, instance: input.instance, instrument: input.instrument, quantity: input.quantity, at },
      ];
    default:
      return unreachable(input);
  }
}

type Input<Kind extends AccountInput['kind']> = Extract<AccountInput, { kind: Kind }>;

/** A day begins once, also when the engine is started again on it. */
function dayBegan(
  { closing, money: { halted, day } }: GuardedAccount,
  { date, equityPaise, at }: Input<'dayBegan'>,
): readonly AccountEvent[] {
  if (day?.from === date) return NOTHING;
  const started: AccountEvent = { kind: 'accountDayStarted', date, equityPaise, at };
  // What a breaker closes is closed first, however many days it takes.
  const over = closing === null && halted?.until != null && halted.until <= date;
  return over ? [{ kind: 'haltEnded', code: halted.code, at }, started] : [started];
}

function valued(rules: AccountRules, state: GuardedAccount, input: Input<'valued'>): readonly AccountEvent[] {
  const { equityPaise, at } = input;
  const reached = limitsReached(rules, state, input);
  return state.money.day === null || equityPaise < nextPeak(state.money, rules.limits)
    ? reached
    : [{ kind: 'equityPeaked', equityPaise, at }, ...reached];
}

function limitsReached(rules: AccountRules, state: GuardedAccount, { equityPaise, held, at }: Input<'valued'>): readonly AccountEvent[] {
  for (const { code, reason, limitPaise: limit, valuePaise: value, effect, period } of accountDecisions(
    state.money,
    equityPaise,
    rules.limits,
  )) {
    const finding: Finding = { code, reason, limit, value };
    if (effect === 'trip') {
      const events = tripped(state, finding, rules.rearm === 'nextPeriod' ? (period?.until ?? null) : null, held, at);
      if (events.length > 0) return events;
    } else if (period !== null && !wasTold(state, code, period.from) && !(effect === 'stop' && state.money.halted?.closes === true)) {
      // A stop that comes while a breaker has the account halted would end with the breaker: it waits until that is over.
      return [{ kind: 'profitTargetReached', ...finding, period: period.from, until: effect === 'stop' ? period.until : null, at }];
    }
  }
  return NOTHING;
}

const wasTold = ({ toldTargets }: GuardedAccount, code: string, period: TradingDate): boolean =>
  (code === 'account/week-profit-target' ? toldTargets.week : toldTargets.month) === period;

/** One breaker trips at a time; what has tripped stays so until the account is re-armed. */
function tripped(
  state: GuardedAccount,
  { code, reason, limit, value }: Finding,
  until: TradingDate | null,
  held: readonly HeldBySet[],
  at: EpochMs,
): readonly AccountEvent[] {
  const { halted } = state.money;
  if (halted?.closes === true) return NOTHING;
  // A stop that lasts longer than the breaker that takes its place is not shortened by it.
  const lasts = halted === null ? until : laterOf(until, halted.until);
  const event: AccountEvent = { kind: 'breakerTripped', code, reason, limit, value, until: lasts, at };
  return [event, ...closeNext(evolveAccount(state, event), held, at)];
}

/** The later of two dates; what waits for a person, with `null`, is later than any. */
const laterOf = (one: TradingDate | null, other: TradingDate | null): TradingDate | null =>
  one === null || other === null ? null : one > other ? one : other;

/** The sold first; what was bought on an underlying hedges what is sold on it, and goes when nothing is sold there any more. */
function closeNext(state: GuardedAccount, held: readonly HeldBySet[], at: EpochMs): readonly AccountEvent[] {
  const { closing, closedBy } = state;
  if (closing === null) return NOTHING;
  if (held.length === 0) {
    const { halted, day } = state.money;
    const over = halted?.until != null && day !== null && halted.until <= day.from;
    const completed: AccountEvent = { kind: 'closingCompleted', orders: closedBy, at };
    return over ? [completed, { kind: 'haltEnded', code: halted.code, at }] : [completed];
  }
  const sold = new Set(held.filter(({ short }) => short).map(({ underlying }) => underlying));
  const next = held.filter(({ instance, short, underlying }) => !closing.includes(instance) && (short || !sold.has(underlying)));
  return next.length === 0 ? NOTHING : [{ kind: 'closingRequested', instances: next.map(({ instance }) => instance), at }];
}

/** A difference stops the account and closes nothing: what to do about it, a person has to say. */
function compared(state: GuardedAccount, { instrument, expected, found, at }: Input<'compared'>): readonly AccountEvent[] {
  const ours = found - (state.ignored[instrument] ?? 0);
  if (ours - expected === (state.disputed[instrument] ?? 0)) return NOTHING;
  return [
    ours === expected ? { kind: 'positionAgreed', instrument, at } : { kind: 'positionMismatched', instrument, expected, found: ours, at },
  ];
}
