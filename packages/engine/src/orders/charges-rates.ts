import type { Instrument } from '../market/instrument.js';
import {
  type ChargeMarket,
  type ChargeSegment,
  EXCHANGE_RATES,
  FLAT_FEES_FROM,
  GST_RATES,
  type RateRow,
  SEBI_RATES,
  STAMP_RATES,
  STT_RATES,
} from '../market/rules/charge-rates.js';
import type { RuleNote } from '../market/rules/fact.js';
import { EngineError } from '../primitives/errors.js';
import type { TradingDate } from '../primitives/time.js';
import type { Product } from './order-request.js';

/** The rates of one kind of deal on a date, as shares of the turnover. */
export interface ChargeRates {
  readonly sttOnBuy: number;
  readonly sttOnSell: number;
  readonly exchange: number;
  readonly sebi: number;
  readonly stampOnBuy: number;
  /** A share of brokerage, exchange and SEBI fees. */
  readonly gst: number;
  /** What is uncertain about them. */
  readonly notes: readonly RuleNote[];
}

/** What kind of deal it is, as far as charges go. */
export interface ChargeSubject {
  readonly market: ChargeMarket;
  readonly segment: ChargeSegment;
  /** An option of BSE on another underlying than SENSEX and BANKEX. */
  readonly other: boolean;
}

/**
 * What charges an instrument's deals have: shares are intraday as `MIS` and delivery otherwise.
 *
 * @throws EngineError `charges/no-rates` for an index, which nobody trades, and for markets without a table (MCX, CDS).
 */
export function chargeSubject(instrument: Instrument, product: Product): ChargeSubject {
  const { exchange, kind, key } = instrument;
  const market = exchange === 'NSE' || exchange === 'NFO' ? 'NSE' : exchange === 'BSE' || exchange === 'BFO' ? 'BSE' : null;
  if (market === null || kind === 'index') {
    throw new EngineError('charges/no-rates', {
      message: `No charges are known for "${key}".`,
      remedy: 'Trade shares, futures or options of NSE or BSE.',
      context: { key },
    });
  }
  switch (kind) {
    case 'equity':
      return { market, segment: product === 'MIS' ? 'equityIntraday' : 'equityDelivery', other: false };
    case 'future':
      return { market, segment: 'futures', other: false };
    case 'option': {
      const { underlying } = instrument;
      return {
        market,
        segment: 'options',
        other: market === 'BSE' && underlying !== 'BSE_INDEX:SENSEX' && underlying !== 'BSE_INDEX:BANKEX',
      };
    }
  }
}

/**
 * The rates in force on a date, or where the tables do not reach it those of `fallbackFrom`.
 *
 * @throws EngineError `charges/unknown-date` if the tables do not reach the date and there is no fallback that they reach.
 */
export function chargeRates(subject: ChargeSubject, on: TradingDate, fallbackFrom: TradingDate | null): ChargeRates {
  const rates = ratesOn(subject, on);
  if (rates !== null) return rates;
  const fallback = fallbackFrom === null ? null : ratesOn(subject, fallbackFrom);
  const what = `${subject.market} ${WORDS[subject.segment]}`;
  if (fallback === null || fallbackFrom === null) {
    throw new EngineError('charges/unknown-date', {
      message: `The charges of ${what} on "${fallbackFrom ?? on}" are not known.`,
      remedy: 'Write `charges: from 2024-10-01` in the configuration to use the rates of that date.',
      context: { on, fallbackFrom, market: subject.market, segment: subject.segment },
    });
  }
  const message = `Charges of ${what} use the rates of ${fallbackFrom} on dates that the tables do not reach.`;
  return { ...fallback, notes: [{ code: 'charges/fallback', subject: what, message }, ...fallback.notes] };
}

/**
 * The tax on an exercised option as a share of its intrinsic value.
 *
 * @throws EngineError `charges/unknown-date` as {@link chargeRates} does.
 */
export function exerciseRate(on: TradingDate, fallbackFrom: TradingDate | null): number {
  const row = rowOn(STT_RATES, 'exercise', on) ?? (fallbackFrom === null ? undefined : rowOn(STT_RATES, 'exercise', fallbackFrom));
  if (row !== undefined) return row.rate;
  throw new EngineError('charges/unknown-date', {
    message: `The tax on exercised options on "${fallbackFrom ?? on}" is not known.`,
    remedy: 'Write `charges: from 2024-10-01` in the configuration to use the rates of that date.',
    context: { on, fallbackFrom },
  });
}

const WORDS: Readonly<Record<ChargeSegment, string>> = {
  equityDelivery: 'deliveries',
  equityIntraday: 'intraday shares',
  futures: 'futures',
  options: 'options',
};

function ratesOn({ market, segment, other }: ChargeSubject, on: TradingDate): ChargeRates | null {
  const equity = segment === 'equityDelivery' || segment === 'equityIntraday';
  const feeSegment = equity ? 'equity' : other ? 'optionsOther' : segment;
  const stt = rowOn(STT_RATES, segment, on);
  const stamp = rowOn(STAMP_RATES, segment, on);
  const sebi = rowOn(SEBI_RATES, 'all', on);
  const gst = rowOn(GST_RATES, 'all', on);
  const exchange = rowOn(
    EXCHANGE_RATES.filter((row) => row.market === market),
    feeSegment,
    on,
  );
  if (stt === undefined || stamp === undefined || sebi === undefined || gst === undefined || exchange === undefined) return null;
  return {
    sttOnBuy: segment === 'equityDelivery' ? stt.rate : 0,
    sttOnSell: stt.rate,
    exchange: exchange.rate,
    sebi: sebi.rate,
    stampOnBuy: stamp.rate,
    gst: gst.rate,
    notes: feeNotes(exchange, `${market} ${WORDS[segment]}`, on),
  };
}

/** What is uncertain about an exchange's fee. */
function feeNotes({ rate, status, source }: RateRow, subject: string, on: TradingDate): readonly RuleNote[] {
  if (status === 'unverified') {
    const message = `The exchange fee of ${subject} is taken as ${Number((rate * 100).toPrecision(6))} %, unverified (${source}).`;
    return [{ code: 'charges/fee-unverified', subject, message }];
  }
  if (on >= FLAT_FEES_FROM) return [];
  const message = `Exchange fees of ${subject} before ${FLAT_FEES_FROM} depended on the broker's turnover; a typical figure is used.`;
  return [{ code: 'charges/fee-typical', subject, message }];
}

const rowOn = (rows: readonly RateRow[], segment: RateRow['segment'], on: TradingDate): RateRow | undefined =>
  rows.find((row) => row.segment === segment && (row.from === null || row.from <= on) && (row.to === null || on <= row.to));
