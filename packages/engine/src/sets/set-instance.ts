import type { InstrumentKey } from '../market/instrument.js';
import type { AccountId, InstanceId } from '../primitives/ids.js';
import type { Paise } from '../primitives/money.js';
import type { SetConfig } from './set-config.js';

/** One set over one underlying on one account: the thing that has a life, a position and a ledger of its own. */
export interface SetInstance {
  readonly id: InstanceId;
  readonly account: AccountId;
  readonly underlying: InstrumentKey;
  /** Of its account, as it is configured: what shares of the capital are shares of. */
  readonly capitalPaise: Paise;
  /** What client order ids of this instance begin with; short, since a broker's tag field is. */
  readonly orderPrefix: string;
  readonly config: SetConfig;
}

/** `nifty-ema|NSE_INDEX:NIFTY|main`. */
export const instanceId = (set: SetConfig['id'], underlying: InstrumentKey, account: AccountId): InstanceId =>
  `${set}|${underlying}|${account}`;
