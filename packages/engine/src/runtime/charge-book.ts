import type { RunConfig } from '../config/run-config.js';
import type { Instrument } from '../market/instrument.js';
import type { RuleNote } from '../market/rules/fact.js';
import { type ChargeSchedule, chargeSchedule } from '../orders/charges.js';
import type { Fill } from '../orders/fill.js';
import type { Paise } from '../primitives/money.js';
import { turnoverPaise } from '../primitives/price.js';
import { tradingDate } from '../primitives/time.js';
import type { SetInstance } from '../sets/set-instance.js';

/** What fills cost, by the rates of their date. Rates are looked up once for an instrument and day. */
export class ChargeBook {
  readonly #fallbackFrom: RunConfig['chargesFrom'];
  readonly #brokers: ReadonlyMap<string, string>;
  /** The instruments are those of one day: when a new day describes them anew, their rates are looked up anew. */
  readonly #schedules = new WeakMap<Instrument, Map<string, ChargeSchedule>>();
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
  of(fill: Fill, instrument: Instrument, { account, config: { product } }: SetInstance, filledBefore: Paise): Paise {
    const broker = this.#brokers.get(account) ?? 'paper';
    return this.#schedule(instrument, fill, broker, product).totalPaise(fill.side, turnoverPaise(fill.price, fill.quantity), filledBefore);
  }

  /** What is uncertain about the rates used so far. */
  notes(): readonly RuleNote[] {
    return [...this.#notes.values()];
  }

  #schedule(instrument: Instrument, { time }: Fill, broker: string, product: SetInstance['config']['product']): ChargeSchedule {
    let byTerms = this.#schedules.get(instrument);
    if (byTerms === undefined) {
      byTerms = new Map();
      this.#schedules.set(instrument, byTerms);
    }
    const terms = broker + product;
    let schedule = byTerms.get(terms);
    if (schedule === undefined) {
      schedule = chargeSchedule(instrument, { on: tradingDate(time), product, broker, fallbackFrom: this.#fallbackFrom });
      byTerms.set(terms, schedule);
      for (const note of schedule.notes) this.#notes.set(`${note.code} ${note.subject}`, note);
    }
    return schedule;
  }
}
