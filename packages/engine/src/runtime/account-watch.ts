import type { AccountState } from '../portfolio/account.js';
import type { Paise } from '../primitives/money.js';
import type { EpochMs } from '../primitives/time.js';
import type { SetRunner } from './set-runner.js';

/** An account whose equity is watched. */
export interface WatchedAccount {
  readonly runners: readonly SetRunner[];
  readonly money: AccountState;
  equityPaise(at: EpochMs): Paise;
}

/**
 * Has the account woken when its equity can have left a band: each holding may move by its equal share of the way to a limit. As long as none has
 * moved so far, all of them together have not either; when one has, the way that is left is shared out anew. With one holding that is the very
 * price at which the limit is reached.
 */
export function watchEquity(account: WatchedAccount, { low, high }: { readonly low: Paise; readonly high: Paise }, now: EpochMs): void {
  const holders = account.runners.filter(({ quantity, slot }) => quantity !== 0 && slot !== null);
  if (holders.length === 0) return;
  // Without a limit there is nothing to wait for, nor where one has tripped already: what is held is being closed.
  if ((low === -Infinity && high === Infinity) || account.money.halted?.closes === true) {
    for (const runner of holders) runner.watchEquity(-Infinity, Infinity);
    return;
  }
  const equity = account.equityPaise(now);
  for (const runner of holders) {
    const { quantity } = runner;
    const rupeesAPaise = 1 / (100 * holders.length * Math.abs(quantity));
    const price = runner.valuedAt(now);
    const down = (equity - low) * rupeesAPaise;
    const up = (high - equity) * rupeesAPaise;
    if (quantity > 0) runner.watchEquity(price - down, price + up);
    else runner.watchEquity(price - up, price + down);
  }
}
