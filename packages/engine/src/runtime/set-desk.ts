import type { RuleBook } from '../market/rule-book.js';
import type { Fill } from '../orders/fill.js';
import { InvariantError } from '../primitives/assert.js';
import type { AccountId } from '../primitives/ids.js';
import type { Paise } from '../primitives/money.js';
import { tradingDate } from '../primitives/time.js';
import type { SetEvent } from '../sets/set-event.js';
import type { Board } from './board.js';
import type { ChargeBook } from './charge-book.js';
import type { FloorAccount } from './floor-account.js';
import type { LegChooser } from './leg-chooser.js';
import type { OrderDesk } from './order-desk.js';
import type { RunClock } from './run-clock.js';
import type { Post, SetRunner } from './set-runner.js';

/** Who is told of every journalled event of a set. */
export type SetListener = (runner: SetRunner, event: SetEvent) => void;

/** What the desk works with. */
export interface SetDeskParts {
  readonly clock: RunClock;
  readonly board: Board;
  readonly rules: RuleBook;
  readonly legs: LegChooser;
  readonly charges: ChargeBook;
  readonly post: Post;
  readonly placeOf: (account: AccountId) => Pick<FloorAccount, 'account' | 'orders'>;
  readonly observe: SetListener;
  /** A part of what a set held has left; what it missed meanwhile it looks at now. */
  readonly onReduced: (runner: SetRunner) => void;
}

/** Carries out what sets have decided: legs are chosen, orders go to the account's desk, money is booked. */
export class SetDesk {
  readonly #parts: SetDeskParts;

  constructor(parts: SetDeskParts) {
    this.#parts = parts;
  }

  /** What a fill costs, by the rates of its date, after what the order's earlier fills came to. */
  readonly chargesOf = (runner: SetRunner, fill: Fill, filledBefore: Paise): Paise => {
    const slot = this.#parts.board.slot(fill.instrument);
    slot.instrument ??= this.#parts.rules.instrument(fill.instrument, tradingDate(this.#parts.clock.now));
    return this.#parts.charges.of(fill, slot.instrument, runner.instance, filledBefore);
  };

  /** Does what follows from events that are true by now. */
  readonly carryOut = (runner: SetRunner, events: readonly SetEvent[]): void => {
    const place = this.#parts.placeOf(runner.instance.account);
    let moneyMoved = false;
    for (const event of events) {
      place.account.postSetEvent(runner, event);
      this.#parts.observe(runner, event);
      if (event.kind === 'legFilled' || event.kind === 'setClosed') moneyMoved = true;
      else if (event.kind === 'positionReduced') this.#parts.onReduced(runner);
      else if (event.kind === 'entryPlanned') place.orders.owners.forget(runner);
      else if (event.kind === 'legOrderRequested') place.orders.owners.expect(runner, event.order.orderId);
    }
    this.#hold(runner);
    runner.renewWatch();
    for (const event of events) this.#effect(runner, place.orders, event);
    if (moneyMoved) place.account.holdingsMoved();
  };

  /** A set uses the instrument that it is entering, holds or leaves, and no other. */
  #hold(runner: SetRunner): void {
    const { state } = runner;
    if (state.phase === 'waiting' || state.phase === 'stopped') runner.leave();
    else if ((state.phase === 'open' || state.phase === 'exiting') && runner.slot?.key !== state.position.instrument) {
      runner.take(this.#parts.board.slot(state.position.instrument));
    }
  }

  #effect(runner: SetRunner, orders: OrderDesk, event: SetEvent): void {
    switch (event.kind) {
      case 'preparationStarted':
        this.#prepare(runner, event);
        return;
      case 'legOrderRequested':
        orders.request(runner, event.order);
        return;
      case 'orderWithdrawn':
        orders.withdraw(event.orderId);
        return;
      case 'orderSubmitted':
        orders.submit(event.orderId);
        return;
      case 'orderChangeRequested':
        orders.change(runner, event.orderId, event.change);
        return;
      case 'bookLookRequested':
        orders.look(runner, event.orderId);
        return;
      case 'positionAsked':
        orders.askPosition(runner);
        return;
      default:
    }
  }

  #prepare(runner: SetRunner, { signal, at }: Extract<SetEvent, { kind: 'preparationStarted' }>): void {
    const [leg] = runner.instance.config.legs;
    if (leg === undefined) throw new InvariantError(`The set of ${runner.instance.id} has no leg.`);
    const choice = this.#parts.legs.choose(leg, signal.underlying ?? runner.instance.underlying, signal.direction, at);
    if ('code' in choice) {
      this.#parts.post(runner, { kind: 'noLegs', ...choice, at });
      return;
    }
    runner.take(choice.slot);
    const { account } = this.#parts.placeOf(runner.instance.account);
    const { availablePaise } = account.view(this.#parts.clock.now);
    this.#parts.post(runner, { kind: 'legs', leg: choice.leg, availablePaise, sizeScale: account.sizeScale(this.#parts.clock.now), at });
  }
}
