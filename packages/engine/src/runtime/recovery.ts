import type { Snapshot } from '../journal/durable-journal.js';
import type { JournalRecord } from '../journal/journal.js';
import { isSettled } from '../orders/order-life.js';
import { EngineError } from '../primitives/errors.js';
import type { Paise } from '../primitives/money.js';
import type { EpochMs } from '../primitives/time.js';
import type { AccountEvent } from '../risk/account-event.js';
import type { GuardedAccount } from '../risk/guarded-account.js';
import type { SystemEvent, SystemState } from '../risk/system-decider.js';
import { evolveSet, initialSetState } from '../sets/evolve-set.js';
import type { SetEvent } from '../sets/set-event.js';
import type { SetState } from '../sets/set-state.js';
import type { HeldBefore } from '../simulation/exchange-account.js';
import { ACCOUNT_PREFIX, type AccountDesk } from './account-desk.js';
import type { Floor } from './floor.js';
import type { FloorAccount } from './floor-account.js';
import { numberFromJournal, OrderNumbers } from './order-numbers.js';

/** What a journal says was true when the engine stopped. */
export interface Remembered {
  /** The last thing that was decided; `null`: nothing was. */
  readonly at: EpochMs | null;
  readonly sets: ReadonlyMap<string, SetState>;
}

/**
 * Folds a journal into the accounts of a floor, and into states of its sets, which {@link resume} puts in place when the market has come to where
 * it was.
 *
 * @param snapshot what was true after some record; `null`: the records begin at the beginning.
 * @param records those after the snapshot, in order.
 * @throws EngineError `safety/position-without-set` if a set that the configuration no longer has holds something, or has orders on their way.
 */
export function recall(floor: Floor, records: Iterable<JournalRecord>, snapshot: Snapshot | null): Remembered {
  const sets = new Map<string, SetState>();
  const accounts = new Map(floor.accounts.map(({ account }) => [account.id, account]));
  let at = snapshot?.at ?? null;
  const numbers = new OrderNumbers();
  if (snapshot !== null) restore(snapshot, { floor, sets, accounts });
  for (const [id, { orders }] of sets) for (const { request } of orders) numbers.used(id, request.orderId);
  for (const { instance, events, at: decidedAt } of records) {
    at = decidedAt;
    const account = accounts.get(instance);
    if (account !== undefined) foldAccount(floor, account, events as readonly AccountEvent[]);
    else if (instance === floor.system.id) floor.system.fold(events as readonly SystemEvent[]);
    else if (!isOfAccount(instance)) {
      foldSet(instance, events as readonly SetEvent[], { sets, accounts });
      for (const event of events) {
        if (event.kind === 'legFilled') noteDeal(floor, instance, event);
        else if (event.kind === 'legOrderRequested') numbers.used(instance, event.order.orderId);
      }
    }
  }
  refuseOrphans(floor, sets);
  for (const { account } of floor.accounts) account.awaitedPaise = costOfHeld(account, sets);
  numberFromJournal(floor.runners, numbers, floor.runId);
  for (const [id, state] of sets) if (!floor.runners.some((runner) => runner.id === id)) floor.gone.set(id, state);
  return { at, sets };
}

interface Places {
  readonly sets: Map<string, SetState>;
  readonly accounts: ReadonlyMap<string, AccountDesk>;
}

function restore({ states }: Snapshot, { floor, sets, accounts }: Places & { readonly floor: Floor }): void {
  for (const [id, state] of Object.entries(states)) {
    const account = accounts.get(id);
    if (account !== undefined) account.restore(state as GuardedAccount);
    else if (id === floor.system.id) floor.system.restore(state as SystemState);
    else if (!isOfAccount(id)) sets.set(id, state as SetState);
  }
}

/** An account that is not configured any more keeps no books. */
const isOfAccount = (id: string): boolean => id.startsWith(ACCOUNT_PREFIX);

/** What was journalled of an account; contract notes that were booked are not booked again. */
function foldAccount(floor: Floor, account: AccountDesk, events: readonly AccountEvent[]): void {
  account.fold(events);
  const { notes } = floor.placeOf(account.name);
  for (const event of events) if (event.kind === 'chargesAdjusted') notes.booked(event.date);
}

/** A deal of a set that the configuration has no more is in no note of this run. */
function noteDeal(floor: Floor, instance: string, event: Extract<SetEvent, { kind: 'legFilled' }>): void {
  const runner = floor.runners.find(({ id }) => id === instance);
  if (runner !== undefined) floor.noteDeal(runner, event);
}

function foldSet(instance: string, events: readonly SetEvent[], { sets, accounts }: Places): void {
  sets.set(instance, events.reduce(evolveSet, sets.get(instance) ?? initialSetState));
  const account = accounts.get(`${ACCOUNT_PREFIX}${instance.slice(instance.lastIndexOf('|') + 1)}`);
  // An account that is not configured any more keeps no books; its sets are orphans, and refused where they hold something.
  for (const event of events) account?.foldSetEvent(instance, event);
}

/** What is held, or may come to be, without a set that knows how to leave it is no state to trade from. */
function refuseOrphans({ runners }: Floor, sets: ReadonlyMap<string, SetState>): void {
  for (const [id, { holding, leg, orders }] of sets) {
    if (runners.some((runner) => runner.id === id)) continue;
    const sent = orders.filter((order) => order.status !== 'requested' && !isSettled(order)).map(({ request }) => request.orderId);
    if (holding.quantity === 0 && sent.length === 0) continue;
    const has =
      holding.quantity === 0
        ? `has orders on their way (${sent.join(', ')})`
        : `holds ${holding.quantity} of ${leg?.instrument ?? 'something'}`;
    throw new EngineError('safety/position-without-set', {
      message: `The set instance "${id}" ${has}, and the configuration does not have it any more.`,
      remedy: 'Put the set back into the configuration until it has left, then take it out.',
      context: { instance: id, quantity: holding.quantity, orders: sent.join(' ') },
    });
  }
}

const costOfHeld = ({ runners }: AccountDesk, sets: ReadonlyMap<string, SetState>): Paise =>
  runners.reduce((sum, { id }) => sum + (sets.get(id)?.holding.costPaise ?? 0), 0);

/**
 * Goes on from what was remembered: sets get their states, what was on its way is looked for, and nothing is entered before the brokers' books and
 * positions agree with ours.
 */
export function resume(floor: Floor, { sets }: Remembered, at: EpochMs): void {
  floor.restrictSwitch(at);
  for (const { account } of floor.accounts) account.awaitedPaise = 0;
  for (const runner of floor.runners) {
    const state = sets.get(runner.id);
    if (state === undefined) continue;
    const { orders } = floor.placeOf(runner.instance.account);
    floor.restore(runner, state);
    for (const { request } of state.orders) orders.owners.expect(runner, request.orderId);
    floor.post(runner, { kind: 'recovered', squareOffAt: runner.leavesAt, at });
  }
  floor.timers.catchUp(at, floor.post);
  // A line that was lost when the engine stopped has been opened anew.
  for (const { account, line } of floor.accounts) if (!line.isDown) floor.postAccount(account, { kind: 'lineChanged', line: 'up', at });
  for (const place of floor.accounts) compareFirst(place);
}

/** Nothing is entered before the broker's book and positions have been compared with ours. */
export function compareFirst({ account, reconciler }: FloorAccount): void {
  account.reconciled = false;
  reconciler.soon();
}

/** What the sets of an account held, for an exchange that died with the engine. */
export const heldBefore = (account: AccountDesk, { sets }: Remembered): readonly HeldBefore[] =>
  account.runners.flatMap(({ id, instance }) => {
    const state = sets.get(id);
    if (state === undefined || state.leg === null || state.holding.quantity === 0) return [];
    const { quantity, costPaise } = state.holding;
    return [{ instrument: state.leg.instrument, product: instance.config.product, quantity, costPaise }];
  });

/**
 * What is true of everybody who decides, as a snapshot keeps it; and of sets that are gone, whose order ids must not come again and who may come
 * back themselves.
 */
export const snapshotOf = (floor: Floor, at: EpochMs): Snapshot => ({
  sequence: floor.mailbox.sequence,
  at,
  states: Object.fromEntries([
    ...floor.gone,
    ...floor.runners.map(({ id, state }) => [id, state] as const),
    ...floor.accounts.map(({ account }) => [account.id, account.state] as const),
    [floor.system.id, floor.system.state] as const,
  ]),
});
