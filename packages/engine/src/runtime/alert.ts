import type { AccountId, InstanceId } from '../primitives/ids.js';
import type { EpochMs } from '../primitives/time.js';

/** Something a person has to be told. It is read off journalled events, and comes once for each. */
export interface Alert {
  /** `critical`: somebody has to look at once. */
  readonly severity: 'info' | 'warning' | 'critical';
  /** Stable, for programs: `account/daily-loss`, `order/unknown`, … */
  readonly code: string;
  /** What happened, with limit and value. */
  readonly message: string;
  /** What a person can do about it; empty where there is nothing to do. */
  readonly remedy: string;
  readonly at: EpochMs;
  /** Whom it concerns; `null`: every account. */
  readonly account: AccountId | null;
  /** The set instance that it is about; `null`: none. */
  readonly instance: InstanceId | null;
}
