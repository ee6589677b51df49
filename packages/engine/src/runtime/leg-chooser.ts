import type { Expiry } from '../market/expiries.js';
import { selectExpiry } from '../market/expiry-selection.js';
import type { Instrument, InstrumentKey, OptionType } from '../market/instrument.js';
import type { RuleBook } from '../market/rule-book.js';
import { type StrikeQuote, selectStrike } from '../options/select-strike.js';
import type { Side } from '../orders/order-request.js';
import { EngineError } from '../primitives/errors.js';
import { type Price, snapToTickGrid } from '../primitives/price.js';
import { type EpochMs, MINUTE_MS, type TradingDate, tradingDate } from '../primitives/time.js';
import { estimateMargin } from '../risk/margin.js';
import type { ExpiryRule, LegConfig, OptionLegConfig, StrikeRule } from '../sets/set-config.js';
import type { ChosenLeg } from '../sets/set-state.js';
import type { Direction } from '../sets/signal.js';
import type { Board } from './board.js';
import type { PriceModels } from './price-models.js';
import type { Slot } from './slot.js';

/** A recorded price older than this is no basis for choosing a leg. */
const RECORDED_FOR_MS = 5 * MINUTE_MS;

/** Expiries that a rule for expiries is given to choose from: with weekly ones, the monthly after next is among a dozen. */
const EXPIRIES_AHEAD = { option: 12, future: 4 } as const;

/** How many strikes on either side of the money are looked at where no list says which there are. */
const STRIKES_EACH_SIDE = 60;

/** A leg with the slot that its price comes from, or why there is none. */
export type LegChoice = { readonly leg: ChosenLeg; readonly slot: Slot } | { readonly code: string; readonly reason: string };

/** Chooses instruments for legs: from the day's listed contracts where a feed brings them, else from the dated rules. */
export class LegChooser {
  readonly #rules: RuleBook;
  readonly #board: Board;
  readonly #models: PriceModels;
  // What the rules say of a day is looked up once: going through them takes longer than everything else about a choice.
  readonly #expiries = new Map<string, readonly Expiry[]>();
  readonly #instruments = new Map<string, Instrument>();
  #day: TradingDate = '';
  #revision: number | undefined;

  constructor(rules: RuleBook, board: Board, models: PriceModels) {
    this.#rules = rules;
    this.#board = board;
    this.#models = models;
  }

  /** What the rules do not know for the date, and the configuration does not say, refuses the entry in words; it does not stop the run. */
  choose(config: LegConfig, underlying: InstrumentKey, direction: Direction, now: EpochMs): LegChoice {
    try {
      return this.#choose(config, underlying, direction, now);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      return { code: error.code, reason: `${error.message} ${error.remedy}` };
    }
  }

  #choose(config: LegConfig, underlying: InstrumentKey, direction: Direction, now: EpochMs): LegChoice {
    const under = this.#board.slot(underlying);
    if (!under.hasPrice) return { code: 'legs/no-spot', reason: `No price of ${underlying} has come yet.` };
    const spot = under.price(now);
    if (config.kind === 'option') return this.#option(config, { under, spot, direction, now });
    const date = this.#today(now);
    const side = config.side === 'signal' ? (direction === 'bearish' ? 'sell' : 'buy') : config.side;
    if (config.kind === 'equity') {
      const instrument = this.#rules.instrument(underlying, date);
      if (instrument.kind === 'index')
        return { code: 'legs/index-not-tradable', reason: `${underlying} is an index: trade its future or its options.` };
      return this.#chosen(instrument, side, under, { spot, now });
    }
    const expiry = this.#expiry(config.expiry, { underlying, kind: 'future', date });
    if (expiry === undefined) return noExpiry(underlying, config.expiry);
    return this.#chosen(this.#future(underlying, expiry, date), side, under, { spot, now });
  }

  #option(
    config: OptionLegConfig,
    market: { readonly under: Slot; readonly spot: Price; readonly direction: Direction; readonly now: EpochMs },
  ): LegChoice {
    const { under, spot, direction, now } = market;
    const underlying = under.key;
    const date = this.#today(now);
    const expiry = this.#expiry(config.expiry, { underlying, kind: 'option', date });
    if (expiry === undefined) return noExpiry(underlying, config.expiry);
    const optionType = optionTypeFor(config, direction);
    const strikes = this.#strikes(underlying, { expiry, spot, date });
    const quotes = strikes.map((strike) =>
      this.#quote({ underlying, expiry, strike, optionType }, config.strike, { under, spot, now, date }),
    );
    const strike = selectStrike(config.strike, { optionType, spot, quotes });
    if (strike === undefined)
      return { code: 'legs/no-strike', reason: `No listed ${optionType} of ${underlying} for ${expiry} answers the rule for strikes.` };
    return this.#chosen(this.#rules.option({ underlying, expiry, strike, optionType }, date), config.side, under, { spot, now });
  }

  #expiry(
    rule: ExpiryRule,
    { underlying, kind, date }: { readonly underlying: InstrumentKey; readonly kind: 'option' | 'future'; readonly date: TradingDate },
  ): TradingDate | undefined {
    const cycle = kind === 'future' && rule.cycle !== 'next-monthly' ? 'monthly' : rule.cycle;
    return selectExpiry({ ...rule, cycle }, this.#upcoming(underlying, kind, date), date);
  }

  #today(now: EpochMs): TradingDate {
    const date = tradingDate(now);
    if (date !== this.#day) {
      this.#day = date;
      const { revision } = this.#rules;
      // While nobody has learnt anything new, the expiries of yesterday are those of today, less what has expired.
      if (revision === undefined || revision !== this.#revision) this.#expiries.clear();
      this.#revision = revision;
      this.#instruments.clear();
    }
    return date;
  }

  #upcoming(underlying: InstrumentKey, kind: 'option' | 'future', on: TradingDate): readonly Expiry[] {
    const name = `${kind} ${underlying}`;
    let upcoming = this.#expiries.get(name);
    if (upcoming === undefined || (upcoming[0]?.date ?? '') < on) {
      upcoming = this.#rules.upcomingExpiries({ underlying, on, kind, count: EXPIRIES_AHEAD[kind] });
      this.#expiries.set(name, upcoming);
    }
    return upcoming;
  }

  #future(underlying: InstrumentKey, expiry: TradingDate, date: TradingDate): Instrument {
    const name = `${underlying} ${expiry}`;
    let future = this.#instruments.get(name);
    if (future === undefined) {
      future = this.#rules.future({ underlying, expiry }, date);
      this.#instruments.set(name, future);
    }
    return future;
  }

  /** The listed strikes; where no list has any, the grid of the rules around the money. */
  #strikes(
    underlying: InstrumentKey,
    { expiry, spot, date }: { readonly expiry: TradingDate; readonly spot: Price; readonly date: TradingDate },
  ): readonly Price[] {
    const listed = this.#rules.listedStrikes(underlying, expiry);
    if (listed.length > 0) return listed;
    const step = this.#rules.strikeStep(underlying, date);
    const middle = Math.round(spot / step);
    const strikes: Price[] = [];
    for (let n = Math.max(1, middle - STRIKES_EACH_SIDE); n <= middle + STRIKES_EACH_SIDE; n += 1) strikes.push(n * step);
    return strikes;
  }

  /** Delta and premium are looked up only for the rules that go by them. */
  #quote(
    terms: OptionTerms,
    rule: StrikeRule,
    { under, spot, now, date }: { readonly under: Slot; readonly spot: Price; readonly now: EpochMs; readonly date: TradingDate },
  ): StrikeQuote {
    const { strike } = terms;
    if (rule.kind !== 'delta' && rule.kind !== 'premium') return { strike, delta: null, premium: null };
    const option = this.#rules.option(terms, date);
    if (rule.kind === 'delta') return { strike, delta: this.#models.delta(option, spot, now), premium: null };
    const recorded = this.#recorded(option.key, now);
    const premium = recorded !== null ? recorded.price(now) : (this.#models.of(option, under)?.(spot, now, 0) ?? null);
    return { strike, delta: null, premium };
  }

  #chosen(instrument: Instrument, side: Side, under: Slot, { spot, now }: { readonly spot: Price; readonly now: EpochMs }): LegChoice {
    const slot = this.#board.slot(instrument.key);
    slot.instrument = instrument;
    const recorded = this.#recorded(instrument.key, now);
    if (recorded === null && slot.users === 0) {
      const model = this.#models.of(instrument, under);
      if (model === null) return { code: 'legs/no-price', reason: this.#models.whyNot(instrument) };
      slot.model = model;
      slot.underlying = under;
      // A quote from when it was recorded is no quote of the model's.
      slot.bid = slot.ask = Number.NaN;
    }
    const premium = slot.model === null ? 'recorded' : 'model';
    const raw = recorded !== null || slot.users > 0 || slot.model === null ? slot.price(now) : slot.model(spot, now, 0);
    const price = Math.max(instrument.tickSize, snapToTickGrid(raw, instrument));
    const { totalPaise } = estimateMargin([{ instrument, side, quantity: instrument.lotSize, price }], {
      underlyingPrice: spot,
      date: tradingDate(now),
    });
    const { key, lotSize, tickSize, freezeQuantity } = instrument;
    const isOption = instrument.kind === 'option';
    const leg: ChosenLeg = {
      instrument: key,
      side,
      price,
      premium,
      lotSize,
      tickSize,
      freezeQuantity,
      costPerLotPaise: Math.max(1, totalPaise),
      expiry: isOption || instrument.kind === 'future' ? instrument.expiry : null,
      strike: isOption ? instrument.strike : null,
      optionType: isOption ? instrument.optionType : null,
      spot,
    };
    return { leg, slot };
  }

  /** An instrument that is held already: where no feed brings its price, it follows its underlying by the model, as when it was chosen. */
  follow(key: InstrumentKey, underlying: InstrumentKey, now: EpochMs): Slot {
    const slot = this.#board.slot(key);
    slot.instrument ??= this.#rules.instrument(key, this.#today(now));
    if (slot.hasPrice || slot.model !== null) return slot;
    const under = this.#board.slot(underlying);
    slot.model = this.#models.of(slot.instrument, under);
    slot.underlying = slot.model === null ? null : under;
    return slot;
  }

  /** The slot of an instrument with a recorded price that is fresh enough. */
  #recorded(key: InstrumentKey, now: EpochMs): Slot | null {
    const slot = this.#board.find(key);
    return slot?.hasPrice && slot.model === null && now - slot.recordedAt <= RECORDED_FOR_MS ? slot : null;
  }
}

interface OptionTerms {
  readonly underlying: InstrumentKey;
  readonly expiry: TradingDate;
  readonly strike: Price;
  readonly optionType: OptionType;
}

/** A buyer of options takes calls for a rise, a seller sells puts for it. */
function optionTypeFor({ optionType, side }: OptionLegConfig, direction: Direction): OptionType {
  if (optionType !== 'signal') return optionType;
  return (direction === 'bearish') === (side === 'buy') ? 'PE' : 'CE';
}

const noExpiry = (underlying: InstrumentKey, { cycle, minDays }: ExpiryRule): LegChoice => ({
  code: 'legs/no-expiry',
  reason: `No ${cycle} expiry of ${underlying} at least ${minDays} days away is known.`,
});
