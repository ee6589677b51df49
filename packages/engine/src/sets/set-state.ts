import type { InstrumentKey, OptionType } from '../market/instrument.js';
import type { OrderState } from '../orders/order-life.js';
import type { Side } from '../orders/order-request.js';
import type { Paise } from '../primitives/money.js';
import type { Price } from '../primitives/price.js';
import type { EpochMs } from '../primitives/time.js';
import type { Direction, Signal } from './signal.js';

/** Why a position was left. The order of the list is that of no importance: which rule wins is `exits/exit-at-price.ts`'s business. */
export type ExitRule =
  | 'stopLoss'
  | 'trailingStop'
  | 'target'
  | 'partialTarget'
  | 'setStopLoss'
  | 'setTarget'
  | 'dayLoss'
  | 'timeInTrade'
  | 'squareOff'
  | 'daysBeforeExpiry'
  | 'expiry'
  | 'oppositeSignal'
  | 'strategyExit'
  | 'underlyingRange'
  | 'byHand'
  | 'endOfData';

/** Whether an instrument's price was recorded or comes from a pricing model. */
export type PremiumSource = 'recorded' | 'model';

/** An instrument that was chosen for a leg, with what the decision needs to know of it. */
export interface ChosenLeg {
  readonly instrument: InstrumentKey;
  readonly side: Side;
  readonly price: Price;
  readonly premium: PremiumSource;
  readonly lotSize: number;
  readonly tickSize: number;
  /** Margin or premium that one lot takes. */
  readonly costPerLotPaise: Paise;
  readonly expiry: string | null;
  readonly strike: Price | null;
  readonly optionType: OptionType | null;
  /** Price of the underlying when the leg was chosen. */
  readonly spot: Price;
}

/** What is held, and the prices and times at which it will be left: the events carry them, so that a replay needs no configuration. */
export interface OpenPosition {
  readonly instrument: InstrumentKey;
  readonly side: Side;
  readonly direction: Direction;
  /** Units that are open. */
  readonly quantity: number;
  /** Units at the entry. */
  readonly entryQuantity: number;
  readonly lotSize: number;
  readonly tickSize: number;
  /** Average price; for reports and levels, never for the ledger. */
  readonly entryPrice: Price;
  readonly entryTime: EpochMs;
  readonly premium: PremiumSource;
  readonly stop: Price | null;
  /** Whether the stop has begun to follow the price. */
  readonly trailing: boolean;
  readonly target: Price | null;
  /** Price from which the stop follows; `null` without a trailing stop. */
  readonly trailFrom: Price | null;
  /** The best price that the trailing stop has followed. */
  readonly best: Price;
  /** Nearer targets at which a part leaves, nearest first. */
  readonly partials: readonly { readonly price: Price; readonly quantity: number }[];
  readonly setStop: Price | null;
  readonly setTarget: Price | null;
  readonly dayLossStop: Price | null;
  readonly underlyingBelow: Price | null;
  readonly underlyingAbove: Price | null;
  readonly leaveAt: EpochMs | null;
  readonly expiry: string | null;
}

/** How far an exit has come. */
export interface Leaving {
  readonly rule: ExitRule;
  /** Units that are to leave: all that is held, or a part. */
  readonly quantity: number;
  /** `null` while a new order waits for `retryAt`. */
  readonly order: OrderState | null;
  readonly retryAt: EpochMs | null;
  /** Orders that came to nothing. */
  readonly failures: number;
  /** The signal to enter on when nothing is held any more. */
  readonly reverse: Signal | null;
}

/** What today's limits are counted in. It begins anew on a date's first event. */
export interface DayCounters {
  /** Days since 1970-01-01 in India. */
  readonly day: number;
  readonly entries: number;
  readonly netPaise: Paise;
  readonly bullishEntries: number;
  readonly bearishEntries: number;
}

/** Money of the position that is open, or of the entry under way. */
export interface Ledger {
  /** What the open units cost; negative when they were sold. */
  readonly costPaise: Paise;
  readonly realisedPaise: Paise;
  readonly chargesPaise: Paise;
}

interface Common {
  /** Sequence of the last order's id. */
  readonly lastOrder: number;
  readonly day: DayCounters;
  /** No entry before this. */
  readonly coolUntil: EpochMs;
  /** The last round trip's side and entry, for re-entries of the same direction or at cost. */
  readonly lastTrip: { readonly direction: Direction; readonly entryPrice: Price } | null;
  /** Why no entries are made; exits go on as configured. */
  readonly halted: { readonly by: string; readonly reason: string } | null;
}

export type SetState = Common &
  (
    | { readonly phase: 'stopped' }
    | { readonly phase: 'waiting' }
    | { readonly phase: 'preparing'; readonly signal: Signal; readonly leg: ChosenLeg | null }
    | { readonly phase: 'entering'; readonly signal: Signal; readonly leg: ChosenLeg; readonly order: OrderState; readonly ledger: Ledger }
    | { readonly phase: 'open'; readonly position: OpenPosition; readonly ledger: Ledger }
    | { readonly phase: 'exiting'; readonly position: OpenPosition; readonly ledger: Ledger; readonly leaving: Leaving }
  );

export type SetPhase = SetState['phase'] | 'cooling';

/** The phase as people see it: a set that waits out its time after an exit is cooling. */
export const phaseAt = (state: SetState, now: EpochMs): SetPhase =>
  state.phase === 'waiting' && now < state.coolUntil ? 'cooling' : state.phase;

/** The order that a set waits for news of; `null` while there is none. */
export function orderUnderWay(state: SetState): OrderState | null {
  if (state.phase === 'entering') return state.order;
  return state.phase === 'exiting' ? state.leaving.order : null;
}
