import fc from 'fast-check';

import {
  FAULT_KINDS,
  type FaultConfig,
  type FaultKind,
  type FillConfig,
  type LatencyConfig,
  type SizeConfig,
} from '../config/run-config.js';
import type { OrderKind, OrderRequest, Product, Side, Validity } from '../orders/order-request.js';
import type { Price } from '../primitives/price.js';
import { pricePaths } from '../testing/arbitraries/price-paths.js';
import type { ExchangeModel } from './exchange-model.js';
import { option, put, share } from './instruments.test-kit.js';
import { Market } from './market.test-kit.js';

/** Milliseconds between two points of a schedule's market. */
export const STEP_MS = 70;
export const SLIPPAGE_TICKS_MAX = 3;
const FIRST_PRICE = 100;

/** Something that an account asks for at a point of the market. */
type Act =
  | { readonly kind: 'send'; readonly order: Omit<PlannedOrder, 'step'> }
  | { readonly kind: 'modify'; readonly which: number; readonly change: PlannedChange }
  | { readonly kind: 'cancel'; readonly which: number };

interface PlannedOrder {
  readonly step: number;
  readonly account: string;
  readonly side: Side;
  readonly kind: OrderKind;
  readonly lots: number;
  readonly limit: Price;
  readonly beyond: number;
  readonly validity: Validity;
  readonly product: Product;
  readonly isShare: boolean;
}

interface PlannedChange {
  readonly lots: number;
  readonly shift: number;
  readonly toMarket: boolean;
}

/** A random day: a market, and what is asked for in it. */
export interface Schedule {
  readonly model: Partial<ExchangeModel>;
  readonly path: readonly Price[];
  readonly spreadTicks: number;
  readonly tradedEach: number | null;
  readonly acts: readonly (readonly [number, Act])[];
}

const level = () => fc.integer({ min: 1_700, max: 2_300 }).map((ticks) => ticks / 20);

const acts = (): fc.Arbitrary<Act> =>
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc
        .record({
          account: fc.constantFrom('main', 'other'),
          side: fc.constantFrom<Side[]>('buy', 'sell'),
          kind: fc.constantFrom<OrderKind[]>('market', 'limit', 'limit', 'SL', 'SL-M'),
          lots: fc.integer({ min: 1, max: 6 }),
          limit: level(),
          beyond: fc.nat({ max: 20 }),
          validity: fc.constantFrom<Validity[]>('day', 'day', 'day', 'IOC'),
          product: fc.constantFrom<Product[]>('MIS', 'NRML'),
          isShare: fc.boolean(),
        })
        .map((order): Act => ({ kind: 'send', order })),
    },
    {
      weight: 3,
      arbitrary: fc
        .record({
          which: fc.nat({ max: 30 }),
          change: fc.record({ lots: fc.integer({ min: 1, max: 8 }), shift: fc.integer({ min: -30, max: 30 }), toMarket: fc.boolean() }),
        })
        .map(({ which, change }): Act => ({ kind: 'modify', which, change })),
    },
    { weight: 2, arbitrary: fc.nat({ max: 30 }).map((which): Act => ({ kind: 'cancel', which })) },
  );

const latencyConfigs = (): fc.Arbitrary<LatencyConfig> =>
  fc.oneof(
    fc.constantFrom(0, 5, 100, 250).map((ms): LatencyConfig => ({ kind: 'fixed', ms })),
    fc.constant<LatencyConfig>({ kind: 'uniform', fromMs: 0, toMs: 400 }),
    fc.constant<LatencyConfig>({ kind: 'logNormal', medianMs: 60, p95Ms: 400 }),
  );

/** Models without faults. */
export const models = (): fc.Arbitrary<Partial<ExchangeModel>> =>
  fc.record({
    latency: latencyConfigs(),
    slippage: fc.nat({ max: SLIPPAGE_TICKS_MAX }).map((ticks) => ({ kind: 'ticks' as const, ticks })),
    fill: fc.constantFrom<FillConfig[]>({ kind: 'touch' }, { kind: 'through' }, { kind: 'queue', ahead: 0 }, { kind: 'queue', ahead: 400 }),
    size: fc.constantFrom<(SizeConfig | null)[]>(
      null,
      { kind: 'units', units: 120 },
      { kind: 'units', units: 50 },
      { kind: 'volume', share: 0.2 },
    ),
    path: fc.constantFrom<ExchangeModel['path'][]>('straight', 'pessimistic'),
    seed: fc.nat({ max: 1_000 }),
  });

/** Random days with a model. */
export const schedules = (of: fc.Arbitrary<Partial<ExchangeModel>> = models()): fc.Arbitrary<Schedule> =>
  fc.record({
    model: of,
    path: pricePaths({ minLength: 30, maxLength: 60 }),
    spreadTicks: fc.constantFrom(-1, -1, 0, 2, 6),
    tradedEach: fc.option(fc.integer({ min: 0, max: 900 }), { nil: null }),
    acts: fc.array(fc.tuple(fc.nat({ max: 29 }), acts()), { maxLength: 24, size: 'max' }),
  });

/** Models with faults of some kinds, of all unless told. */
export const faultyModels = (kinds: readonly FaultKind[] = FAULT_KINDS): fc.Arbitrary<Partial<ExchangeModel>> => {
  const fault = fc.record({
    kind: fc.constantFrom(...kinds),
    chance: fc.constantFrom(0.1, 0.3, 1),
    from: fc.constant(null),
    to: fc.constant(15 * 60),
    times: fc.option(fc.integer({ min: 1, max: 5 }), { nil: null }),
    account: fc.constantFrom(null, 'main'),
  });
  return fc
    .record({ model: models(), faults: fc.array(fault, { minLength: 1, maxLength: 5 }) })
    .map(({ model, faults }) => ({ ...model, faults: faults satisfies readonly FaultConfig[] }));
};

/** Plays a day to its end: after it everything has arrived, and both sessions are over. `everyPoint` has the exchange told of each of them. */
export function play({ model, path, spreadTicks, tradedEach, acts: all }: Schedule, { everyPoint = false } = {}): Market {
  const market = new Market(model, { accounts: { main: 5_00_000_00, other: 100_00_00_000_00 } });
  market.show({ price: 26_000 }, 'NSE_INDEX:NIFTY');
  market.show({ price: 50 }, put.key);
  let volume = 0;
  const shown = (price: Price) => ({
    bid: spreadTicks < 0 ? NaN : price,
    ask: spreadTicks < 0 ? NaN : price + spreadTicks / 20,
    volume: tradedEach === null ? NaN : volume,
  });
  const move = (step: number, price: Price): void => {
    volume += tradedEach ?? 0;
    market.at(step * STEP_MS, price, shown(price));
    market.at(step * STEP_MS, price, { ...shown(price), key: share.key });
    if (everyPoint) for (const { key } of [option, share]) market.exchange.priceMoved(key, market.now());
  };
  move(0, FIRST_PRICE);
  path.forEach((price, i) => {
    move(i + 1, price);
    for (const [step, act] of all) if (step === i) perform(market, act, price);
  });
  market.until(market.now() + 20 * STEP_MS);
  market.untilTime('16:00');
  return market;
}

function perform(market: Market, act: Act, price: Price): void {
  if (act.kind === 'send') {
    market.send(requestOf(act.order, price));
    return;
  }
  const order = market.orders[act.which % market.orders.length];
  if (order === undefined) return;
  if (act.kind === 'cancel') market.cancel(order.orderId);
  else market.modify(order.orderId, changeOf(order, act.change));
}

/** A stop's trigger lies on the side of the market on which it may lie, mostly. */
function requestOf({ account, side, kind, lots, limit, beyond, validity, product, isShare }: Omit<PlannedOrder, 'step'>, price: Price) {
  const sign = side === 'buy' ? 1 : -1;
  const isStop = kind === 'SL' || kind === 'SL-M';
  const trigger = onGrid(price + sign * (beyond - 1));
  return {
    account,
    side,
    kind,
    instrument: isShare ? share.key : option.key,
    quantity: lots * 50,
    price: kind === 'limit' ? limit : kind === 'SL' ? onGrid(trigger + sign * (beyond / 20)) : null,
    triggerPrice: isStop ? trigger : null,
    validity,
    // Shares that are kept are delivered, not carried forward.
    product: isShare && product === 'NRML' ? 'CNC' : product,
  };
}

function changeOf({ kind, price, triggerPrice }: OrderRequest, { lots, shift, toMarket }: PlannedChange) {
  if (toMarket) return { kind: 'market' as const, price: null, triggerPrice: null, quantity: lots * 50 };
  const moved = (at: Price | null): Price | null => (at === null ? null : onGrid(at + shift / 20));
  return { kind, quantity: lots * 50, price: moved(price), triggerPrice: moved(triggerPrice) };
}

const onGrid = (price: Price): Price => Math.max(1, Math.round(price * 20)) / 20;
