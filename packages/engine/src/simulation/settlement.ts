import type { FutureInstrument, OptionInstrument } from '../market/instrument.js';
import { segmentOf } from '../market/segment-of.js';
import type { Price } from '../primitives/price.js';
import type { EpochMs, TradingDate } from '../primitives/time.js';
import type { ExchangeAccount } from './exchange-account.js';
import type { ExchangeMarket } from './exchange-market.js';
import type { Ids } from './ids.js';
import { closeFromOutside } from './outside-deals.js';

/** Which contracts are settled, and when. */
export interface Settlement {
  /** The last day of the contracts that are settled. */
  readonly date: TradingDate;
  readonly at: EpochMs;
  /** The close of that day was not seen: it is done at prices of a later moment. */
  readonly isLate: boolean;
}

/** What a settlement needs. */
export interface SettlementParts {
  readonly market: ExchangeMarket;
  readonly ids: Ids;
  /** Where it is written down what a figure cannot say. */
  readonly note: (text: string) => void;
}

/**
 * Settles what an account holds of contracts that expired on a date or before, at the price of their underlying: futures at it, options at
 * their intrinsic value. Contracts on stocks are closed in money too, and a note says that shares would have changed hands.
 */
export function settle(account: ExchangeAccount, { date, at, isLate }: Settlement, { market, ids, note }: SettlementParts): void {
  for (const holding of [...account.holdings.values()]) {
    const { instrument } = holding;
    if ((instrument.kind !== 'option' && instrument.kind !== 'future') || instrument.expiry > date) continue;
    const positions = holding.positions();
    if (positions.length === 0) continue;
    const underlying = market.view(instrument.underlying, 'buy', at).price;
    if (Number.isNaN(underlying)) {
      note(`${instrument.key} of account ${account.id} expired without a price of ${instrument.underlying}, and is not settled.`);
      continue;
    }
    const price = settlementPrice(instrument, underlying);
    for (const { product, quantity } of positions) {
      closeFromOutside({ account, holding, product, quantity: Math.abs(quantity), price, by: 'settlement', at }, ids);
    }
    if (isLate) note(`${instrument.key} expired on ${instrument.expiry}, a day that the run had no close of, and was settled later.`);
    if (isDelivered(instrument, price)) {
      note(
        `${instrument.key} of account ${account.id} was closed in money at its expiry; shares of ${instrument.underlying} would have been delivered.`,
      );
    }
  }
}

/** What a contract is worth at its end, to the paisa. */
function settlementPrice(instrument: FutureInstrument | OptionInstrument, underlying: Price): Price {
  if (instrument.kind === 'future') return toPaisa(underlying);
  const { optionType, strike } = instrument;
  return toPaisa(Math.max(0, optionType === 'CE' ? underlying - strike : strike - underlying));
}

const toPaisa = (price: Price): Price => Math.round(price * 100) / 100;

/** Contracts on shares end in shares, unless they are worth nothing. */
const isDelivered = ({ kind, underlying }: FutureInstrument | OptionInstrument, price: Price): boolean =>
  segmentOf(underlying) === 'equity' && (kind === 'future' || price > 0);
