import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import type { Instrument, MarginLeg } from '@sauda/engine';

/** Recorded answers of brokers lie beside the repository where they are there at all; they are not ours to hand on. */
const FIXTURES = fileURLToPath(new URL('../../../shared/brokers/fixtures/', import.meta.url));

/** An answer of a broker to what some legs take. Legs of one underlying belong together; a broker adds underlyings up. */
export interface RecordedMargin {
  readonly broker: string;
  readonly legs: string;
  readonly recorded: number;
  /** What it is judged as: margins of derivatives, or the plain price of what is bought. */
  readonly kind: 'margin' | 'price';
  readonly date: string;
  readonly groups: readonly { readonly spot: number; readonly legs: readonly MarginLeg[] }[];
  /** What the answer does not say and was assumed or worked out. */
  readonly assumed: string;
}

/** An answer that cannot be compared, and what it lacks. */
export const NOT_COMPARABLE: readonly { readonly file: string; readonly lacks: string }[] = [
  { file: 'kotak/margin.json', lacks: 'legs (the request is not recorded)' },
  { file: 'shoonya/span_calc.json', lacks: 'legs and spot (the request is not recorded)' },
  { file: 'zerodha/autoslice_response.json', lacks: 'legs (a refused slice; only the margin is told)' },
  {
    file: 'dhan/margincalculator.json',
    lacks: 'a computed answer: SPAN and exposure for 5 shares at 1428, parts of 3203 under a total of 2800, leverage 4',
  },
];

/** Whether the answers are there. */
export const hasRecordedMargins = (): boolean => existsSync(FIXTURES);

/** All answers that carry their legs. */
export const recordedMargins = (): readonly RecordedMargin[] => [...zerodhaBasket(), ...zerodhaOrders(), icici()];

interface KiteMargin {
  readonly span: number;
  readonly exposure: number;
  readonly total: number;
  readonly charges: { readonly sebi_turnover_charge: number };
}

/** From the request on the documentation page of the answer (kite.trade, margins): both legs have 75 units. */
const BASKET_UNITS = 75;

function zerodhaBasket(): readonly RecordedMargin[] {
  const { data } = read<{ data: { final: KiteMargin; orders: readonly [KiteMargin, KiteMargin] } }>('zerodha/basket_margins.json');
  const [sold, bought] = data.orders;
  const spot = rounded(sold.exposure / 0.02 / BASKET_UNITS);
  // The SEBI fee is a millionth of the premium.
  const price = (order: KiteMargin) => rounded((order.charges.sebi_turnover_charge * 1e6) / BASKET_UNITS);
  const leg = (side: 'buy' | 'sell', strike: number, of: KiteMargin): MarginLeg =>
    legOf({ ...option(strike), key: `NFO:NIFTY27JUL23${strike}CE`, underlying: 'NSE_INDEX:NIFTY', expiry: '2023-07-27' }, side, {
      quantity: BASKET_UNITS,
      price: price(of),
    });
  const short = leg('sell', 20_600, sold);
  const long = leg('buy', 20_700, bought);
  const common = { broker: 'zerodha', kind: 'margin', date: '2023-07-04' } as const;
  const assumed = `spot ${spot} (its exposure at 2 %; the high of 2023-07-04), that date, prices ${short.price} and ${long.price} from its fees`;
  return [
    { ...common, legs: '-75 NIFTY 27 Jul 2023 20600 CE', recorded: sold.total, groups: [{ spot, legs: [short] }], assumed },
    { ...common, legs: '-75 20600 CE, +75 20700 CE', recorded: data.final.total, groups: [{ spot, legs: [short, long] }], assumed },
    { ...common, kind: 'price', legs: '+75 20700 CE', recorded: bought.total, groups: [{ spot, legs: [long] }], assumed },
  ];
}

function zerodhaOrders(): readonly RecordedMargin[] {
  const [infy] = read<{ data: readonly [KiteMargin] }>('zerodha/order_margins.json').data;
  const price = rounded(infy.charges.sebi_turnover_charge * 1e6);
  const { data } = read<{ data: readonly KiteOrder[] }>('zerodha/orders.json');
  const answers: RecordedMargin[] = [shares('1 INFY', infy.total, { quantity: 1, price }, 'price from its fees, one share')];
  for (const { tradingsymbol, quantity, price, status_message } of data) {
    const required = /Required margin is ([0-9.]+)/.exec(status_message ?? '')?.[1];
    if (required === undefined) continue;
    answers.push(
      shares(`${quantity} ${tradingsymbol} at ${price}`, Number(required), { quantity, price }, 'nothing; the account had open orders'),
    );
  }
  return answers;
}

interface KiteOrder {
  readonly tradingsymbol: string;
  readonly quantity: number;
  readonly price: number;
  readonly status_message: string | null;
}

function shares(
  legs: string,
  recorded: number,
  terms: { readonly quantity: number; readonly price: number },
  assumed: string,
): RecordedMargin {
  const instrument: Instrument = { ...listed, kind: 'equity', exchange: 'NSE', key: `NSE:${legs}` };
  const groups = [{ spot: terms.price, legs: [legOf(instrument, 'buy', terms)] }];
  return { broker: 'zerodha', kind: 'price', legs, recorded, date: '2023-07-04', groups, assumed };
}

interface IciciLeg {
  readonly strike_price: string;
  readonly quantity: string;
  readonly product: string;
  readonly price: string;
  readonly stock_code: string;
}

function icici(): RecordedMargin {
  const { body } = read<{ body: { Success: { margin_calulation: readonly IciciLeg[]; span_margin_required: string } } }>(
    'icici_breeze/margin_calculator.json',
  );
  const { margin_calulation: legs, span_margin_required: recorded } = body.Success;
  const groups = ['NIFTY', 'CNXBAN'].map((code) => {
    const own = legs.filter(({ stock_code }) => stock_code.trim() === code);
    const spot = Number(own.find(({ product }) => product === 'Futures')?.price);
    return { spot, legs: own.map((leg) => iciciLeg(leg, code === 'NIFTY' ? 'NIFTY' : 'BANKNIFTY')) };
  });
  return {
    broker: 'icici-breeze',
    kind: 'margin',
    legs: legs
      .map(
        ({ quantity, stock_code, product, strike_price }) =>
          `+${quantity} ${stock_code.trim()} ${product === 'Futures' ? 'future' : `${strike_price} CE`}`,
      )
      .join(', '),
    recorded: Number(recorded),
    date: '2025-02-03',
    groups,
    assumed: 'spots as the futures’ prices, date 2025-02-03, premiums inside the answer',
  };
}

function iciciLeg({ strike_price, quantity, product, price }: IciciLeg, name: string): MarginLeg {
  const derivative = { underlying: `NSE_INDEX:${name}`, expiry: '2025-02-27' };
  const instrument: Instrument =
    product === 'Futures'
      ? { ...listed, ...derivative, kind: 'future', exchange: 'NFO', key: `NFO:${name}27FEB25FUT` }
      : { ...option(Number(strike_price)), ...derivative, key: `NFO:${name}27FEB25${strike_price}CE` };
  return legOf(instrument, 'buy', { quantity: Number(quantity), price: Number(price) });
}

const listed = { symbol: '', tickSize: 0.05, lotSize: 1, freezeQuantity: null } as const;

const option = (strike: number) => ({ ...listed, kind: 'option', exchange: 'NFO', strike, optionType: 'CE' }) as const;

const legOf = (instrument: Instrument, side: 'buy' | 'sell', terms: { readonly quantity: number; readonly price: number }): MarginLeg => ({
  instrument,
  side,
  ...terms,
});

const rounded = (rupees: number): number => Math.round(rupees * 100) / 100;

/** A recorded file, whose shape is known. */
const read = <Shape>(file: string): Shape => JSON.parse(readFileSync(FIXTURES + file, 'utf8')) as Shape;
