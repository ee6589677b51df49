import type { AccountBroker } from './account-broker.js';
import type { AccountDesk } from './account-desk.js';
import type { DayNotes } from './day-notes.js';
import type { LineWatch } from './line-watch.js';
import type { OrderDesk } from './order-desk.js';
import type { Reconciler } from './reconciler.js';

/** An account with everything that works for it. */
export interface FloorAccount {
  readonly account: AccountDesk;
  readonly broker: AccountBroker;
  readonly orders: OrderDesk;
  readonly reconciler: Reconciler;
  readonly line: LineWatch;
  readonly notes: DayNotes;
}
