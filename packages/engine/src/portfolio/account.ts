import type { InstanceId } from '../primitives/ids.js';
import type { Paise } from '../primitives/money.js';
import { turnoverPaise } from '../primitives/price.js';
import { addDays, type EpochMs, type TradingDate, weekdayOf } from '../primitives/time.js';
import type { Dealt } from './position.js';

/** Money of one account, folded from its postings. It knows instances by name, and nothing of what sets are. */
export interface AccountState {
  readonly capitalPaise: Paise;
  /** Moved by fills and charges since the account was opened here; begins at 0. */
  readonly cashPaise: Paise;
  /** Earned by closed quantities since then, before charges. */
  readonly realisedPaise: Paise;
  readonly chargesPaise: Paise;
  /** The figures with which the present day, week (Monday to Sunday) and month began; `null` before the first day. */
  readonly day: AccountPeriod | null;
  readonly week: AccountPeriod | null;
  readonly month: AccountPeriod | null;
  /** Orders sent on the present day, and changes and cancellations of them: what limits on orders count. */
  readonly orders: number;
  /**
   * The highest equity so far, from which falls are measured, the capital included: as days began, as the last position was closed, and as it was
   * told while something was open.
   */
  readonly peakEquityPaise: Paise;
  /** What each open instance holds, in the order in which they came. A list: a handful of entries copies faster than a record does. */
  readonly reserved: readonly Reservation[];
  /** Their sum. */
  readonly reservedPaise: Paise;
  /** Their count: slots that are taken. */
  readonly openInstances: number;
  readonly halted: AccountHalt | null;
}

/** Capital and margin that an instance holds, and with it a slot. */
export interface Reservation {
  readonly instance: InstanceId;
  readonly paise: Paise;
}

/** Where a day, week or month began. What it has brought so far is the account's present figure less the one here. */
export interface AccountPeriod {
  /** Its first date: the day itself, the Monday, the first of the month. */
  readonly from: TradingDate;
  readonly equityPaise: Paise;
  /** The equity from which losses count: that of the beginning, or of the moment at which a person accepted what was lost. */
  readonly lossFromPaise: Paise;
  readonly realisedPaise: Paise;
  readonly chargesPaise: Paise;
}

/** Why an account takes no new entries. */
export interface AccountHalt {
  /** Stable, for programs: `account/daily-loss`, … */
  readonly code: string;
  readonly reason: string;
  readonly at: EpochMs;
  /** The first date on which it has ended by itself; `null`: a person ends it. */
  readonly until: TradingDate | null;
  /** A circuit breaker: positions are closed, too. */
  readonly closes: boolean;
}

/** What happens to an account. */
export type AccountPosting =
  /** A trading day begins, with the equity at the last prices of the day before. */
  | { readonly kind: 'dayStarted'; readonly date: TradingDate; readonly equityPaise: Paise }
  /** An entry was planned, or added to: from now on the instance holds a slot, and this much in all. */
  | { readonly kind: 'reserved'; readonly instance: InstanceId; readonly paise: Paise }
  /** The entry failed, or the set was closed: slot and capital are free again. */
  | { readonly kind: 'released'; readonly instance: InstanceId }
  /** An order was sent, or a change or cancellation of one was asked for. */
  | { readonly kind: 'orderSent' }
  /** `realisedPaise` is what the position earned by this fill, before charges. */
  | { readonly kind: 'filled'; readonly fill: Dealt; readonly realisedPaise: Paise; readonly chargesPaise: Paise }
  /** What a contract note rounds otherwise than its fills; below 0 when it asks for less. */
  | { readonly kind: 'chargesAdjusted'; readonly chargesPaise: Paise }
  /** Equity stands higher than ever before. */
  | { readonly kind: 'peaked'; readonly equityPaise: Paise }
  | ({ readonly kind: 'halted' } & AccountHalt)
  /** What the account was halted for is over. */
  | { readonly kind: 'haltEnded' }
  /** A person lets the account trade again: losses so far are accepted, and limits count from this equity on. */
  | { readonly kind: 'rearmed'; readonly equityPaise: Paise };

/** An account that has not traded yet. */
export const openAccount = (capitalPaise: Paise): AccountState => ({
  capitalPaise,
  cashPaise: 0,
  realisedPaise: 0,
  chargesPaise: 0,
  day: null,
  week: null,
  month: null,
  orders: 0,
  peakEquityPaise: capitalPaise,
  reserved: [],
  reservedPaise: 0,
  openInstances: 0,
  halted: null,
});

/**
 * The account after a posting. Reserving twice replaces, releasing what is not reserved changes nothing.
 *
 * @throws EngineError `price/not-in-paise` if a fill's price is not a whole number of paise.
 */
export function applyPosting(state: AccountState, posting: AccountPosting): AccountState {
  switch (posting.kind) {
    case 'filled':
      return filled(state, posting.fill, posting.realisedPaise, posting.chargesPaise);
    case 'orderSent':
      return orderSent(state);
    case 'reserved':
      return reserved(state, posting.instance, posting.paise);
    case 'released':
      return released(state, posting.instance);
    case 'dayStarted':
      return dayStarted(state, posting.date, posting.equityPaise);
    case 'chargesAdjusted':
      return { ...state, cashPaise: state.cashPaise - posting.chargesPaise, chargesPaise: state.chargesPaise + posting.chargesPaise };
    case 'peaked':
      return { ...state, peakEquityPaise: Math.max(state.peakEquityPaise, posting.equityPaise) };
    case 'halted':
      return halted(state, posting);
    case 'haltEnded':
      return state.halted === null ? state : { ...state, halted: null };
    case 'rearmed':
      return rearmed(state, posting.equityPaise);
  }
}

/** Capital and cash, with the open positions at what they are worth. */
export const equityPaise = ({ capitalPaise, cashPaise }: AccountState, openValuePaise: Paise): Paise =>
  capitalPaise + cashPaise + openValuePaise;

// Postings that come with every order write all fields out: a copy by spread takes several times as long.
function filled(state: AccountState, { side, quantity, price }: Dealt, realisedPaise: Paise, chargesPaise: Paise): AccountState {
  const received = turnoverPaise(price, side === 'sell' ? quantity : -quantity);
  return {
    capitalPaise: state.capitalPaise,
    cashPaise: state.cashPaise + received - chargesPaise,
    realisedPaise: state.realisedPaise + realisedPaise,
    chargesPaise: state.chargesPaise + chargesPaise,
    day: state.day,
    week: state.week,
    month: state.month,
    orders: state.orders,
    peakEquityPaise: state.peakEquityPaise,
    reserved: state.reserved,
    reservedPaise: state.reservedPaise,
    openInstances: state.openInstances,
    halted: state.halted,
  };
}

const orderSent = (state: AccountState): AccountState => ({
  capitalPaise: state.capitalPaise,
  cashPaise: state.cashPaise,
  realisedPaise: state.realisedPaise,
  chargesPaise: state.chargesPaise,
  day: state.day,
  week: state.week,
  month: state.month,
  orders: state.orders + 1,
  peakEquityPaise: state.peakEquityPaise,
  reserved: state.reserved,
  reservedPaise: state.reservedPaise,
  openInstances: state.openInstances,
  halted: state.halted,
});

const holding = (
  state: AccountState,
  reserved: readonly Reservation[],
  reservedPaise: Paise,
  peakEquityPaise = state.peakEquityPaise,
): AccountState => ({
  capitalPaise: state.capitalPaise,
  cashPaise: state.cashPaise,
  realisedPaise: state.realisedPaise,
  chargesPaise: state.chargesPaise,
  day: state.day,
  week: state.week,
  month: state.month,
  orders: state.orders,
  peakEquityPaise,
  reserved,
  reservedPaise,
  openInstances: reserved.length,
  halted: state.halted,
});

function reserved(state: AccountState, instance: InstanceId, paise: Paise): AccountState {
  const { reserved, reservedPaise } = state;
  const index = indexOf(reserved, instance);
  if (index < 0) return holding(state, [...reserved, { instance, paise }], reservedPaise + paise);
  return holding(state, reserved.with(index, { instance, paise }), reservedPaise - reserved[index]!.paise + paise);
}

function released(state: AccountState, instance: InstanceId): AccountState {
  const { reserved, reservedPaise } = state;
  const index = indexOf(reserved, instance);
  if (index < 0) return state;
  const after = reserved.toSpliced(index, 1);
  // With nothing open any more, what has been earned and paid is all that equity is made of.
  const peak = after.length > 0 ? state.peakEquityPaise : Math.max(state.peakEquityPaise, bookedEquityPaise(state));
  return holding(state, after, reservedPaise - reserved[index]!.paise, peak);
}

const bookedEquityPaise = ({ capitalPaise, realisedPaise, chargesPaise }: AccountState): Paise =>
  capitalPaise + realisedPaise - chargesPaise;

function indexOf(reserved: readonly Reservation[], instance: InstanceId): number {
  for (let index = 0; index < reserved.length; index += 1) if (reserved[index]!.instance === instance) return index;
  return -1;
}

/** A breaker takes the place of a mere stop; of two of a kind the one that lasts longer stays. */
function halted(state: AccountState, { code, reason, at, until, closes }: AccountHalt): AccountState {
  const before = state.halted;
  const halt = { code, reason, at, until, closes };
  if (before === null || (closes && !before.closes)) return { ...state, halted: halt };
  if ((before.closes && !closes) || before.until === null || (until !== null && until <= before.until)) return state;
  return { ...state, halted: halt };
}

function dayStarted(state: AccountState, date: TradingDate, equity: Paise): AccountState {
  return {
    ...state,
    day: periodFrom(state, date, equity),
    week: continued(state.week, mondayOf(date)) ?? periodFrom(state, mondayOf(date), equity),
    month: continued(state.month, firstOfMonth(date)) ?? periodFrom(state, firstOfMonth(date), equity),
    orders: 0,
    peakEquityPaise: Math.max(state.peakEquityPaise, equity),
  };
}

function rearmed(state: AccountState, equity: Paise): AccountState {
  const restart = (period: AccountPeriod | null) => (period === null ? null : { ...period, lossFromPaise: equity });
  return { ...state, day: restart(state.day), week: restart(state.week), peakEquityPaise: equity, halted: null };
}

const periodFrom = ({ realisedPaise, chargesPaise }: AccountState, from: TradingDate, equity: Paise): AccountPeriod => ({
  from,
  equityPaise: equity,
  lossFromPaise: equity,
  realisedPaise,
  chargesPaise,
});

const continued = (period: AccountPeriod | null, from: TradingDate): AccountPeriod | null => (period?.from === from ? period : null);

/** The Monday of a date's week; on a Sunday, when markets sometimes open, the one before. */
export const mondayOf = (date: TradingDate): TradingDate => addDays(date, -((weekdayOf(date) + 6) % 7));

/** The first date of a date's month. */
export const firstOfMonth = (date: TradingDate): TradingDate => `${date.slice(0, 8)}01`;
