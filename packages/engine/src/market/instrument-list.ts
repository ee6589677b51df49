import type { TradingDate } from '../primitives/time.js';
import type { Instrument, InstrumentKey, OptionType } from './instrument.js';

/** Instruments that a broker or a feed lists. Where it has one, it is right and the tables are not asked. */
export interface InstrumentList {
  get(key: InstrumentKey): Instrument | undefined;
  /** Expiries of the contracts of one kind on an underlying, nearest first. */
  expiries(underlying: InstrumentKey, kind: 'option' | 'future'): readonly TradingDate[];
  /** Strikes listed on an underlying for an expiry, lowest first; of one type, or of both together. */
  strikes(underlying: InstrumentKey, expiry: TradingDate, optionType?: OptionType): readonly number[];
  readonly size: number;
}

/** A list that can grow: an instrument that it has already is replaced. */
export interface GrowingInstrumentList extends InstrumentList {
  add(instruments: Iterable<Instrument>): void;
}

/** A list of these instruments. */
export function createInstrumentList(instruments: Iterable<Instrument> = []): GrowingInstrumentList {
  const byKey = new Map<InstrumentKey, Instrument>();
  const expiriesBy = new Map<string, Set<TradingDate>>();
  const strikesBy = new Map<string, Set<number>>();

  const list: GrowingInstrumentList = {
    get: (key) => byKey.get(key),
    expiries: (underlying, kind) => [...(expiriesBy.get(`${kind} ${underlying}`) ?? [])].sort(),
    strikes(underlying, expiry, optionType) {
      const types: readonly OptionType[] = optionType === undefined ? ['CE', 'PE'] : [optionType];
      const strikes = new Set(types.flatMap((type) => [...(strikesBy.get(`${type} ${expiry} ${underlying}`) ?? [])]));
      return [...strikes].sort((one, other) => one - other);
    },
    get size() {
      return byKey.size;
    },
    add(more) {
      for (const instrument of more) {
        byKey.set(instrument.key, instrument);
        if (instrument.kind !== 'option' && instrument.kind !== 'future') continue;
        put(expiriesBy, `${instrument.kind} ${instrument.underlying}`, instrument.expiry);
        if (instrument.kind === 'option') {
          put(strikesBy, `${instrument.optionType} ${instrument.expiry} ${instrument.underlying}`, instrument.strike);
        }
      }
    },
  };
  list.add(instruments);
  return list;
}

function put<Value>(sets: Map<string, Set<Value>>, key: string, value: Value): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([value]));
  else set.add(value);
}
