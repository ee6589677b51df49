import { type AccountPosting, applyPosting } from '../portfolio/account.js';
import type { InstanceId } from '../primitives/ids.js';
import type { AccountLimits } from '../risk/account-limits.js';
import type { GuardedAccount } from '../risk/guarded-account.js';
import type { SetEvent } from '../sets/set-event.js';
import { outsideIdOf } from './outside-fills.js';

/** An account after an event of one of its sets: a fold over the sets' records gives the same. */
export function postedBySet(state: GuardedAccount, instance: InstanceId, event: SetEvent, limits: AccountLimits): GuardedAccount {
  const posting = postingOf(instance, event);
  const money = posting === null ? state.money : applyPosting(state.money, posting);
  const rejections = rejectionsAfter(state.rejections, event);
  const closedBy = state.closing !== null && event.kind === 'legFilled' && event.purpose !== 'entry';
  const recent = event.kind === 'setClosed' && limits.adaptive !== null;
  const outside = event.kind === 'legFilled' && event.by !== null ? outsideIdOf(event.fill.fillId) : null;
  if (!closedBy && !recent && outside === null)
    return money === state.money && rejections === state.rejections ? state : withMoney(state, money, rejections);
  return {
    ...state,
    money,
    rejections,
    closedBy: closedBy && !state.closedBy.includes(event.fill.orderId) ? [...state.closedBy, event.fill.orderId] : state.closedBy,
    recentNetPaise: recent
      ? [...state.recentNetPaise, event.grossPaise - event.chargesPaise].slice(-(limits.adaptive?.roundTrips ?? 0))
      : state.recentNetPaise,
    outsideFills:
      outside === null || event.kind !== 'legFilled'
        ? state.outsideFills
        : { ...state.outsideFills, [outside]: (state.outsideFills[outside] ?? 0) + event.fill.quantity },
  };
}

// This comes with every order: written out, since a copy by spread takes several times as long.
const withMoney = (state: GuardedAccount, money: GuardedAccount['money'], rejections: number): GuardedAccount => ({
  money,
  closing: state.closing,
  closedBy: state.closedBy,
  rejections,
  recentNetPaise: state.recentNetPaise,
  toldTargets: state.toldTargets,
  lineDownSince: state.lineDownSince,
  ignored: state.ignored,
  disputed: state.disputed,
  outsideFills: state.outsideFills,
});

/** What an event of a set means to its account's money; `null` for most. */
function postingOf(instance: InstanceId, event: SetEvent): AccountPosting | null {
  switch (event.kind) {
    case 'entryPlanned':
      return { kind: 'reserved', instance, paise: event.costPaise };
    case 'orderSubmitted':
    case 'orderChangeRequested':
      return { kind: 'orderSent' };
    case 'legFilled':
      return { kind: 'filled', fill: event.fill, realisedPaise: event.realisedPaise, chargesPaise: event.chargesPaise };
    case 'entryRefused':
      // Only what was planned had something set aside for it.
      return event.by === 'risk' || event.by === 'broker' ? { kind: 'released', instance } : null;
    case 'setClosed':
      return { kind: 'released', instance };
    default:
      return null;
  }
}

/** What was never sent was not rejected; what the broker takes ends the row. */
function rejectionsAfter(rejections: number, event: SetEvent): number {
  if (event.kind === 'legFilled') return 0;
  if (event.kind !== 'orderChanged') return rejections;
  const { news } = event;
  if (news.kind === 'rejected') return news.code === 'broker/not-sent' ? rejections : rejections + 1;
  return news.kind === 'working' ? 0 : rejections;
}
