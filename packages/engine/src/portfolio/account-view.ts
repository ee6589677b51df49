import type { Paise } from '../primitives/money.js';
import type { AccountHalt, AccountPeriod, AccountState } from './account.js';

/** An account at a moment, as sets see it when they size an entry and as risk sees it when it judges one. */
export interface AccountView {
  readonly capitalPaise: Paise;
  /** With open positions at their present worth. */
  readonly equityPaise: Paise;
  /** Capital and results so far, less what is reserved. Below 0 when more was reserved than there is. */
  readonly availablePaise: Paise;
  /** Reserved by all open instances. */
  readonly marginInUsePaise: Paise;
  readonly openSets: number;
  /** How far equity has fallen since the day, week began, or since its losses were accepted; below 0 when it has risen. */
  readonly dayLossPaise: Paise;
  readonly weekLossPaise: Paise;
  /** The highest equity so far, or since a person has accepted what was lost. */
  readonly peakEquityPaise: Paise;
  /** How far equity lies below its peak, as a share of the peak; 0 at or above it. */
  readonly drawdown: number;
  readonly ordersToday: number;
  readonly halted: AccountHalt | null;
}

/** The account at an equity, which needs prices and so comes from outside. */
export function accountView(state: AccountState, equityPaise: Paise): AccountView {
  return {
    capitalPaise: state.capitalPaise,
    equityPaise,
    availablePaise: state.capitalPaise + state.realisedPaise - state.chargesPaise - state.reservedPaise,
    marginInUsePaise: state.reservedPaise,
    openSets: state.openInstances,
    dayLossPaise: lossSince(state.day, equityPaise),
    weekLossPaise: lossSince(state.week, equityPaise),
    peakEquityPaise: state.peakEquityPaise,
    drawdown: drawdownShare(state.peakEquityPaise, equityPaise),
    ordersToday: state.orders,
    halted: state.halted,
  };
}

/** Where nothing was left at the peak already, whatever is missing is all of it. */
function drawdownShare(peakPaise: Paise, equityPaise: Paise): number {
  if (equityPaise >= peakPaise) return 0;
  return peakPaise > 0 ? (peakPaise - equityPaise) / peakPaise : 1;
}

const lossSince = (period: AccountPeriod | null, equityPaise: Paise): Paise => (period === null ? 0 : period.lossFromPaise - equityPaise);

/** What the account has closed and paid since a period began, before and after charges. */
export interface PeriodResult {
  readonly realisedPaise: Paise;
  readonly chargesPaise: Paise;
  readonly netPaise: Paise;
}

/** The realised result of the present day, week or month; zeros before the first day. */
export function periodResult(state: AccountState, period: AccountPeriod | null): PeriodResult {
  const realisedPaise = period === null ? 0 : state.realisedPaise - period.realisedPaise;
  const chargesPaise = period === null ? 0 : state.chargesPaise - period.chargesPaise;
  return { realisedPaise, chargesPaise, netPaise: realisedPaise - chargesPaise };
}
