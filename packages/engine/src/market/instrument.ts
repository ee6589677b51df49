import type { Price } from '../primitives/price.js';
import type { TradingDate } from '../primitives/time.js';
import type { Unit } from '../primitives/unit.js';

/** Where an instrument is listed; indices, which nobody trades, have exchanges of their own. */
export type Exchange = 'NSE' | 'BSE' | 'NFO' | 'BFO' | 'MCX' | 'CDS' | 'NSE_INDEX' | 'BSE_INDEX';

/** `EXCHANGE:SYMBOL` in the open Indian convention: `NSE:RELIANCE`, `NFO:NIFTY29DEC26FUT`, `NFO:NIFTY01DEC2624500CE`, `NSE_INDEX:NIFTY`. */
export type InstrumentKey = Unit<string, 'InstrumentKey'>;

/** A call (`CE`) or a put (`PE`). */
export type OptionType = 'CE' | 'PE';

interface Listed {
  readonly key: InstrumentKey;
  readonly exchange: Exchange;
  readonly symbol: string;
  /** The smallest step of the price, in rupees or points. */
  readonly tickSize: number;
  /** Units in a lot; 1 for what is traded by the piece. */
  readonly lotSize: number;
  /** The largest quantity, in units, that the exchange takes in one order; `null` where there is no such limit or none is known. */
  readonly freezeQuantity: number | null;
}

interface Derivative extends Listed {
  /** Key of the index or stock beneath. */
  readonly underlying: InstrumentKey;
  readonly expiry: TradingDate;
}

export interface IndexInstrument extends Listed {
  readonly kind: 'index';
}

export interface EquityInstrument extends Listed {
  readonly kind: 'equity';
}

export interface FutureInstrument extends Derivative {
  readonly kind: 'future';
}

export interface OptionInstrument extends Derivative {
  readonly kind: 'option';
  readonly strike: Price;
  readonly optionType: OptionType;
}

/** What can be watched or traded. */
export type Instrument = IndexInstrument | EquityInstrument | FutureInstrument | OptionInstrument;
