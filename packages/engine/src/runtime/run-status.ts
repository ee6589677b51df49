import type { InstrumentKey } from '../market/instrument.js';
import { isTerminal, type OrderState, type OrderStatus } from '../orders/order-life.js';
import type { OrderPurpose, Side } from '../orders/order-request.js';
import type { AccountHalt } from '../portfolio/account.js';
import { averagePrice, openProfitPaise } from '../portfolio/position.js';
import type { AccountId, ClientOrderId, InstanceId, SetId } from '../primitives/ids.js';
import type { Paise } from '../primitives/money.js';
import type { Price } from '../primitives/price.js';
import type { EpochMs } from '../primitives/time.js';
import type { TradingSwitch } from '../risk/trading-switch.js';
import { countersAt } from '../sets/evolve-set.js';
import { phaseAt, type SetPhase, type SetState } from '../sets/set-state.js';
import type { AccountDesk } from './account-desk.js';
import type { Floor } from './floor.js';
import type { SetRunner } from './set-runner.js';

/** A run at a moment, as plain data: what a person or a display wants to know of it. */
export interface RunStatus {
  /** The market's time. */
  readonly at: EpochMs;
  readonly tradingSwitch: TradingSwitch;
  /** In the order of the configuration, as the sets. */
  readonly accounts: readonly AccountStatus[];
  readonly sets: readonly SetStatus[];
}

/** An account at a moment. */
export interface AccountStatus {
  readonly account: AccountId;
  readonly capitalPaise: Paise;
  /** Capital, cash and open positions at the prices of the moment. */
  readonly equityPaise: Paise;
  /** Won or lost since the day began, or since the account was re-armed on it: what the daily limits are held against. */
  readonly dayPaise: Paise;
  readonly openSets: number;
  readonly ordersToday: number;
  readonly line: 'up' | 'down';
  /** Whether the broker's book and positions have been compared with ours since the start, and agreed. */
  readonly reconciled: boolean;
  /** Why it enters nothing; `null` where it does. */
  readonly halted: AccountHalt | null;
  /** Whether a breaker is closing what its sets hold. */
  readonly closing: boolean;
  /** Instruments of which the broker has something else than our sets hold. */
  readonly disputed: readonly InstrumentKey[];
  /** Units of instruments that a person has said are none of ours, signed. */
  readonly ignored: Readonly<Record<InstrumentKey, number>>;
}

/** A set instance at a moment. */
export interface SetStatus {
  readonly instance: InstanceId;
  readonly set: SetId;
  readonly account: AccountId;
  readonly underlying: InstrumentKey;
  readonly phase: SetPhase;
  /** Why it enters nothing; exits go on. */
  readonly halted: { readonly by: string; readonly reason: string } | null;
  readonly position: PositionStatus | null;
  /** Orders that have not ended. */
  readonly orders: readonly OpenOrderStatus[];
  readonly entriesToday: number;
  /** What today's round trips have brought after charges. */
  readonly netTodayPaise: Paise;
}

/** What a set holds. */
export interface PositionStatus {
  readonly instrument: InstrumentKey;
  /** Units: above 0 bought, below 0 sold. */
  readonly quantity: number;
  /** On average. */
  readonly entryPrice: Price;
  /** `null` while nobody has told one. */
  readonly price: Price | null;
  /** What leaving at that price would bring, before charges. */
  readonly openPaise: Paise | null;
  readonly stop: Price | null;
  readonly target: Price | null;
}

/** An order that has not ended. */
export interface OpenOrderStatus {
  readonly orderId: ClientOrderId;
  readonly purpose: OrderPurpose;
  readonly side: Side;
  readonly quantity: number;
  readonly filledQuantity: number;
  readonly status: OrderStatus;
  readonly price: Price | null;
  readonly triggerPrice: Price | null;
}

/**
 * A floor at a moment; `null` before trading begins, or goes on: until then sets are not in place, and what a floor looks like is not what is true.
 *
 * @param goesOn whether the run goes on from a journal that had records.
 */
export function statusOf(floor: Floor, { at, goesOn }: { readonly at: EpochMs; readonly goesOn: boolean }): RunStatus | null {
  if (!hasBegun(floor, goesOn)) return null;
  const { accounts, runners, system } = floor;
  return {
    at,
    tradingSwitch: system.tradingSwitch,
    accounts: accounts.map(({ account }) => accountStatus(account, at)),
    sets: runners.map((runner) => setStatus(runner, at)),
  };
}

/** The first date that counts has begun for every account; and sets have got back the states that a journal kept of them. */
const hasBegun = ({ accounts, runners }: Floor, goesOn: boolean): boolean =>
  accounts.every(({ account }) => account.money.day !== null) &&
  (!goesOn || runners.some(({ state, decider }) => state !== decider.initial));

function accountStatus(account: AccountDesk, at: EpochMs): AccountStatus {
  const { capitalPaise, equityPaise, openSets, ordersToday, halted } = account.view(at);
  return {
    account: account.name,
    capitalPaise,
    equityPaise,
    dayPaise: equityPaise - (account.money.day?.equityPaise ?? equityPaise),
    openSets,
    ordersToday,
    line: account.lineUp ? 'up' : 'down',
    reconciled: account.reconciled,
    halted,
    closing: account.state.closing !== null,
    disputed: account.disputed,
    ignored: account.state.ignored,
  };
}

function setStatus(runner: SetRunner, at: EpochMs): SetStatus {
  const { state, instance } = runner;
  const { entries, netPaise } = countersAt(state, at);
  return {
    instance: instance.id,
    set: instance.config.id,
    account: instance.account,
    underlying: instance.underlying,
    phase: phaseAt(state, at),
    halted: state.halted,
    position: positionOf(state, runner.price),
    orders: state.orders.filter((order) => !isTerminal(order)).map(openOrder),
    entriesToday: entries,
    netTodayPaise: netPaise,
  };
}

/** What the fills have left, whatever the phase: a part of an entry is held as well. */
function positionOf(state: SetState, price: Price): PositionStatus | null {
  const { holding, leg } = state;
  const entryPrice = averagePrice(holding);
  if (entryPrice === null || leg === null) return null;
  const levels = state.phase === 'open' || state.phase === 'exiting' ? state.position : { stop: null, target: null };
  const isKnown = !Number.isNaN(price);
  return {
    instrument: leg.instrument,
    quantity: holding.quantity,
    entryPrice,
    price: isKnown ? price : null,
    openPaise: isKnown ? openProfitPaise(holding, price) : null,
    stop: levels.stop,
    target: levels.target,
  };
}

const openOrder = ({ request, quantity, filledQuantity, status, price, triggerPrice }: OrderState): OpenOrderStatus => ({
  orderId: request.orderId,
  purpose: request.purpose,
  side: request.side,
  quantity,
  filledQuantity,
  status,
  price,
  triggerPrice,
});
