import type { InstrumentKey } from '../market/instrument.js';
import type { AccountId, SetId } from '../primitives/ids.js';
import type { Paise } from '../primitives/money.js';
import type { EpochMs } from '../primitives/time.js';

/** What a round trip brought. */
export interface RoundTripResult {
  /** Before charges. */
  readonly grossPaise: Paise;
  readonly chargesPaise: Paise;
  /** Gross less charges. */
  readonly netPaise: Paise;
}

/** A set's way from flat to flat, all legs together: what reports may call a trade. */
export interface RoundTrip extends RoundTripResult {
  readonly set: SetId;
  /** The strategy's name. */
  readonly strategy: string;
  readonly account: AccountId;
  readonly underlying: InstrumentKey;
  /** The first fill. */
  readonly entryTime: EpochMs;
  /** The last fill. */
  readonly exitTime: EpochMs;
  /** Everything bought and sold on the way. */
  readonly tradedPaise: Paise;
}
