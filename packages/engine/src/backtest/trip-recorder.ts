import type { Fill } from '../orders/fill.js';
import type { ChargeKinds } from '../portfolio/charge-kinds.js';
import type { Paise } from '../primitives/money.js';
import { turnoverPaise } from '../primitives/price.js';
import type { SetEvent } from '../sets/set-event.js';
import type { SetInstance } from '../sets/set-instance.js';
import type { OpenPosition } from '../sets/set-state.js';
import type { ReportedLeg, ReportedRoundTrip } from './report.js';
import { TripOrders } from './trip-orders.js';

/** What a fill was charged, by kind. */
export type KindsOf = (fill: Fill, chargedPaise: Paise) => ChargeKinds;

type Closed = Extract<SetEvent, { kind: 'setClosed' }>;

/** The round trips of one set instance, put together from its events. */
export class TripRecorder {
  readonly #instance: SetInstance;
  readonly #kindsOf: KindsOf;
  readonly #orders = new TripOrders();
  #position: OpenPosition | null = null;
  #exitPaise: Paise = 0;
  #exitQuantity = 0;

  constructor(instance: SetInstance, kindsOf: KindsOf) {
    this.#instance = instance;
    this.#kindsOf = kindsOf;
  }

  /** Takes an event that says nothing about the end of a round trip. */
  event(event: SetEvent): void {
    const orders = this.#orders;
    switch (event.kind) {
      case 'legsChosen':
        orders.entryAt(event.leg.price);
        return;
      case 'entryPlanned':
        orders.begin();
        return;
      case 'legOrderRequested':
        orders.requested(event);
        return;
      case 'orderSubmitted':
        orders.submitted(event);
        return;
      case 'orderRefused':
        orders.unsent(event.orderId, 'refused', event.reason);
        return;
      case 'orderWithdrawn':
        orders.unsent(event.orderId, 'withdrawn', event.reason);
        return;
      case 'orderNeverReached':
        orders.unsent(event.orderId, 'neverReached', null);
        return;
      case 'orderChanged':
        orders.changed(event.news);
        return;
      case 'legFilled':
        this.#filled(event);
        return;
      case 'setOpened':
        this.#position = event.position;
        this.#exitPaise = 0;
        this.#exitQuantity = 0;
        return;
      case 'exitTriggered':
        orders.leaving(event);
        return;
      default:
    }
  }

  /**
   * The round trip that has ended; `null` where nobody has told of its beginning.
   *
   * @param signal the place of the signal behind it in the report.
   */
  closed({ rule, grossPaise, chargesPaise, at }: Closed, signal: number | null): ReportedRoundTrip | null {
    const position = this.#position;
    const { orders, charges, tradedPaise } = this.#orders.end();
    this.#position = null;
    if (position === null) return null;
    const { config, account, underlying } = this.#instance;
    const leg: ReportedLeg = {
      instrument: position.instrument,
      side: position.side,
      quantity: position.entryQuantity,
      entryTime: position.entryTime,
      entryPrice: position.entryPrice,
      exitTime: at,
      exitPrice: this.#exitPaise / (this.#exitQuantity * 100),
      premium: position.premium,
    };
    return {
      set: config.id,
      strategy: config.strategy.use,
      account,
      underlying,
      product: config.product,
      legs: [leg],
      exitReason: rule,
      grossPaise,
      chargesPaise,
      netPaise: grossPaise - chargesPaise,
      charges,
      tradedPaise,
      signal,
      orders,
    };
  }

  #filled(event: Extract<SetEvent, { kind: 'legFilled' }>): void {
    const { purpose, fill, chargesPaise } = event;
    this.#orders.filled(event, this.#kindsOf(fill, chargesPaise));
    if (purpose === 'entry') return;
    this.#exitPaise += turnoverPaise(fill.price, fill.quantity);
    this.#exitQuantity += fill.quantity;
  }
}
