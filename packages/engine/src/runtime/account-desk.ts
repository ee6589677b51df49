import type { AccountConfig } from '../config/run-config.js';
import type { Instrument } from '../market/instrument.js';
import { type OrderRequest, signOf } from '../orders/order-request.js';
import { type AccountPosting, type AccountState, applyPosting, openAccount } from '../portfolio/account.js';
import { type AccountView, accountView } from '../portfolio/account-view.js';
import type { InstanceId } from '../primitives/ids.js';
import { type Paise, roundHalfEven } from '../primitives/money.js';
import type { EpochMs, TradingDate } from '../primitives/time.js';
import type { AccountLimits } from '../risk/account-limits.js';
import type { EntryNeeds } from '../risk/gate-context.js';
import { notionalPaise } from '../risk/margin.js';
import { OrderRate } from '../risk/order-rate.js';
import type { SetEvent } from '../sets/set-event.js';
import type { ChosenLeg } from '../sets/set-state.js';
import { stopDistance } from '../sets/sizing.js';
import type { SetRunner } from './set-runner.js';

/** One account in a run: its money, folded from what its sets journal, its limits, and the sets that hold something. */
export class AccountDesk {
  readonly id: AccountConfig['id'];
  readonly limits: AccountLimits;
  readonly rate = new OrderRate();
  /** The data has ended: what is still open is closed at the last price, whatever the hour. Entries keep the exchange's hours. */
  alwaysOpen = false;
  readonly #runners: SetRunner[] = [];
  #state: AccountState;

  constructor({ id, capitalPaise, limits }: Pick<AccountConfig, 'id' | 'capitalPaise' | 'limits'>) {
    this.id = id;
    this.limits = limits;
    this.#state = openAccount(capitalPaise);
  }

  get state(): AccountState {
    return this.#state;
  }

  add(runner: SetRunner): void {
    this.#runners.push(runner);
  }

  /** Books what an event of one of its sets means to the account. */
  post(instance: InstanceId, event: SetEvent): void {
    const posting = postingOf(instance, event);
    if (posting !== null) this.#state = applyPosting(this.#state, posting);
  }

  dayStarted(date: TradingDate, at: EpochMs): void {
    this.#state = applyPosting(this.#state, { kind: 'dayStarted', date, equityPaise: this.equityPaise(at) });
  }

  sent(at: EpochMs): void {
    this.rate.record(at);
    this.#state = applyPosting(this.#state, { kind: 'orderSent' });
  }

  view(at: EpochMs): AccountView {
    return accountView(this.#state, this.equityPaise(at));
  }

  /** Capital, cash, and what is open at the prices of the moment. */
  equityPaise(at: EpochMs): Paise {
    let open = 0;
    for (const { state, slot } of this.#runners) {
      if (state.phase !== 'open' && state.phase !== 'exiting') continue;
      if (slot === null) continue;
      const filled = state.phase === 'exiting' ? (state.leaving.order?.filledQuantity ?? 0) : 0;
      const { side, quantity } = state.position;
      open += signOf(side) * roundHalfEven(slot.price(at) * 100) * (quantity - filled);
    }
    return this.#state.capitalPaise + this.#state.cashPaise + open;
  }

  /** What an entry takes of the account, for the gate. */
  needs(runner: SetRunner, order: OrderRequest, leg: ChosenLeg, instrument: Instrument): EntryNeeds {
    const lots = order.quantity / leg.lotSize;
    const own = runner.state.phase === 'entering' ? runner.state.signal.stop : undefined;
    const stopLoss = own === undefined ? runner.instance.config.exits.stopLoss : ({ kind: 'price', price: own } as const);
    const points = stopDistance(stopLoss, leg.price);
    const atStop = points === null ? null : roundHalfEven(points * 100) * order.quantity;
    const stop = stopLoss?.kind === 'money' ? stopLoss.paise : atStop;
    const premium = leg.side === 'buy' && leg.optionType !== null ? roundHalfEven(leg.price * 100) * order.quantity : null;
    const entry = { instrument, side: leg.side, quantity: order.quantity, price: leg.price };
    return {
      requiredPaise: lots * leg.costPerLotPaise,
      adds: false,
      riskPaise: stop ?? premium,
      notionalPaise: this.#openNotionalPaise(order.at) + notionalPaise([entry], leg.spot),
    };
  }

  #openNotionalPaise(at: EpochMs): Paise {
    let notional = 0;
    for (const { state, slot, underlying } of this.#runners) {
      if ((state.phase !== 'open' && state.phase !== 'exiting') || slot?.instrument == null) continue;
      const { side, quantity } = state.position;
      notional += notionalPaise([{ instrument: slot.instrument, side, quantity, price: slot.price(at) }], underlying.price(at));
    }
    return notional;
  }
}

/** What an event of a set means to its account; `null` for most. */
function postingOf(instance: InstanceId, event: SetEvent): AccountPosting | null {
  switch (event.kind) {
    case 'entryPlanned':
      return { kind: 'reserved', instance, paise: event.costPaise };
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
