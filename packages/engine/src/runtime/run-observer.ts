import type { RuleNote } from '../market/rules/fact.js';
import type { Paise } from '../primitives/money.js';
import type { EpochMs, TradingDate } from '../primitives/time.js';
import type { AccountEvent } from '../risk/account-event.js';
import type { SystemEvent } from '../risk/system-decider.js';
import type { SetEvent } from '../sets/set-event.js';
import type { AccountDesk } from './account-desk.js';
import type { Alert } from './alert.js';
import type { SetRunner } from './set-runner.js';

/** Somebody who looks on: a report, a display. Nothing that it does comes back into the run. */
export interface RunObserver {
  /** An event was journalled, and is true. */
  event(runner: SetRunner, event: SetEvent): void;
  accountEvent(account: AccountDesk, event: AccountEvent): void;
  systemEvent(event: SystemEvent): void;
  /** A person has to be told something. */
  alert(alert: Alert): void;
  /** A point of the market has passed; `candle` tells the last of a candle. */
  point(at: EpochMs, candle: boolean): void;
  /** The range of a candle in the price of what a set holds behind a trailing stop. */
  range(runner: SetRunner, range: number): void;
  dayEnded(date: TradingDate, equityPaise: Paise): void;
  /** The run is over. `dropped` are prints that belonged to no candle; `notes` say what its charges rest on and nobody has confirmed, `simulated` what
   * the simulated exchange did that a real one does otherwise. */
  ended(
    at: EpochMs,
    end: {
      readonly dropped: { readonly late: number; readonly outside: number };
      readonly notes: readonly RuleNote[];
      readonly simulated: readonly string[];
    },
  ): void;
}
