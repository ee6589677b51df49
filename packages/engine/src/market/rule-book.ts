import type { TradingDate } from '../primitives/time.js';
import type { Expiry } from './expiries.js';
import type { FutureInstrument, Instrument, InstrumentKey, OptionInstrument, OptionType } from './instrument.js';
import type { RuleNote } from './rules/fact.js';
import type { Session, SessionCalendar } from './session.js';

/** What the configuration says where the dated tables know nothing, or against them. Said of an underlying it holds for its contracts. */
export interface InstrumentOverride {
  readonly lotSize?: number | undefined;
  readonly strikeStep?: number | undefined;
  readonly tickSize?: number | undefined;
  readonly freezeQuantity?: number | undefined;
}

/**
 * The dated rules of the market, with what the configuration adds. An answer comes from the configuration where it speaks, else from an
 * instrument list, else from the tables; where none of them knows, an `EngineError` says what to write in the configuration. Nothing is guessed.
 */
export interface RuleBook {
  readonly calendar: SessionCalendar;
  /** Rises whenever sessions or instruments that were added have changed an answer; absent where nobody counts. */
  readonly revision?: number;
  /**
   * An instrument by its key, with the lot, tick and freeze quantity in force for it on a date.
   * @throws EngineError `rules/…-unknown` where the tables do not reach and the configuration is silent.
   */
  instrument(key: InstrumentKey, on: TradingDate): Instrument;
  /** The option contract with these terms. */
  option(
    terms: {
      readonly underlying: InstrumentKey;
      readonly expiry: TradingDate;
      readonly strike: number;
      readonly optionType: OptionType;
    },
    on: TradingDate,
  ): OptionInstrument;
  /** The future on an underlying with an expiry. */
  future(terms: { readonly underlying: InstrumentKey; readonly expiry: TradingDate }, on: TradingDate): FutureInstrument;
  /**
   * Expiry dates on or after `on`, nearest first, at most `count` of them and fewer where the rules or the calendar end.
   *
   * `any` is weekly and monthly together. `weekly` is one a week, the monthly contract in its week, and none where an underlying has no weeklies.
   */
  expiries(query: {
    readonly underlying: InstrumentKey;
    readonly on: TradingDate;
    readonly cycle: 'weekly' | 'monthly' | 'any';
    readonly kind: 'option' | 'future';
    readonly count: number;
  }): readonly TradingDate[];
  /** Expiries with their cycles on or after `on`, nearest first, at most `count`: what `selectExpiry` chooses from. Futures have monthly ones. */
  upcomingExpiries(query: {
    readonly underlying: InstrumentKey;
    readonly on: TradingDate;
    readonly kind: 'option' | 'future';
    readonly count: number;
  }): readonly Expiry[];
  /** Distance between neighbouring strikes near the money. */
  strikeStep(underlying: InstrumentKey, on: TradingDate): number;
  /** Strikes that an instrument list has for an expiry, lowest first; empty where no list has any. */
  listedStrikes(underlying: InstrumentKey, expiry: TradingDate): readonly number[];
  /** Takes sessions that a feed or a broker reports; they win over the tables. */
  addSessions(sessions: readonly Session[]): void;
  /** Takes instruments that a feed or a broker lists; they win over the tables, and over lists given before. */
  addInstruments(instruments: Iterable<Instrument>): void;
  /** What answers given so far rest on and nobody has confirmed, each once, in the order in which it was first used. */
  notes(): readonly RuleNote[];
}
