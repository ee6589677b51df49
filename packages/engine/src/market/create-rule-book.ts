import { EngineError } from '../primitives/errors.js';
import type { TradingDate } from '../primitives/time.js';
import { calendarNotes } from './calendar.js';
import { createCorrectedCalendar, createDataCalendar } from './data-calendar.js';
import { cycleOf, type Expiry, expiriesByRule, hasExpiryRules } from './expiries.js';
import { freezeQuantity } from './freeze.js';
import type { FutureInstrument, Instrument, InstrumentKey, OptionInstrument } from './instrument.js';
import {
  contractsOf,
  type FutureTerms,
  formatInstrumentKey,
  isContractIndex,
  type OptionTerms,
  parseInstrumentKey,
  underlyingKey,
} from './instrument-key.js';
import { createInstrumentList, type InstrumentList } from './instrument-list.js';
import { mergedExpiries } from './listed-expiries.js';
import { indexLot, stockLot } from './lots.js';
import type { InstrumentOverride, RuleBook } from './rule-book.js';
import type { Fact, RuleNote } from './rules/fact.js';
import { HOLIDAYS_TO } from './rules/holidays.js';
import { indexStrikeStep, stockStrikeStep } from './strikes.js';
import { tickSizeOf } from './ticks.js';

/** What a rule book is made from. */
export interface RuleBookOptions {
  /** `rules`: the dated tables; `fromData`: days and hours are those that `addSessions` brings. */
  readonly calendar: 'rules' | 'fromData';
  /** What the configuration says of instruments, by key; of an underlying it holds for its contracts. */
  readonly instruments?: Readonly<Record<InstrumentKey, InstrumentOverride>>;
  /** A list of instruments that wins over the tables; it stays as it is, what comes later goes through `addInstruments`. */
  readonly lists?: InstrumentList;
}

/** A rule book over the dated tables. It keeps state: lists and sessions that are added, and notes of what was uncertain. */
export function createRuleBook({ calendar: mode, instruments: overrides = {}, lists }: RuleBookOptions): RuleBook {
  const added = createInstrumentList();
  const notes = new Map<string, RuleNote>();
  const note = (one: RuleNote): void => {
    const id = `${one.code} ${one.subject}`;
    if (!notes.has(id)) notes.set(id, one);
  };
  const calendar = mode === 'fromData' ? createDataCalendar() : createCorrectedCalendar((date) => calendarNotes(date).forEach(note));
  let revision = 0;
  const months = new Map<string, readonly Expiry[]>();
  const scope = { calendar, until: mode === 'rules' ? HOLIDAYS_TO : null, known: months };

  /** The figure of a table, with a note if nobody has confirmed it. */
  const settled = <Value>({ value, status, source }: Fact<Value>, what: string, code: string, subject: string): Value => {
    if (status === 'unverified') {
      note({
        code: `rules/${code}-unverified`,
        subject,
        message: `The ${what} of ${subject} is taken as ${String(value)}, unverified (${source}).`,
      });
    }
    return value;
  };
  const said = <Field extends keyof InstrumentOverride>(field: Field, key: InstrumentKey, underlying: InstrumentKey) =>
    overrides[key]?.[field] ?? overrides[underlying]?.[field];

  const lotSizeOf = (terms: FutureTerms | OptionTerms, underlying: InstrumentKey, on: TradingDate): number => {
    const { name, expiry } = terms;
    const cycle = () => cycleOf(underlying, expiry, scope) ?? 'monthly';
    const fact = isContractIndex(underlying)
      ? indexLot({ name, expiry, on, cycle })
      : underlying.startsWith('NSE:')
        ? stockLot({ name, expiry, on })
        : null;
    if (fact === null)
      throw unknown('lot-size', `lot of contracts on "${underlying}" that expire on ${expiry}`, underlying, 'lotSize: <units>');
    return settled(fact, 'lot', 'lot-size', underlying);
  };

  const contractTick = (terms: FutureTerms | OptionTerms, underlying: InstrumentKey, on: TradingDate): number => {
    if (terms.exchange === 'MCX' || terms.exchange === 'CDS') {
      throw unknown('tick-size', `tick size of contracts on "${underlying}"`, underlying, 'tickSize: <rupees>');
    }
    const subject = isContractIndex(underlying)
      ? terms.kind === 'option'
        ? 'indexOption'
        : 'indexFuture'
      : terms.kind === 'option'
        ? 'stockOption'
        : 'stockFuture';
    return settled(tickSizeOf(subject, terms.name, on), 'tick size', 'tick-size', subject);
  };

  const contractFreeze = (name: string, underlying: InstrumentKey, on: TradingDate): number | null => {
    const fact = isContractIndex(underlying) ? freezeQuantity(name, on) : null;
    return fact === null ? null : settled(fact, 'freeze quantity', 'freeze-quantity', underlying);
  };

  /** What a listed instrument and one by the tables have in common: the configuration has the last word. */
  const corrected = <Kind extends Instrument>(listed: Kind): Kind => {
    const underlying = 'underlying' in listed ? listed.underlying : listed.key;
    const isContract = underlying !== listed.key;
    return {
      ...listed,
      tickSize: said('tickSize', listed.key, underlying) ?? listed.tickSize,
      lotSize: (isContract ? said('lotSize', listed.key, underlying) : undefined) ?? listed.lotSize,
      freezeQuantity: (isContract ? said('freezeQuantity', listed.key, underlying) : undefined) ?? listed.freezeQuantity,
    };
  };

  const contractByTables = (terms: FutureTerms | OptionTerms, key: InstrumentKey, on: TradingDate) => {
    const underlying = underlyingKey(terms);
    return {
      key,
      exchange: terms.exchange,
      symbol: key.slice(key.indexOf(':') + 1),
      underlying,
      expiry: terms.expiry,
      tickSize: said('tickSize', key, underlying) ?? contractTick(terms, underlying, on),
      lotSize: said('lotSize', key, underlying) ?? lotSizeOf(terms, underlying, on),
      freezeQuantity: said('freezeQuantity', key, underlying) ?? contractFreeze(terms.name, underlying, on),
    };
  };

  const listedAs = (key: InstrumentKey): Instrument | undefined => added.get(key) ?? lists?.get(key);

  const optionOf = (terms: OptionTerms, on: TradingDate): OptionInstrument => {
    const key = formatInstrumentKey(terms);
    const listed = listedAs(key);
    if (listed?.kind === 'option') return corrected(listed);
    return { kind: 'option', ...contractByTables(terms, key, on), strike: terms.strike, optionType: terms.optionType };
  };

  const futureOf = (terms: FutureTerms, on: TradingDate): FutureInstrument => {
    const key = formatInstrumentKey(terms);
    const listed = listedAs(key);
    return listed?.kind === 'future' ? corrected(listed) : { kind: 'future', ...contractByTables(terms, key, on) };
  };

  // Sets ask the same thing again and again within a day.
  const answered = new Map<string, readonly Expiry[]>();

  const upcomingExpiries: RuleBook['upcomingExpiries'] = ({ underlying, on, kind, count }) => {
    const query = `${underlying} ${on} ${kind} ${count}`;
    const known = answered.get(query);
    if (known !== undefined) return known;
    const listed = [...new Set([...added.expiries(underlying, kind), ...(lists?.expiries(underlying, kind) ?? [])])].filter(
      (date) => date >= on,
    );
    // A list can have contracts on what the tables have no rule for; without a list that is an error.
    const byRule = (wanted: number): readonly Expiry[] =>
      listed.length > 0 && !hasExpiryRules(underlying) ? [] : expiriesByRule(underlying, { on, count: wanted, ...scope });
    const expiries = mergedExpiries({ listed: listed.sort(), byRule, kind, count });
    if (answered.size >= ANSWERS_KEPT) answered.clear();
    answered.set(query, expiries);
    return expiries;
  };

  return {
    calendar,
    instrument(key, on) {
      const terms = parseInstrumentKey(key);
      if (terms.kind === 'option') return optionOf(terms, on);
      if (terms.kind === 'future') return futureOf(terms, on);
      const listed = listedAs(key);
      if (listed !== undefined) return corrected(listed);
      const { kind, exchange, name: symbol } = terms;
      const tickSize = said('tickSize', key, key) ?? settled(tickSizeOf(kind, symbol, on), 'tick size', 'tick-size', kind);
      return { kind, key, exchange, symbol, tickSize, lotSize: 1, freezeQuantity: null };
    },
    option: ({ underlying, ...terms }, on) => optionOf({ kind: 'option', ...contractsOf(underlying), ...terms }, on),
    future: ({ underlying, expiry }, on) => futureOf({ kind: 'future', ...contractsOf(underlying), expiry }, on),
    upcomingExpiries,
    expiries({ cycle, count, ...query }) {
      if (cycle === 'any') return upcomingExpiries({ ...query, count }).map(({ date }) => date);
      const upcoming = upcomingExpiries({ ...query, count: Math.max(count * WEEKS_A_MONTH, WEEKS_A_MONTH) });
      const hasWeeklies = upcoming.some((expiry) => expiry.cycle === 'weekly');
      const wanted = cycle === 'monthly' ? upcoming.filter((expiry) => expiry.cycle === 'monthly') : hasWeeklies ? upcoming : [];
      return wanted.slice(0, count).map(({ date }) => date);
    },
    strikeStep(underlying, on) {
      const override = overrides[underlying]?.strikeStep;
      if (override !== undefined) return override;
      const { name } = contractsOf(underlying);
      const fact = isContractIndex(underlying)
        ? indexStrikeStep(name, on)
        : underlying.startsWith('NSE:')
          ? stockStrikeStep(name, on)
          : null;
      if (fact === null)
        throw unknown('strike-step', `distance of strikes of "${underlying}" on ${on}`, underlying, 'strikeStep: <rupees>');
      return settled(fact, 'strike step', 'strike-step', underlying);
    },
    listedStrikes: (underlying, expiry) => {
      const strikes = added.strikes(underlying, expiry);
      return strikes.length > 0 ? strikes : (lists?.strikes(underlying, expiry) ?? []);
    },
    addSessions(sessions) {
      if (!calendar.add(sessions)) return;
      revision += 1;
      months.clear();
      answered.clear();
    },
    addInstruments(instruments) {
      added.add(instruments);
      revision += 1;
      answered.clear();
    },
    get revision() {
      return revision;
    },
    notes: () => [...notes.values()],
  };
}

/** Expiries of so many questions are kept; then it begins anew. */
const ANSWERS_KEPT = 500;

/** The most expiries of an underlying that can lie in a month. */
const WEEKS_A_MONTH = 5;

const unknown = (fact: string, what: string, underlying: InstrumentKey, entry: string): EngineError =>
  new EngineError(`rules/${fact}-unknown`, {
    message: `The dated tables do not know the ${what}.`,
    remedy: `Write it in the configuration:\ninstruments:\n  ${underlying}: { ${entry} }`,
    context: { underlying },
  });
