import {
  type AccountId,
  type ContractNote,
  contractNote,
  createRuleBook,
  type Fill,
  type Instrument,
  type InstrumentKey,
  type NoteFill,
  type TradingDate,
  tradingDate,
} from '@sauda/engine';

import { needOrders, type TripWithOrders, withoutOrders } from './need-orders.js';
import type { SavedReport } from './saved-form.js';

/** The contract note of an account's day. */
export interface AccountNote {
  readonly account: AccountId;
  readonly note: ContractNote;
  /** Deals on it that the exchange made when contracts expired. */
  readonly settled: readonly Fill[];
}

/**
 * The contract notes of a run, one for each day and account that dealt, made again from the fills of its round trips. What was still held when the
 * run ended is no round trip, and not on them.
 *
 * @throws EngineError `data/report-without-orders` for a document of a version that did not write down what notes need.
 */
export function contractNotes(report: SavedReport): readonly AccountNote[] {
  const { accounts, chargesFrom } = report;
  const trips = needOrders(report, WHAT);
  if (accounts === undefined || chargesFrom === undefined) throw withoutOrders(WHAT);
  const brokers = new Map(accounts.map(({ id, broker }) => [id, broker]));
  return [...daysOf(trips).values()]
    .sort((one, other) => (one.date === other.date ? (one.account < other.account ? -1 : 1) : one.date < other.date ? -1 : 1))
    .map(({ date: on, account, fills, settled }) => {
      const ordered = fills.sort((one, other) => one.fill.time - other.fill.time);
      return { account, note: contractNote(ordered, { on, broker: brokers.get(account) ?? 'paper', fallbackFrom: chargesFrom }), settled };
    });
}

const WHAT = 'a contract note';

interface Day {
  readonly date: TradingDate;
  readonly account: AccountId;
  readonly fills: NoteFill[];
  readonly settled: Fill[];
}

function daysOf(trips: readonly TripWithOrders[]): ReadonlyMap<string, Day> {
  const days = new Map<string, Day>();
  const instrumentOf = instruments();
  for (const { account, product, orders } of trips) {
    if (product === undefined) throw withoutOrders(WHAT);
    for (const { id: orderId, instrument, side, by, fills } of orders) {
      for (const [index, { time, quantity, price, chargesPaise }] of fills.entries()) {
        const date = tradingDate(time);
        const key = `${date} ${account}`;
        const day = days.get(key) ?? { date, account, fills: [], settled: [] };
        days.set(key, day);
        const fill = { fillId: `${orderId}/${index}`, orderId, instrument, side, quantity, price, time };
        day.fills.push({ fill, instrument: instrumentOf(instrument, date), product, accruedPaise: chargesPaise });
        if (by === 'settlement') day.settled.push(fill);
      }
    }
  }
  return days;
}

/** Instruments by their keys. Charges ask what kind of contract one is, and nothing of its lot and tick: those may be unknown for the date. */
function instruments(): (key: InstrumentKey, on: TradingDate) => Instrument {
  const known = new Map<InstrumentKey, Instrument>();
  return (key, on) => {
    let instrument = known.get(key);
    if (instrument === undefined) {
      const anyTerms = { lotSize: 1, tickSize: 0.01, freezeQuantity: 1 };
      instrument = createRuleBook({ calendar: 'fromData', instruments: { [key]: anyTerms } }).instrument(key, on);
      known.set(key, instrument);
    }
    return instrument;
  };
}
