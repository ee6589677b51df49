import type { Instrument, InstrumentKey } from '../market/instrument.js';
import type { BrokeragePlan } from '../market/rules/brokerage.js';
import type { RuleNote } from '../market/rules/fact.js';
import { EngineError } from '../primitives/errors.js';
import type { ClientOrderId } from '../primitives/ids.js';
import { type Paise, roundHalfEven } from '../primitives/money.js';
import { turnoverPaise } from '../primitives/price.js';
import { type TradingDate, tradingDate } from '../primitives/time.js';
import { type ChargeSchedule, type Charges, chargeSchedule } from './charges.js';
import { type ChargeSubject, chargeSubject } from './charges-rates.js';
import type { Fill } from './fill.js';
import type { Product, Side } from './order-request.js';

/** A fill of the day, with what its account was charged for it at the time. */
export interface NoteFill {
  readonly fill: Fill;
  readonly instrument: Instrument;
  readonly product: Product;
  readonly accruedPaise: Paise;
}

/** What the note depends on beside the fills. */
export interface ContractNoteTerms {
  readonly on: TradingDate;
  /** A broker's name in the configuration, or a plan of its own. */
  readonly broker: string | BrokeragePlan;
  /** The date whose rates are used where the tables do not reach `on`; `null`: such dates are refused. */
  readonly fallbackFrom: TradingDate | null;
}

/** An order's fills in one line. */
export interface NoteOrder {
  readonly orderId: ClientOrderId;
  readonly instrument: InstrumentKey;
  readonly side: Side;
  readonly quantity: number;
  readonly turnoverPaise: Paise;
  /** Once an order, under the broker's cap. */
  readonly brokeragePaise: Paise;
}

/** The orders of one exchange and kind of deal. Every kind of charge is rounded to the paisa once, from the segment's turnover. */
export interface NoteSegment extends ChargeSubject {
  readonly orders: readonly NoteOrder[];
  readonly boughtPaise: Paise;
  readonly soldPaise: Paise;
  readonly charges: Charges;
}

/** A day's deals of an account as its broker would put them on paper. */
export interface ContractNote {
  readonly on: TradingDate;
  /** In the order of their first fills. */
  readonly segments: readonly NoteSegment[];
  readonly boughtPaise: Paise;
  readonly soldPaise: Paise;
  /** Sums of the segments, with STT in whole rupees. */
  readonly charges: Charges;
  /** By how much the note's STT is above the sum of its segments': −50 to 50. */
  readonly sttRoundingPaise: Paise;
  /** What the account is paid (above 0) or pays, charges included; premiums and shares in full, futures at their contract value. */
  readonly netPaise: Paise;
  /** What the fills were charged one by one. */
  readonly accruedPaise: Paise;
  /** The note's charges less those: what the account posts as `chargesAdjusted` at the end of the day. */
  readonly adjustmentPaise: Paise;
  /** What is uncertain about the rates. */
  readonly notes: readonly RuleNote[];
}

/**
 * The contract note of one account and day.
 *
 * Fills are charged one by one while the day runs, to the paisa. A broker adds up first: brokerage once an order, other fees from the
 * turnover of a segment, and the securities transaction tax in whole rupees on each note (the text of Zerodha's charges page; that half a rupee
 * goes up is our choice). The difference is the adjustment, so that accrued + adjustment = note, to the paisa. The tax on exercised options
 * is no part of it: it belongs to the settlement.
 *
 * @param fills one account's, all of the date `on`, in any order.
 * @throws EngineError `charges/note-date` if a fill is of another date; `charges/unknown-date` and `charges/no-rates` as `chargeSchedule` does.
 */
export function contractNote(fills: readonly NoteFill[], terms: ContractNoteTerms): ContractNote {
  const groups = new Map<string, Group>();
  for (const noted of fills) {
    refuseOtherDate(noted.fill, terms.on);
    const subject = chargeSubject(noted.instrument, noted.product);
    const key = `${subject.market} ${subject.segment} ${subject.other}`;
    const group = groups.get(key) ?? { subject, orders: new Map() };
    groups.set(key, group);
    addToOrder(group.orders, noted, terms);
  }
  const totals = [...groups.values()].map(segmentOf);
  const segments = totals.map(({ segment }) => segment);
  const sum = (part: (segment: NoteSegment) => Paise): Paise => segments.reduce((all, segment) => all + part(segment), 0);
  const sttPaise = wholeRupees(totals.reduce((all, { stt }) => all + stt, 0));
  const charges = withTotal({
    brokeragePaise: sum((segment) => segment.charges.brokeragePaise),
    sttPaise,
    exchangePaise: sum((segment) => segment.charges.exchangePaise),
    sebiPaise: sum((segment) => segment.charges.sebiPaise),
    stampPaise: sum((segment) => segment.charges.stampPaise),
    gstPaise: sum((segment) => segment.charges.gstPaise),
  });
  const boughtPaise = sum((segment) => segment.boughtPaise);
  const soldPaise = sum((segment) => segment.soldPaise);
  const accruedPaise = fills.reduce((all, noted) => all + noted.accruedPaise, 0);
  return {
    on: terms.on,
    segments,
    boughtPaise,
    soldPaise,
    charges,
    sttRoundingPaise: sttPaise - sum((segment) => segment.charges.sttPaise),
    netPaise: soldPaise - boughtPaise - charges.totalPaise,
    accruedPaise,
    adjustmentPaise: charges.totalPaise - accruedPaise,
    notes: distinct(totals.flatMap(({ notes }) => notes)),
  };
}

interface Order {
  readonly fill: Fill;
  readonly schedule: ChargeSchedule;
  quantity: number;
  turnover: Paise;
}

interface Group {
  readonly subject: ChargeSubject;
  readonly orders: Map<ClientOrderId, Order>;
}

function addToOrder(orders: Map<ClientOrderId, Order>, { fill, instrument, product }: NoteFill, terms: ContractNoteTerms): void {
  let order = orders.get(fill.orderId);
  if (order === undefined) {
    order = { fill, schedule: chargeSchedule(instrument, { ...terms, product }), quantity: 0, turnover: 0 };
    orders.set(fill.orderId, order);
  }
  order.quantity += fill.quantity;
  order.turnover += turnoverPaise(fill.price, fill.quantity);
}

/** A segment, and its tax before it is rounded: the note rounds the exact sum. */
interface SegmentTotal {
  readonly segment: NoteSegment;
  readonly stt: number;
  readonly notes: readonly RuleNote[];
}

function segmentOf({ subject, orders }: Group): SegmentTotal {
  let bought = 0;
  let sold = 0;
  let brokerage = 0;
  let stt = 0;
  let exchange = 0;
  let sebi = 0;
  let stamp = 0;
  let gst = 0;
  const lines: NoteOrder[] = [];
  const notes: RuleNote[] = [];
  for (const [orderId, { fill, schedule, quantity, turnover }] of orders) {
    const { rates } = schedule;
    const { brokeragePaise } = schedule.split(fill.side, turnover, 0);
    brokerage += brokeragePaise;
    exchange += turnover * rates.exchange;
    sebi += turnover * rates.sebi;
    gst += (brokeragePaise + turnover * (rates.exchange + rates.sebi)) * rates.gst;
    if (fill.side === 'buy') {
      bought += turnover;
      stt += turnover * rates.sttOnBuy;
      stamp += turnover * rates.stampOnBuy;
    } else {
      sold += turnover;
      stt += turnover * rates.sttOnSell;
    }
    lines.push({ orderId, instrument: fill.instrument, side: fill.side, quantity, turnoverPaise: turnover, brokeragePaise });
    notes.push(...schedule.notes);
  }
  const charges = withTotal({
    brokeragePaise: brokerage,
    sttPaise: wholePaise(stt),
    exchangePaise: wholePaise(exchange),
    sebiPaise: wholePaise(sebi),
    stampPaise: wholePaise(stamp),
    gstPaise: wholePaise(gst),
  });
  return { segment: { ...subject, orders: lines, boughtPaise: bought, soldPaise: sold, charges }, stt, notes };
}

const withTotal = (parts: Omit<Charges, 'totalPaise'>): Charges => ({
  ...parts,
  totalPaise: parts.brokeragePaise + parts.sttPaise + parts.exchangePaise + parts.sebiPaise + parts.stampPaise + parts.gstPaise,
});

/** Takes away what sums of binary fractions add: a half of a paisa, or of a rupee, is a half. */
const withoutDust = (value: number): number => Math.round(value * 1e6) / 1e6;

const wholePaise = (value: number): Paise => roundHalfEven(withoutDust(value));

const wholeRupees = (paise: number): Paise => Math.floor(withoutDust(paise) / 100 + 0.5) * 100;

function distinct(notes: readonly RuleNote[]): readonly RuleNote[] {
  return [...new Map(notes.map((note) => [`${note.code} ${note.subject}`, note])).values()];
}

function refuseOtherDate({ fillId, time }: Fill, on: TradingDate): void {
  const date = tradingDate(time);
  if (date === on) return;
  throw new EngineError('charges/note-date', {
    message: `Fill "${fillId}" is of "${date}", not of the contract note's "${on}".`,
    remedy: 'Give the fills of one date: a contract note is made for each.',
    context: { fillId, date, on },
  });
}
