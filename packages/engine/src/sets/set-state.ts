import type { InstrumentKey, OptionType } from '../market/instrument.js';
import type { OrderState } from '../orders/order-life.js';
import type { Side } from '../orders/order-request.js';
import type { OutsideDealer } from '../orders/outside-fill.js';
import type { Paise } from '../primitives/money.js';
import type { Price } from '../primitives/price.js';
import type { EpochMs } from '../primitives/time.js';
import type { Holding } from './holding.js';
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
  /** A circuit breaker of the account has tripped. */
  | 'breaker'
  /** An order that was given up, or ended, was filled after all. */
  | 'lateFill'
  | 'endOfData'
  /** It left without an order of ours. */
  | OutsideDealer;

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
  /** The largest quantity of one order, in units; `null` without a limit. */
  readonly freezeQuantity: number | null;
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
  /** Units that are meant to be held: what is, but for fills on their way. */
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

/** A stop that is to rest at the exchange. */
export interface Protection {
  /** Before this no stop order is sent; `null`: at once. */
  readonly retryAt: EpochMs | null;
  /** Stop orders that came to nothing. */
  readonly failures: number;
  /** Nobody tries any more: a person cancelled it, or it failed too often. The engine watches the stop. */
  readonly givenUp: boolean;
}

/** How far an exit has come. */
export interface Leaving {
  readonly rule: ExitRule;
  /** Units that stay: none, or what a partial exit leaves. */
  readonly keep: number;
  /** Before this no order is sent; `null`: there is nothing to wait for. */
  readonly retryAt: EpochMs | null;
  /** Orders that came to nothing. */
  readonly failures: number;
  /** An exit order never reached the broker: the position it confirms is asked for before the next one. */
  readonly confirming: boolean;
  /** A person was told that the exit cannot be filled. */
  readonly stuck: boolean;
  /** The signal to enter on when nothing is held any more. */
  readonly reverse: Signal | null;
}

/** How far an entry has come. */
export interface Entering {
  readonly signal: Signal;
  /** Units that were asked for. */
  readonly quantity: number;
  /** What is not filled by then is cancelled; `null`: that time has come. */
  readonly giveUpAt: EpochMs | null;
  /** No more of it is wanted, for this reason: what was filled is left again. */
  readonly abandoned: ExitRule | null;
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

/** Whatever the phase. */
export interface SetCommon {
  /** Sequence of the last order's id. */
  readonly lastOrder: number;
  readonly day: DayCounters;
  /** No entry before this. */
  readonly coolUntil: EpochMs;
  /** The last round trip's side and entry, for re-entries of the same direction or at cost. */
  readonly lastTrip: { readonly direction: Direction; readonly entryPrice: Price } | null;
  /** Why no entries are made; exits go on as configured. */
  readonly halted: { readonly by: string; readonly reason: string } | null;
  /** The leg that was chosen last; `null` before the first. */
  readonly leg: ChosenLeg | null;
  /** Orders of the present round trip, and after its end those of the last: news of them may still come. */
  readonly orders: readonly OrderState[];
  readonly holding: Holding;
}

export type SetState = SetCommon &
  (
    | { readonly phase: 'stopped' }
    | { readonly phase: 'waiting' }
    | { readonly phase: 'preparing'; readonly signal: Signal }
    | ({ readonly phase: 'entering' } & Entering)
    | { readonly phase: 'open'; readonly position: OpenPosition; readonly protection: Protection }
    | { readonly phase: 'exiting'; readonly position: OpenPosition; readonly leaving: Leaving }
  );

export type SetPhase = SetState['phase'] | 'cooling';

/** The phase as people see it: a set that waits out its time after an exit is cooling. */
export const phaseAt = (state: SetState, now: EpochMs): SetPhase =>
  state.phase === 'waiting' && now < state.coolUntil ? 'cooling' : state.phase;

/** A state in one of its phases. */
export type In<Phase extends SetState['phase']> = Extract<SetState, { phase: Phase }>;
