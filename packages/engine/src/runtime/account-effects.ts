import { InvariantError } from '../primitives/assert.js';
import { snapToTickGrid } from '../primitives/price.js';
import type { AccountEvent } from '../risk/account-event.js';
import type { AccountDesk } from './account-desk.js';
import type { Board } from './board.js';
import type { Reconciler } from './reconciler.js';
import type { RunClock } from './run-clock.js';
import type { Post } from './set-runner.js';

/** After these the broker's positions are compared with ours: a person who re-arms an account may have mended it in the broker's app. */
const COMPARED_AFTER: readonly AccountEvent['kind'][] = ['lineRestored', 'positionIgnored', 'accountRearmed'];

/** What the effects of an account's events need. */
export interface AccountEffectsParts {
  readonly clock: RunClock;
  readonly board: Board;
  readonly post: Post;
  readonly reconciler: Reconciler;
}

/** Does what follows from an event of an account that is true by now. */
export function carryOutForAccount(account: AccountDesk, event: AccountEvent, parts: AccountEffectsParts): void {
  const { clock, post, reconciler } = parts;
  // What was done while the line was lost is not known before the comparison, and nothing is entered on top of it.
  if (event.kind === 'lineRestored') account.reconciled = false;
  if (COMPARED_AFTER.includes(event.kind)) reconciler.soon();
  if (event.kind === 'closingRequested') {
    for (const runner of account.runners) {
      if (event.instances.includes(runner.id)) post(runner, { kind: 'exitNow', by: 'breaker', price: runner.price, at: clock.now });
    }
  }
  if (event.kind === 'positionAdopted') adopt(account, event, parts);
}

function adopt(
  account: AccountDesk,
  { instance, instrument, quantity, at }: Extract<AccountEvent, { kind: 'positionAdopted' }>,
  { board, post }: AccountEffectsParts,
): void {
  const runner = account.runners.find(({ id }) => id === instance);
  const leg = runner?.state.leg ?? null;
  if (runner === undefined || leg === null) throw new InvariantError(`There is no set instance ${instance} that could adopt something.`);
  const market = board.slot(instrument).price(at);
  // Between two points the market is at no price that anybody could deal at, and before the first at none at all.
  const price = Number.isNaN(market) ? leg.price : snapToTickGrid(market, leg);
  post(runner, { kind: 'adopt', by: 'account', quantity, price, at });
}
