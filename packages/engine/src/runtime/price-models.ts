import type { PremiumConfig } from '../config/run-config.js';
import type { FutureInstrument, Instrument, InstrumentKey, OptionInstrument } from '../market/instrument.js';
import type { RuleBook } from '../market/rule-book.js';
import { blackScholes, blackScholesPrice } from '../options/black-scholes.js';
import { expiryMoment } from '../options/day-count.js';
import type { Price } from '../primitives/price.js';
import { DAY_MS, type EpochMs } from '../primitives/time.js';
import type { Board } from './board.js';
import type { PriceModel, Slot } from './slot.js';

/** A calendar year of 365 days: the day count of both models. */
const YEAR_MS = 365 * DAY_MS;

/** What the models need of a configuration. */
export interface PriceModelConfig {
  readonly premiums: PremiumConfig;
  readonly futures: { readonly model: 'costOfCarry'; readonly rate: number } | null;
  readonly vix: number | null;
}

/** Prices for instruments that no feed brings: options by Black–Scholes, futures by the cost of carry. */
export class PriceModels {
  readonly #config: PriceModelConfig;
  readonly #rules: RuleBook;
  readonly #volatility: Slot | null;
  readonly #fallback: number | null;

  constructor(config: PriceModelConfig, rules: RuleBook, board: Board) {
    this.#config = config;
    this.#rules = rules;
    const { volatility } = config.premiums;
    this.#volatility = volatility.kind === 'instrument' ? board.slot(volatility.instrument) : null;
    this.#fallback =
      volatility.kind === 'fixed' ? volatility.share : (volatility.elseShare ?? (isVix(volatility.instrument) ? config.vix : null));
  }

  /** The model for an instrument; `null` where it has none, see {@link whyNot}. */
  of(instrument: Instrument, underlying: Slot): PriceModel | null {
    if (instrument.key === underlying.key) return null;
    if (instrument.kind === 'option') return this.#option(instrument);
    return instrument.kind === 'future' ? this.#future(instrument) : null;
  }

  /** Why an instrument has no modelled price, and what to do. */
  whyNot(instrument: Instrument): string {
    if (instrument.kind === 'future') return `No feed brings ${instrument.key}: add one, or "futures: { model: costOfCarry, rate: 6.5% }".`;
    if (instrument.kind === 'option')
      return `The volatility for ${instrument.key} is not known: add its feed, or "else: 14%" under premiums.volatility.`;
    return `No feed brings ${instrument.key}: add one.`;
  }

  /** The delta of an option by the model; `null` without a volatility. */
  delta(option: OptionInstrument, spot: Price, at: EpochMs): number | null {
    const volatility = this.#volatilityAt(at);
    if (volatility === null) return null;
    const { optionType, strike } = option;
    const years = Math.max(0, (expiryMoment(option.expiry, this.#rules.calendar) - at) / YEAR_MS);
    return blackScholes({ optionType, spot, strike, years, rate: this.#config.premiums.rate, volatility }).delta;
  }

  #option(option: OptionInstrument): PriceModel | null {
    const expiry = expiryMoment(option.expiry, this.#rules.calendar);
    const { optionType, strike, tickSize } = option;
    const { rate } = this.#config.premiums;
    const slot = this.#volatility;
    const fallback = this.#fallback;
    if (slot === null && fallback === null) return null;
    if (slot !== null && !slot.hasPrice && fallback === null) return null;
    return (spot, at) => {
      const volatility = slot?.hasPrice ? slot.price(at) / 100 : (fallback ?? 0);
      return Math.max(tickSize, blackScholesPrice(optionType, spot, strike, (expiry - at) / YEAR_MS, rate, volatility));
    };
  }

  #future({ expiry }: FutureInstrument): PriceModel | null {
    if (this.#config.futures === null) return null;
    const { rate } = this.#config.futures;
    const moment = expiryMoment(expiry, this.#rules.calendar);
    return (spot, at) => spot * Math.exp((rate * (moment - at)) / YEAR_MS);
  }

  #volatilityAt(at: EpochMs): number | null {
    return this.#volatility?.hasPrice ? this.#volatility.price(at) / 100 : this.#fallback;
  }
}

const isVix = (instrument: InstrumentKey): boolean => instrument === 'NSE_INDEX:INDIAVIX';
