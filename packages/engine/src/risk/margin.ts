import type { FutureInstrument, Instrument, OptionInstrument } from '../market/instrument.js';
import { DAYS_PER_YEAR } from '../options/option-terms.js';
import { type Side, signOf } from '../orders/order-request.js';
import { type Paise, roundHalfEven } from '../primitives/money.js';
import type { Price } from '../primitives/price.js';
import { daysBetween, type TradingDate } from '../primitives/time.js';
import { defaultMarginRates, type MarginRates, type UnderlyingMarginRates } from './margin-rates.js';
import { type ScanLeg, type ScanTerms, scanRisk } from './margin-scan.js';

/** A leg of an entry, for its margin. */
export interface MarginLeg {
  readonly instrument: Instrument;
  readonly side: Side;
  /** Units, above 0. */
  readonly quantity: number;
  /** What a unit of the leg costs. */
  readonly price: Price;
}

/** What the estimate is made up of. */
export interface MarginEstimate {
  /**
   * For bought options, less what sold ones bring in the same entry but not below 0; and for shares, paid in full. A share sold short is
   * estimated at its full value too.
   */
  readonly premiumPaise: Paise;
  /** What the worst of sixteen scenarios could cost, see {@link scanRisk}. */
  readonly scanPaise: Paise;
  readonly exposurePaise: Paise;
  /** All of it: what an entry reserves. */
  readonly totalPaise: Paise;
}

/**
 * What an entry of one or more legs on one underlying takes of an account: an estimate in the manner of SPAN, see {@link defaultMarginRates}
 * for its figures and the guide "Charges and margin" for its error against recorded answers of brokers.
 *
 * Legs of one expiry are scanned together: a short strangle takes the worse of its two sides, a bought option limits a sold one. Legs of
 * different expiries are scanned apart and added, which asks more of calendar spreads than the clearing corporation does. Exposure is not
 * reduced by hedges.
 *
 * @param terms.underlyingPrice the spot, for the notional of options; `null`: their strike stands for it.
 */
export function estimateMargin(
  legs: readonly MarginLeg[],
  terms: { readonly underlyingPrice: Price | null; readonly date: TradingDate; readonly rates?: MarginRates },
): MarginEstimate {
  const { underlyingPrice, date, rates = defaultMarginRates } = terms;
  let shares = 0;
  let premium = 0;
  let exposure = 0;
  let needsScan = false;
  for (const { instrument, side, quantity, price } of legs) {
    if (instrument.kind === 'equity') {
      shares += price * quantity;
    } else if (instrument.kind === 'future') {
      exposure += ratesFor(instrument, rates).exposure * price * quantity;
      needsScan = true;
    } else if (instrument.kind === 'option') {
      premium += side === 'buy' ? price * quantity : -price * quantity;
      if (side === 'sell') {
        exposure += exposureShare(instrument, date, rates) * (underlyingPrice ?? instrument.strike) * quantity;
        needsScan = true;
      }
    }
  }
  const premiumPaise = roundHalfEven((shares + Math.max(0, premium)) * 100);
  // Bought options alone can lose no more than was paid for them.
  const scanPaise = needsScan ? roundHalfEven(scanByExpiry(legs, underlyingPrice, date, rates) * 100) : 0;
  const exposurePaise = roundHalfEven(exposure * 100);
  return { premiumPaise, scanPaise, exposurePaise, totalPaise: premiumPaise + scanPaise + exposurePaise };
}

/** Notional of futures and sold options in paise: what leverage is measured by. */
export function notionalPaise(legs: readonly MarginLeg[], underlyingPrice: Price | null): Paise {
  let notional = 0;
  for (const { instrument, side, quantity, price } of legs) {
    if (instrument.kind === 'future') notional += price * quantity;
    if (instrument.kind === 'option' && side === 'sell') notional += (underlyingPrice ?? instrument.strike) * quantity;
  }
  return roundHalfEven(notional * 100);
}

function scanByExpiry(legs: readonly MarginLeg[], underlyingPrice: Price | null, date: TradingDate, rates: MarginRates): number {
  const byExpiry = new Map<TradingDate, { readonly terms: ScanTerms; readonly legs: ScanLeg[] }>();
  for (const { instrument, side, quantity, price } of legs) {
    if (instrument.kind !== 'future' && instrument.kind !== 'option') continue;
    const { expiry } = instrument;
    let group = byExpiry.get(expiry);
    if (group === undefined) {
      const spot = underlyingPrice ?? (instrument.kind === 'option' ? instrument.strike : price);
      const years = Math.max(0, daysBetween(date, expiry)) / DAYS_PER_YEAR;
      group = { terms: { spot, years, rates: ratesFor(instrument, rates) }, legs: [] };
      byExpiry.set(expiry, group);
    }
    const option = instrument.kind === 'option' ? { optionType: instrument.optionType, strike: instrument.strike } : null;
    group.legs.push({ quantity: signOf(side) * quantity, price, option });
  }
  let scan = 0;
  for (const group of byExpiry.values()) scan += scanRisk(group.legs, group.terms);
  return scan;
}

function exposureShare(option: OptionInstrument, date: TradingDate, rates: MarginRates): number {
  const { exposure } = ratesFor(option, rates);
  const expires = option.expiry === date && date >= rates.expiryDay.from && isOnIndex(option);
  return expires ? exposure + rates.expiryDay.share : exposure;
}

const ratesFor = (instrument: Instrument, rates: MarginRates): UnderlyingMarginRates => (isOnIndex(instrument) ? rates.index : rates.stock);

const isOnIndex = (instrument: Instrument): boolean =>
  instrument.kind === 'index' || ((instrument.kind === 'option' || instrument.kind === 'future') && beneathIsIndex(instrument));

const beneathIsIndex = ({ underlying }: OptionInstrument | FutureInstrument): boolean =>
  underlying.startsWith('NSE_INDEX:') || underlying.startsWith('BSE_INDEX:');
