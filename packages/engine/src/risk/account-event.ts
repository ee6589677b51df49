import type { InstrumentKey } from '../market/instrument.js';
import type { ClientOrderId, InstanceId } from '../primitives/ids.js';
import type { Paise } from '../primitives/money.js';
import type { EpochMs, TradingDate } from '../primitives/time.js';

/** What happened to an account beside what its sets journal. Past tense; `at` is the time of the decision. */
export type AccountEvent = AccountEventBody & { readonly at: EpochMs };

type AccountEventBody =
  /** A trading day begins, with the equity at the last prices of the day before. */
  | { readonly kind: 'accountDayStarted'; readonly date: TradingDate; readonly equityPaise: Paise }
  /** Equity, with what is open, stands higher than ever before, by enough to say so: a fall is measured from here on. */
  | { readonly kind: 'equityPeaked'; readonly equityPaise: Paise }
  /** A circuit breaker has tripped: no entry is made, and positions are closed. `until` `null`: until a person re-arms the account. */
  | ({ readonly kind: 'breakerTripped'; readonly until: TradingDate | null } & Finding)
  /** Sets that are asked to leave now; those with bought legs wait for the sold ones on the same underlying. */
  | { readonly kind: 'closingRequested'; readonly instances: readonly InstanceId[] }
  /** Nothing is held any more; these orders closed it, in the order of their fills. */
  | { readonly kind: 'closingCompleted'; readonly orders: readonly ClientOrderId[] }
  /** The account may enter again, since a person says so. Losses so far are accepted: limits count from this equity on. */
  | { readonly kind: 'accountRearmed'; readonly by: string; readonly equityPaise: Paise }
  /** The account may enter again, since the day or week is over for which it was stopped. */
  | { readonly kind: 'haltEnded'; readonly code: string }
  /** A profit target is reached; `until` says from which date on entries are made again, where they are stopped. */
  | ({ readonly kind: 'profitTargetReached'; readonly until: TradingDate | null; readonly period: TradingDate } & Finding)
  /** The contract note of a day asks for so much more, or less, than was charged fill by fill. */
  | { readonly kind: 'chargesAdjusted'; readonly date: TradingDate; readonly chargesPaise: Paise }
  | { readonly kind: 'lineLost' }
  | { readonly kind: 'lineRestored' }
  /** The broker's position is not the sum of what our sets hold: nothing is entered, and nothing is left that the broker does not have. */
  | { readonly kind: 'positionMismatched'; readonly instrument: InstrumentKey; readonly expected: number; readonly found: number }
  /** They agree again. */
  | { readonly kind: 'positionAgreed'; readonly instrument: InstrumentKey }
  /** A person says that so many units of an instrument are none of ours. */
  | { readonly kind: 'positionIgnored'; readonly by: string; readonly instrument: InstrumentKey; readonly quantity: number }
  /** A person has a set take over what the broker has of an instrument: so many units, signed. */
  | {
      readonly kind: 'positionAdopted';
      readonly by: string;
      readonly instance: InstanceId;
      readonly instrument: InstrumentKey;
      readonly quantity: number;
    };

/** A limit that was reached. */
export interface Finding {
  /** Stable, for programs: `account/daily-loss`, `account/rejections`, `system/feed-stale`, … */
  readonly code: string;
  /** In words, with limit and value. */
  readonly reason: string;
  readonly limit: number;
  readonly value: number;
}
