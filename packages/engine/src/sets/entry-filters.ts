import { type EpochMs, formatIst, formatMinuteOfDay, istTimeOfDayMs, MINUTE_MS, tradingDate, weekdayOf } from '../primitives/time.js';
import { countersAt } from './evolve-set.js';
import type { SetConfig } from './set-config.js';
import type { SetState } from './set-state.js';
import type { Signal } from './signal.js';

/** Why a set does not enter on a signal. */
export interface EntryRefusal {
  readonly code: string;
  readonly reason: string;
}

/** What the set's own filters look at. */
export interface EntryView {
  readonly config: SetConfig;
  readonly state: SetState;
  readonly signal: Signal;
  readonly at: EpochMs;
  readonly squareOffAt: EpochMs | null;
}

type EntryFilter = (view: EntryView) => EntryRefusal | null;

/** The first of the set's own filters that refuses an entry; `null` when all let it pass. */
export function entryRefusal(view: EntryView): EntryRefusal | null {
  for (const filter of FILTERS) {
    const refusal = filter(view);
    if (refusal !== null) return refusal;
  }
  return null;
}

const FILTERS: readonly EntryFilter[] = [
  notHalted,
  fresh,
  insideWindow,
  onWeekday,
  beforeSquareOff,
  cooledDown,
  withinDayLoss,
  reentryAllowed,
];

function notHalted({ state }: EntryView): EntryRefusal | null {
  return state.halted === null ? null : { code: 'set/halted', reason: `The set is halted by ${state.halted.by}: ${state.halted.reason}` };
}

function fresh({ config, signal, at }: EntryView): EntryRefusal | null {
  // A signal may have waited for the set's next look at entries.
  if (at - signal.at <= config.staleAfterMs + (config.checks.entryEveryMs ?? 0)) return null;
  return { code: 'set/signal-stale', reason: `The signal of ${formatIst(signal.at)} is older than ${config.staleAfterMs / 1000} seconds.` };
}

function insideWindow({ config: { window }, at }: EntryView): EntryRefusal | null {
  const time = istTimeOfDayMs(at);
  if (time >= window.from * MINUTE_MS && time < window.to * MINUTE_MS) return null;
  return {
    code: 'set/outside-window',
    reason: `${formatIst(at).slice(11)} is outside the entry window ${formatMinuteOfDay(window.from)}–${formatMinuteOfDay(window.to)}.`,
  };
}

function onWeekday({ config, at }: EntryView): EntryRefusal | null {
  return config.weekdays.length === 7 || config.weekdays.includes(weekdayOf(tradingDate(at)))
    ? null
    : { code: 'set/weekday', reason: 'The set does not enter on this weekday.' };
}

function beforeSquareOff({ squareOffAt, at }: EntryView): EntryRefusal | null {
  return squareOffAt === null || at < squareOffAt
    ? null
    : { code: 'set/after-square-off', reason: `Everything is closed at ${formatIst(squareOffAt).slice(11)}.` };
}

function cooledDown({ state, at }: EntryView): EntryRefusal | null {
  return at >= state.coolUntil
    ? null
    : { code: 'set/cooling', reason: `The set waits until ${formatIst(state.coolUntil).slice(11)} after its last exit.` };
}

function withinDayLoss({ config, state, at }: EntryView): EntryRefusal | null {
  const limit = config.exits.set.dayLossPaise;
  if (limit === null) return null;
  const { netPaise } = countersAt(state, at);
  return netPaise > -limit
    ? null
    : { code: 'set/day-loss', reason: `The set has lost ₹${-netPaise / 100} today; its limit is ₹${limit / 100}.` };
}

function reentryAllowed({ config: { reentry }, state, signal, at }: EntryView): EntryRefusal | null {
  const today = countersAt(state, at);
  if (today.entries === 0) return null;
  if (reentry.mode === 'off') return { code: 'set/reentry-off', reason: 'The set enters once a day.' };
  if (reentry.mode === 'signal') return null;
  const sameDirection = signal.direction === 'bearish' ? today.bearishEntries : today.bullishEntries;
  return reentry.times !== null && sameDirection > reentry.times
    ? {
        code: 'set/reentry-limit',
        reason: `The set has entered ${sameDirection} times in this direction today; ${reentry.times} re-entries are allowed.`,
      }
    : null;
}
