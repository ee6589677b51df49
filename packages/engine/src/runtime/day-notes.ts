import type { AccountConfig, RunConfig } from '../config/run-config.js';
import type { RuleBook } from '../market/rule-book.js';
import { contractNote, type NoteFill } from '../orders/contract-note.js';
import type { Fill } from '../orders/fill.js';
import type { Product } from '../orders/order-request.js';
import type { Paise } from '../primitives/money.js';
import { type TradingDate, tradingDate } from '../primitives/time.js';

/** What the note of a date asks for beside what was charged fill by fill. */
export interface NoteAdjustment {
  readonly date: TradingDate;
  readonly adjustmentPaise: Paise;
}

/** The deals of one account for which no contract note was booked yet: those of the present day, and of one before that an engine did not end. */
export class DayNotes {
  readonly #broker: string;
  readonly #fallbackFrom: TradingDate | null;
  readonly #rules: Pick<RuleBook, 'instrument'>;
  #fills: Omit<NoteFill, 'instrument'>[] = [];

  constructor(
    { broker }: Pick<AccountConfig, 'broker'>,
    { chargesFrom }: Pick<RunConfig, 'chargesFrom'>,
    rules: Pick<RuleBook, 'instrument'>,
  ) {
    this.#broker = broker.use;
    this.#fallbackFrom = chargesFrom;
    this.#rules = rules;
  }

  add(fill: Fill, product: Product, accruedPaise: Paise): void {
    this.#fills.push({ fill, product, accruedPaise });
  }

  /** The note of a date was booked before this run. */
  booked(on: TradingDate): void {
    this.#fills = this.#fills.filter(({ fill: { time } }) => tradingDate(time) !== on);
  }

  /** What the notes up to a date ask for, one for each date with deals; those days are over then. */
  adjustmentsUpTo(on: TradingDate): readonly NoteAdjustment[] {
    const dates = new Set(this.#fills.map(({ fill: { time } }) => tradingDate(time)).filter((date) => date <= on));
    return [...dates].map((date) => {
      const fills = this.#fills.filter(({ fill: { time } }) => tradingDate(time) === date);
      this.booked(date);
      return { date, adjustmentPaise: this.#adjustmentOf(fills, date) };
    });
  }

  #adjustmentOf(fills: readonly Omit<NoteFill, 'instrument'>[], on: TradingDate): Paise {
    const noted = fills.map((one) => ({ ...one, instrument: this.#rules.instrument(one.fill.instrument, on) }));
    return contractNote(noted, { on, broker: this.#broker, fallbackFrom: this.#fallbackFrom }).adjustmentPaise;
  }
}
