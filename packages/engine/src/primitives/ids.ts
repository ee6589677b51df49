import type { Unit } from './unit.js';

/** The `id` of a set in the configuration. */
export type SetId = Unit<string, 'SetId'>;

/** The `id` of an account in the configuration. */
export type AccountId = Unit<string, 'AccountId'>;

/** A set instance, one configured set over one underlying on one account: `nifty-ema|NSE_INDEX:NIFTY|main`. */
export type InstanceId = Unit<string, 'InstanceId'>;

/** Our own id of an order, made from the instance and a sequence; carried in the broker's tag field. */
export type ClientOrderId = Unit<string, 'ClientOrderId'>;

/** The broker's own id of an order. */
export type BrokerOrderId = Unit<string, 'BrokerOrderId'>;

/** The broker's id of a fill. A fill counts once, whatever is repeated. */
export type FillId = Unit<string, 'FillId'>;
