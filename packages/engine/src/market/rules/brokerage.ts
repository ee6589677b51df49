import type { Paise } from '../../primitives/money.js';
import type { ChargeSegment } from './charge-rates.js';
import type { RuleStatus } from './fact.js';

/** Brokerage of one order: a share of its turnover, at least and at most so many paise. */
export interface BrokerageRule {
  readonly share: number;
  readonly minPaise: Paise;
  readonly maxPaise: Paise;
}

/** What a broker charges; `futuresIntraday` and `optionsIntraday` where orders that are closed on the day cost something else. */
export interface BrokeragePlan extends Readonly<Record<ChargeSegment, BrokerageRule>> {
  readonly futuresIntraday?: BrokerageRule;
  readonly optionsIntraday?: BrokerageRule;
  readonly status: RuleStatus;
  readonly source: string;
}

const flat = (rupees: number): BrokerageRule => ({ share: 0, minPaise: rupees * 100, maxPaise: rupees * 100 });
const percent = (share: number, capRupees: number): BrokerageRule => ({ share: share / 100, minPaise: 0, maxPaise: capRupees * 100 });

const FLAT_20 = { equityDelivery: flat(20), equityIntraday: flat(20), futures: flat(20), options: flat(20) };

/** ₹20 an order, the commonest figure: for the simulated exchange, and flagged for a broker that {@link BROKERAGE} does not have. */
export const DEFAULT_BROKERAGE: BrokeragePlan = { ...FLAT_20, status: 'unverified', source: 'the commonest flat figure' };

/** Brokers by the name a configuration has for them. Free API and account fees are not part of an order's cost. */
export const BROKERAGE: Readonly<Record<string, BrokeragePlan>> = {
  paper: { ...FLAT_20, status: 'derived', source: 'the simulation: ₹20 an order' },
  zerodha: {
    equityDelivery: flat(0),
    equityIntraday: percent(0.03, 20),
    futures: percent(0.03, 20),
    options: flat(20),
    status: 'confirmed',
    source: 'support.zerodha.com, May 2026',
  },
  dhan: {
    ...FLAT_20,
    equityDelivery: flat(0),
    equityIntraday: percent(0.03, 20),
    status: 'confirmed',
    source: 'brokers.json of oriz.in, 19 May 2026',
  },
  fyers: {
    equityDelivery: percent(0.3, 20),
    equityIntraday: percent(0.03, 20),
    futures: percent(0.03, 20),
    options: flat(20),
    status: 'confirmed',
    source: 'support.fyers.in, after Oct 2024; its clearing charges are left out',
  },
  shoonya: {
    equityDelivery: flat(20),
    equityIntraday: percent(0.03, 5),
    futures: percent(0.03, 5),
    options: percent(0.03, 5),
    status: 'unverified',
    source: 'blog.oriz.in, June 2026, has derivatives; shares unverified',
  },
  flattrade: {
    equityDelivery: flat(0),
    equityIntraday: flat(0),
    futures: flat(0),
    options: flat(0),
    status: 'confirmed',
    source: 'blog.oriz.in, June 2026',
  },
  'kotak-neo': {
    equityDelivery: { share: 0.0025, minPaise: 2000, maxPaise: Infinity },
    equityIntraday: flat(0),
    futures: flat(20),
    futuresIntraday: flat(0),
    options: flat(20),
    optionsIntraday: flat(0),
    status: 'confirmed',
    source: 'kotaksecurities.com, Trade Free plan, 2023 to 2025',
  },
  upstox: {
    ...FLAT_20,
    equityIntraday: percent(0.1, 20),
    futures: percent(0.05, 20),
    status: 'unverified',
    source: 'upstox pricing pages 2024-25',
  },
  'angel-one': {
    ...FLAT_20,
    equityDelivery: percent(0.1, 20),
    equityIntraday: percent(0.03, 20),
    status: 'unverified',
    source: 'investking.in, dematdive.com (2025)',
  },
  groww: {
    ...FLAT_20,
    equityDelivery: percent(0.1, 20),
    equityIntraday: percent(0.1, 20),
    status: 'unverified',
    source: 'general knowledge',
  },
  'icici-breeze': { ...FLAT_20, status: 'unverified', source: 'not found: the commonest flat figure' },
  '5paisa': { ...FLAT_20, status: 'unverified', source: 'general knowledge' },
};
