import type { InstrumentKey } from '../market/instrument.js';
import { type AccountState, applyPosting, openAccount } from '../portfolio/account.js';
import type { ClientOrderId, FillId, InstanceId } from '../primitives/ids.js';
import type { Paise } from '../primitives/money.js';
import type { EpochMs } from '../primitives/time.js';
import type { ToldTargets } from './account-decisions.js';
import type { AccountEvent } from './account-event.js';

/** An account as risk sees it: its money, and what watches over it. */
export interface GuardedAccount {
  readonly money: AccountState;
  /** The sets that a tripped breaker has asked to leave; `null`: nothing is being closed. */
  readonly closing: readonly InstanceId[] | null;
  /** Orders whose fills have closed something since then. */
  readonly closedBy: readonly ClientOrderId[];
  /** Orders that were rejected one after the other. */
  readonly rejections: number;
  /** The last round trips' results, oldest first, as many as sizes are scaled by. */
  readonly recentNetPaise: readonly Paise[];
  /** First dates of the week and month whose profit target has been told. */
  readonly toldTargets: ToldTargets;
  /** Since when the line to the broker is lost. */
  readonly lineDownSince: EpochMs | null;
  /** Units of instruments that are none of ours, signed. */
  readonly ignored: Readonly<Record<InstrumentKey, number>>;
  /** By how many units the broker's position in an instrument differs from what our sets hold, where it does. */
  readonly disputed: Readonly<Record<InstrumentKey, number>>;
  /** Deals of the day that no order of ours made, and so many units of each that sets have taken over. */
  readonly outsideFills: Readonly<Record<FillId, number>>;
}

const NOBODY: readonly InstanceId[] = [];

/** An account of which nothing has been told yet. */
export const newAccount = (capitalPaise: Paise): GuardedAccount => ({
  money: openAccount(capitalPaise),
  closing: null,
  closedBy: [],
  rejections: 0,
  recentNetPaise: [],
  toldTargets: { week: null, month: null },
  lineDownSince: null,
  ignored: {},
  disputed: {},
  outsideFills: {},
});

/** What is true of an account after one of its own events. */
export function evolveAccount(state: GuardedAccount, event: AccountEvent): GuardedAccount {
  const { money } = state;
  switch (event.kind) {
    case 'accountDayStarted':
      return {
        ...state,
        money: applyPosting(money, { kind: 'dayStarted', date: event.date, equityPaise: event.equityPaise }),
        outsideFills: {},
      };
    case 'equityPeaked':
      return { ...state, money: applyPosting(money, { kind: 'peaked', equityPaise: event.equityPaise }) };
    case 'breakerTripped': {
      const { code, reason, at, until } = event;
      return {
        ...state,
        money: applyPosting(money, { kind: 'halted', code, reason, at, until, closes: true }),
        closing: NOBODY,
        closedBy: [],
      };
    }
    case 'closingRequested':
      return { ...state, closing: [...(state.closing ?? NOBODY), ...event.instances] };
    case 'closingCompleted':
      return { ...state, closing: null };
    case 'accountRearmed':
      return {
        ...state,
        money: applyPosting(money, { kind: 'rearmed', equityPaise: event.equityPaise }),
        rejections: 0,
        closing: null,
      };
    case 'haltEnded':
      return { ...state, money: applyPosting(money, { kind: 'haltEnded' }), rejections: 0, closing: null };
    case 'profitTargetReached':
      return profitTargetReached(state, event);
    case 'chargesAdjusted':
      return { ...state, money: applyPosting(money, { kind: 'chargesAdjusted', chargesPaise: event.chargesPaise }) };
    case 'lineLost':
      return { ...state, lineDownSince: event.at };
    case 'lineRestored':
      return { ...state, lineDownSince: null };
    case 'positionIgnored':
      return { ...state, ignored: { ...state.ignored, [event.instrument]: event.quantity } };
    case 'positionMismatched':
      return mismatched(state, event);
    case 'positionAgreed': {
      const { [event.instrument]: _, ...disputed } = state.disputed;
      return { ...state, disputed };
    }
    case 'positionAdopted':
      return state;
  }
}

function mismatched(
  state: GuardedAccount,
  { instrument, expected, found, at }: Extract<AccountEvent, { kind: 'positionMismatched' }>,
): GuardedAccount {
  const disputed = { ...state.disputed, [instrument]: found - expected };
  if (state.money.halted !== null && state.money.halted.until === null) return { ...state, disputed };
  const reason = `The broker has ${found} of ${instrument}, our sets hold ${expected}.`;
  const posting = {
    kind: 'halted',
    code: 'account/position-mismatch',
    reason,
    at,
    until: null,
    closes: state.money.halted?.closes ?? false,
  } as const;
  return { ...state, disputed, money: applyPosting(state.money, posting) };
}

function profitTargetReached(
  state: GuardedAccount,
  { code, reason, period, until, at }: Extract<AccountEvent, { kind: 'profitTargetReached' }>,
): GuardedAccount {
  const { toldTargets } = state;
  const told = code === 'account/week-profit-target' ? { ...toldTargets, week: period } : { ...toldTargets, month: period };
  const money = until === null ? state.money : applyPosting(state.money, { kind: 'halted', code, reason, at, until, closes: false });
  return { ...state, money, toldTargets: told };
}
