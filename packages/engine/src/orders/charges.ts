import type { Instrument } from '../market/instrument.js';
import { BROKERAGE, type BrokeragePlan, type BrokerageRule, DEFAULT_BROKERAGE } from '../market/rules/brokerage.js';
import type { RuleNote } from '../market/rules/fact.js';
import { type Paise, roundHalfEven } from '../primitives/money.js';
import { turnoverPaise } from '../primitives/price.js';
import type { TradingDate } from '../primitives/time.js';
import { type ChargeRates, type ChargeSubject, chargeRates, chargeSubject, exerciseRate } from './charges-rates.js';
import type { Fill } from './fill.js';
import type { Product, Side } from './order-request.js';

/** All costs of a fill by kind. They add up to the total, which is the exact sum rounded once, half to even. */
export interface Charges {
  readonly brokeragePaise: Paise;
  /** Securities transaction tax. */
  readonly sttPaise: Paise;
  /** The exchange's transaction charge, with the share of its investor protection fund. */
  readonly exchangePaise: Paise;
  readonly sebiPaise: Paise;
  readonly stampPaise: Paise;
  readonly gstPaise: Paise;
  readonly totalPaise: Paise;
}

/** What charges depend on beside the fill and the instrument. */
export interface ChargeTerms {
  readonly on: TradingDate;
  readonly product: Product;
  /** A broker's name in the configuration, or a plan of its own. */
  readonly broker: string | BrokeragePlan;
  /** The date whose rates are used where the tables do not reach `on`; `null`: such dates are refused. */
  readonly fallbackFrom: TradingDate | null;
}

/** The charges of one instrument's deals on a date: made once, so that a fill costs arithmetic alone. */
export interface ChargeSchedule {
  readonly rates: ChargeRates;
  /**
   * What a fill costs.
   * @param turnover price times quantity of the fill.
   * @param orderTurnoverBefore the same of the order's earlier fills, since brokerage is charged once an order: 0 for the first.
   */
  totalPaise(side: Side, turnover: Paise, orderTurnoverBefore: Paise): Paise;
  /** The same by kind. */
  split(side: Side, turnover: Paise, orderTurnoverBefore: Paise): Charges;
  /** What is uncertain about the rates and the brokerage. */
  readonly notes: readonly RuleNote[];
}

/**
 * Charges of an instrument's deals on a date.
 *
 * @throws EngineError `charges/unknown-date`, `charges/no-rates`
 */
export function chargeSchedule(instrument: Instrument, { on, product, broker, fallbackFrom }: ChargeTerms): ChargeSchedule {
  const subject = chargeSubject(instrument, product);
  const rates = chargeRates(subject, on, fallbackFrom);
  const plan = typeof broker === 'string' ? (BROKERAGE[broker] ?? DEFAULT_BROKERAGE) : broker;
  const rule = brokerageRule(plan, subject, product);
  const fees = (rates.exchange + rates.sebi) * (1 + rates.gst);
  const onBuy = rates.sttOnBuy + rates.stampOnBuy + fees;
  const onSell = rates.sttOnSell + fees;

  const besides = (side: Side, turnover: Paise, brokerage: Paise): Paise =>
    roundPaise(brokerage * rates.gst + turnover * (side === 'buy' ? onBuy : onSell));

  return {
    rates,
    notes: [...rates.notes, ...brokerageNotes(broker, plan)],
    totalPaise(side, turnover, before) {
      const brokerage = brokerageOf(rule, turnover, before);
      return brokerage + besides(side, turnover, brokerage);
    },
    split(side, turnover, before) {
      const brokerage = brokerageOf(rule, turnover, before);
      const exchange = turnover * rates.exchange;
      const sebi = turnover * rates.sebi;
      const exact = [
        turnover * (side === 'buy' ? rates.sttOnBuy : rates.sttOnSell),
        exchange,
        sebi,
        side === 'buy' ? turnover * rates.stampOnBuy : 0,
        (brokerage + exchange + sebi) * rates.gst,
      ];
      const rest = besides(side, turnover, brokerage);
      const [sttPaise = 0, exchangePaise = 0, sebiPaise = 0, stampPaise = 0, gstPaise = 0] = shared(rest, exact);
      return { brokeragePaise: brokerage, sttPaise, exchangePaise, sebiPaise, stampPaise, gstPaise, totalPaise: brokerage + rest };
    },
  };
}

/**
 * Charges of one fill.
 *
 * @param terms.orderTurnoverBefore what the order's earlier fills came to, price times quantity; 0 unless given.
 * @throws EngineError `charges/unknown-date`, `charges/no-rates`
 */
export function chargesOf(
  fill: Pick<Fill, 'side' | 'price' | 'quantity'>,
  instrument: Instrument,
  { orderTurnoverBefore = 0, ...terms }: ChargeTerms & { readonly orderTurnoverBefore?: Paise },
): Charges {
  return chargeSchedule(instrument, terms).split(fill.side, turnoverPaise(fill.price, fill.quantity), orderTurnoverBefore);
}

/**
 * The tax that the holder of an option pays when it expires in the money.
 *
 * @param intrinsicPaise what the option is worth at its settlement, all units together.
 * @throws EngineError `charges/unknown-date`
 */
export const exerciseTaxPaise = (
  intrinsicPaise: Paise,
  { on, fallbackFrom }: { readonly on: TradingDate; readonly fallbackFrom: TradingDate | null },
): Paise => roundPaise(Math.max(0, intrinsicPaise) * exerciseRate(on, fallbackFrom));

/** Brokerage that a fill adds to its order's: the order's with it less the order's without. However an order is filled, it comes to the same. */
function brokerageOf(rule: BrokerageRule, turnover: Paise, before: Paise): Paise {
  return orderBrokerage(rule, before + turnover) - orderBrokerage(rule, before);
}

const orderBrokerage = ({ share, minPaise, maxPaise }: BrokerageRule, turnover: Paise): Paise =>
  turnover <= 0 ? 0 : Math.min(maxPaise, Math.max(minPaise, share === 0 ? 0 : roundPaise(turnover * share)));

function brokerageRule(plan: BrokeragePlan, { segment }: ChargeSubject, product: Product): BrokerageRule {
  if (product === 'MIS' && segment === 'futures') return plan.futuresIntraday ?? plan.futures;
  if (product === 'MIS' && segment === 'options') return plan.optionsIntraday ?? plan.options;
  return plan[segment];
}

function brokerageNotes(broker: string | BrokeragePlan, { status, source }: BrokeragePlan): readonly RuleNote[] {
  if (typeof broker !== 'string' || status !== 'unverified') return [];
  return [{ code: 'charges/brokerage-unverified', subject: broker, message: `The brokerage of "${broker}" is unverified (${source}).` }];
}

/** Forgives what binary fractions add, in paise: a half is a half. */
const DUST = 1e-6;

function roundPaise(value: number): Paise {
  const doubled = Math.round(value * 2);
  return Math.abs(value * 2 - doubled) < DUST ? roundHalfEven(doubled / 2) : Math.round(value);
}

/** Whole numbers that add up to `total` and lie within one of the exact parts: the largest remainders get what rounding down leaves. */
function shared(total: Paise, exact: readonly number[]): readonly Paise[] {
  const parts = exact.map((value) => Math.floor(value + DUST));
  const order = [...exact.keys()].sort((one, other) => remainder(exact, parts, other) - remainder(exact, parts, one));
  let rest = total - parts.reduce((sum, part) => sum + part, 0);
  for (const index of order) {
    if (rest <= 0) break;
    parts[index] = (parts[index] ?? 0) + 1;
    rest -= 1;
  }
  return parts;
}

const remainder = (exact: readonly number[], parts: readonly number[], index: number): number => (exact[index] ?? 0) - (parts[index] ?? 0);
