import type { AccountConfig } from '../config/run-config.js';
import type { Instrument, InstrumentKey } from '../market/instrument.js';
import type { OrderRequest } from '../orders/order-request.js';
import type { AccountState } from '../portfolio/account.js';
import { type AccountView, accountView } from '../portfolio/account-view.js';
import { openValuePaise } from '../portfolio/position.js';
import type { Decider } from '../primitives/decider.js';
import type { FillId, InstanceId } from '../primitives/ids.js';
import { type Paise, roundHalfEven } from '../primitives/money.js';
import type { EpochMs } from '../primitives/time.js';
import { type AccountInput, accountDecider, type HeldBySet } from '../risk/account-decider.js';
import { equityBand } from '../risk/account-decisions.js';
import type { AccountEvent, Finding } from '../risk/account-event.js';
import type { AccountLimits } from '../risk/account-limits.js';
import { adaptiveScale } from '../risk/adaptive-size.js';
import type { EntryNeeds } from '../risk/gate-context.js';
import type { GuardedAccount } from '../risk/guarded-account.js';
import { notionalPaise } from '../risk/margin.js';
import { OrderRate } from '../risk/order-rate.js';
import type { SetEvent } from '../sets/set-event.js';
import { stopDistance, stopOfEntry } from '../sets/sizing.js';
import { postedBySet } from './account-postings.js';
import { watchEquity } from './account-watch.js';
import type { Actor } from './mailbox.js';
import type { RunClock } from './run-clock.js';
import type { SetRunner } from './set-runner.js';

/** What the name begins with under which an account's decisions are journalled. */
export const ACCOUNT_PREFIX = 'account:';

/** What an account works with. */
export interface AccountDeskParts {
  readonly clock: RunClock;
  readonly rearm: 'byHand' | 'nextPeriod';
  readonly post: (account: AccountDesk, input: AccountInput) => void;
  /** Does what follows from events that are true by now. */
  readonly carryOut: (account: AccountDesk, events: readonly AccountEvent[]) => void;
}

/** One account in a run: its money, folded from what its sets and itself journal, its limits and breakers, and its sets. */
export class AccountDesk implements Actor<AccountInput, AccountEvent> {
  readonly id: InstanceId;
  readonly name: AccountConfig['id'];
  readonly limits: AccountLimits;
  readonly rate = new OrderRate();
  readonly runners: SetRunner[] = [];
  /** The data has ended: what is still open is closed at the last price, whatever the hour. Entries keep the exchange's hours. */
  alwaysOpen = false;
  /** The broker's orders and positions have been compared with ours. */
  reconciled = true;
  /** What its sets held when the engine stopped has cost so much, as long as they are not back in their places. */
  awaitedPaise: Paise = 0;
  readonly #decider: Decider<GuardedAccount, AccountInput, AccountEvent>;
  readonly #parts: AccountDeskParts;
  #state: GuardedAccount;

  constructor({ id, capitalPaise, limits }: Pick<AccountConfig, 'id' | 'capitalPaise' | 'limits'>, parts: AccountDeskParts) {
    this.id = `${ACCOUNT_PREFIX}${id}`;
    this.name = id;
    this.limits = limits;
    this.#parts = parts;
    this.#decider = accountDecider({ capitalPaise, limits, rearm: parts.rearm });
    this.#state = this.#decider.initial;
  }

  get state(): GuardedAccount {
    return this.#state;
  }

  get money(): AccountState {
    return this.#state.money;
  }

  get lineUp(): boolean {
    return this.#state.lineDownSince === null;
  }

  decide(input: AccountInput): readonly AccountEvent[] {
    return this.#decider.decide(this.#state, input);
  }

  carryOut(events: readonly AccountEvent[]): void {
    for (const event of events) this.#state = this.#decider.evolve(this.#state, event);
    this.#parts.carryOut(this, events);
    this.holdingsMoved();
  }

  /** Takes over what was journalled before this run. */
  fold(events: readonly AccountEvent[]): void {
    this.#state = events.reduce(this.#decider.evolve, this.#state);
  }

  /** Takes over what one of its sets journalled before this run. */
  foldSetEvent(instance: InstanceId, event: SetEvent): void {
    this.#state = postedBySet(this.#state, instance, event, this.limits);
    if (event.kind === 'orderSubmitted' || event.kind === 'orderChangeRequested') this.rate.record(event.at);
  }

  /** Puts a state in place that a snapshot kept. */
  restore(state: GuardedAccount): void {
    this.#state = state;
  }

  /** Books what an event of one of its sets means to the account. */
  postSetEvent(runner: SetRunner, event: SetEvent): void {
    const before = this.#state;
    this.#state = postedBySet(before, runner.instance.id, event, this.limits);
    const { rejections } = this.#state;
    const { rejectionsInARow } = this.limits;
    if (rejections > before.rejections && rejectionsInARow !== null && rejections >= rejectionsInARow) {
      this.found({
        code: 'account/rejections',
        reason: `${rejections} orders in a row were rejected, limit ${rejectionsInARow}.`,
        limit: rejectionsInARow,
        value: rejections,
      });
    }
  }

  /** What is held, or what money there is, has changed: a breaker that closes goes on, and prices are watched anew. */
  holdingsMoved(): void {
    const { now } = this.#parts.clock;
    if (this.#state.closing !== null) this.#parts.post(this, { kind: 'heldChanged', held: this.held(), at: now });
    watchEquity(this, this.#band(), now);
  }

  /** A price has come to where equity may have reached a limit. */
  readonly lookAtEquity = (): void => {
    const { now } = this.#parts.clock;
    const equity = this.equityPaise(now);
    const { low, high } = this.#band();
    if (equity <= low || equity >= high) this.#parts.post(this, { kind: 'valued', equityPaise: equity, held: this.held(), at: now });
    else watchEquity(this, { low, high }, now);
  };

  #band(): { readonly low: Paise; readonly high: Paise } {
    return equityBand(this.money, this.limits, this.#state.toldTargets);
  }

  /** Something is as bad as its limit allows. */
  found(finding: Finding): void {
    this.#parts.post(this, { kind: 'found', ...finding, held: this.held(), at: this.#parts.clock.now });
  }

  /** The broker has so many units of an instrument, and our sets hold so many: a difference that stays, or has gone. */
  compared(instrument: InstrumentKey, expected: number, found: number): void {
    this.#parts.post(this, { kind: 'compared', instrument, expected, found, at: this.#parts.clock.now });
  }

  /** What its sets have open, and what is being entered. */
  held(): readonly HeldBySet[] {
    return this.runners.flatMap((runner): readonly HeldBySet[] => {
      const { state, instance } = runner;
      const entering = state.phase === 'entering' || state.phase === 'preparing';
      if (runner.quantity === 0 && !entering && state.phase !== 'exiting') return [];
      const short = runner.quantity < 0 || (state.phase === 'entering' && state.leg?.side === 'sell');
      return [{ instance: instance.id, underlying: instance.underlying, short }];
    });
  }

  /** Units of an instrument that all its sets hold together, signed. */
  quantityOf(instrument: InstrumentKey): number {
    let quantity = 0;
    for (const { state } of this.runners) if (state.leg?.instrument === instrument) quantity += state.holding.quantity;
    return quantity;
  }

  ignoredOf(instrument: InstrumentKey): number {
    return this.#state.ignored[instrument] ?? 0;
  }

  /** What the broker has of an instrument that is ours, where it is not what our sets hold; `null` where they agree. */
  disputedHolding(instrument: InstrumentKey): number | null {
    const difference = this.#state.disputed[instrument];
    return difference === undefined ? null : this.quantityOf(instrument) + difference;
  }

  /** Instruments in which the broker has something else than our sets hold. */
  get disputed(): readonly InstrumentKey[] {
    return Object.keys(this.#state.disputed);
  }

  /** Units of a deal from outside that sets have taken over: a broker's book and its news tell of it more than once. */
  takenOver(fillId: FillId): number {
    return this.#state.outsideFills[fillId] ?? 0;
  }

  view(at: EpochMs): AccountView {
    return accountView(this.money, this.equityPaise(at));
  }

  /** The account as an entry finds it whose turn has come: who has planned later does not stand in its way. */
  viewFor(instance: InstanceId, at: EpochMs): AccountView {
    const { money } = this;
    const place = money.reserved.findIndex((one) => one.instance === instance);
    if (place < 0 || place === money.reserved.length - 1) return this.view(at);
    const reserved = money.reserved.slice(0, place + 1);
    const reservedPaise = reserved.reduce((sum, { paise }) => sum + paise, 0);
    return accountView({ ...money, reserved, reservedPaise, openInstances: reserved.length }, this.equityPaise(at));
  }

  /** Orders and changes of the last second and minute, for the gate. */
  sentLately(at: EpochMs): { readonly lastSecond: number; readonly lastMinute: number } {
    const { ordersPerMinute } = this.limits;
    // Those of a second are paced by whoever sends them.
    return ordersPerMinute === null ? NONE_SENT : { lastSecond: 0, lastMinute: this.rate.count(at).lastMinute };
  }

  /** What sizes of entries are multiplied with. */
  sizeScale(at: EpochMs): number {
    const { adaptive, maxDrawdown } = this.limits;
    if (adaptive === null) return 1;
    return adaptiveScale({ netPaise: this.#state.recentNetPaise, drawdown: this.view(at).drawdown, maxDrawdown }, adaptive);
  }

  /** Capital, cash, and what is open at the prices of the moment. */
  equityPaise(at: EpochMs): Paise {
    let open = this.awaitedPaise;
    for (const runner of this.runners) {
      const { holding } = runner.state;
      if (holding.quantity === 0) continue;
      const price = runner.valuedAt(at);
      // What has no price yet is worth what it cost.
      open += Number.isNaN(price) ? holding.costPaise : openValuePaise(holding, price);
    }
    return this.money.capitalPaise + this.money.cashPaise + open;
  }

  /** What an entry takes of the account, all its orders together, for the gate. */
  needs(runner: SetRunner, order: OrderRequest, instrument: Instrument): EntryNeeds | null {
    const { state } = runner;
    if (state.phase !== 'entering' || state.leg === null) return null;
    const { leg, quantity, signal } = state;
    const stopLoss = stopOfEntry(runner.instance.config, signal);
    const points = stopDistance(stopLoss, leg.price);
    const atStop = points === null ? null : roundHalfEven(points * 100) * quantity;
    const stop = stopLoss?.kind === 'money' ? stopLoss.paise : atStop;
    const premium = leg.side === 'buy' && leg.optionType !== null ? roundHalfEven(leg.price * 100) * quantity : null;
    return {
      requiredPaise: (quantity / leg.lotSize) * leg.costPerLotPaise,
      adds: false,
      riskPaise: stop ?? premium,
      notionalPaise:
        this.#openNotionalPaise(order.at, runner) + notionalPaise([{ instrument, side: leg.side, quantity, price: leg.price }], leg.spot),
      chaseTo: null,
    };
  }

  /** Of everything but the set that enters. */
  #openNotionalPaise(at: EpochMs, but: SetRunner): Paise {
    let notional = 0;
    for (const runner of this.runners) {
      const { state, slot, underlying } = runner;
      const { quantity } = state.holding;
      if (runner === but || quantity === 0 || slot?.instrument == null) continue;
      const leg = {
        instrument: slot.instrument,
        side: quantity > 0 ? 'buy' : 'sell',
        quantity: Math.abs(quantity),
        price: slot.price(at),
      } as const;
      notional += notionalPaise([leg], underlying.price(at));
    }
    return notional;
  }
}

const NONE_SENT = { lastSecond: 0, lastMinute: 0 } as const;
