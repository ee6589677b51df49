import type { RunConfig } from '../config/run-config.js';
import type { Instrument } from '../market/instrument.js';
import type { RuleNote } from '../market/rules/fact.js';
import { type ChargeSchedule, chargeSchedule } from '../orders/charges.js';
import { chargeSubject } from '../orders/charges-rates.js';
import type { Fill } from '../orders/fill.js';
import { type ChargeKinds, chargeKinds } from '../portfolio/charge-kinds.js';
import type { Paise } from '../primitives/money.js';
import { turnoverPaise } from '../primitives/price.js';
import { type TradingDate, tradingDate } from '../primitives/time.js';
import type { SetInstance } from '../sets/set-instance.js';

/** What fills cost, by the rates of their date. Rates are looked up once for a kind of deal and day. */
export class ChargeBook {
  readonly #fallbackFrom: RunConfig['chargesFrom'];
  readonly #brokers: ReadonlyMap<string, string>;
  /** The instruments are those of one day: when a new day describes them anew, their rates are looked up anew. */
  readonly #schedules = new WeakMap<Instrument, Map<SetInstance, ChargeSchedule>>();
  /** The same of one date by kind of deal: every option of an exchange has the same rates. */
  readonly #ofDay = new Map<string, ChargeSchedule>();
  #day: TradingDate | null = null;
  readonly #notes = new Map<string, RuleNote>();

  constructor({ accounts, chargesFrom }: Pick<RunConfig, 'accounts' | 'chargesFrom'>) {
    this.#fallbackFrom = chargesFrom;
    this.#brokers = new Map(accounts.map(({ id, broker }) => [id, broker.use]));
  }

  /**
   * What a fill costs.
   *
   * @param filledBefore what the order's earlier fills came to, since brokerage is charged once an order.
   * @throws EngineError `charges/unknown-date` where neither the tables nor the configuration know the rates.
   */
  of(fill: Fill, instrument: Instrument, instance: SetInstance, filledBefore: Paise): Paise {
    return this.#schedule(instrument, fill, instance).totalPaise(fill.side, turnoverPaise(fill.price, fill.quantity), filledBefore);
  }

  /**
   * What a fill was charged, by kind.
   *
   * @throws EngineError `charges/unknown-date` as {@link of} does.
   */
  split(fill: Fill, instrument: Instrument, instance: SetInstance, chargedPaise: Paise): ChargeKinds {
    const { rates } = this.#schedule(instrument, fill, instance);
    return chargeKinds(chargedPaise, { rates, side: fill.side, turnoverPaise: turnoverPaise(fill.price, fill.quantity) });
  }

  /** What is uncertain about the rates used so far. */
  notes(): readonly RuleNote[] {
    return [...this.#notes.values()];
  }

  #schedule(instrument: Instrument, { time }: Fill, instance: SetInstance): ChargeSchedule {
    let byInstance = this.#schedules.get(instrument);
    if (byInstance === undefined) {
      byInstance = new Map();
      this.#schedules.set(instrument, byInstance);
    }
    let schedule = byInstance.get(instance);
    if (schedule === undefined) {
      schedule = this.#lookedUp(instrument, tradingDate(time), instance);
      byInstance.set(instance, schedule);
    }
    return schedule;
  }

  #lookedUp(instrument: Instrument, on: TradingDate, { account, config: { product } }: SetInstance): ChargeSchedule {
    const broker = this.#brokers.get(account) ?? 'paper';
    if (on !== this.#day) {
      this.#day = on;
      this.#ofDay.clear();
    }
    const { market, segment, other } = chargeSubject(instrument, product);
    const kind = `${market} ${segment} ${other} ${broker} ${product}`;
    let schedule = this.#ofDay.get(kind);
    if (schedule === undefined) {
      schedule = chargeSchedule(instrument, { on, product, broker, fallbackFrom: this.#fallbackFrom });
      this.#ofDay.set(kind, schedule);
      for (const note of schedule.notes) this.#notes.set(`${note.code} ${note.subject}`, note);
    }
    return schedule;
  }
}
