import { isSettled } from '../orders/order-life.js';
import { type EpochMs, MINUTE_MS } from '../primitives/time.js';
import type { SetState } from '../sets/set-state.js';
import type { Floor } from './floor.js';
import type { RunClock } from './run-clock.js';
import type { SetRunner } from './set-runner.js';

/** So long after the data's end the market of the last prices is kept open, for orders that have to be waited for or searched. */
const LONGEST_MS = 30 * MINUTE_MS;

/** More rounds than anything needs that ends at all. */
const ROUNDS_MAX = 5_000;

/** After the data's end sets are asked to leave so often; what a broker refuses all the same stays held. */
const ASKED_MAX = 60;

/** What is closed, and with what. */
export interface CloseAllParts {
  readonly floor: Floor;
  readonly clock: RunClock;
  /** When the exchange has something to do. */
  readonly exchangeTime: () => EpochMs;
  /** Lets the exchange do what is due; what rests meets the last price once more. */
  readonly exchangeActs: (now: EpochMs) => void;
}

/**
 * The data has ended: orders on their way arrive, and every set that holds something leaves at the last price. What has to be waited for, as an
 * answer that does not come or an exit that is tried again, is waited for, as long as that leads somewhere. What is held at a broker of the world
 * stays held: there the market goes on.
 */
export async function closeAll({ floor, clock, exchangeTime, exchangeActs }: CloseAllParts): Promise<void> {
  let until = clock.now + LONGEST_MS;
  let asked = 0;
  const runners = floor.accounts.flatMap(({ account, broker }) => (broker.isSimulated ? account.runners : []));
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    await floor.mailbox.drain();
    // What is on its way comes first: it may open what has to be left.
    if (runners.every(isFlat)) return;
    if (!runners.some(isOnItsWay) && askToLeave(floor, runners, clock)) {
      until = clock.now + LONGEST_MS;
      asked += 1;
      if (asked > ASKED_MAX) return;
      continue;
    }
    const next = Math.min(floor.nextTime, exchangeTime());
    if (next > until) return;
    clock.now = Math.max(clock.now, next);
    if (exchangeTime() <= clock.now) exchangeActs(clock.now);
    if (floor.nextTime <= clock.now) floor.happen(clock.now);
  }
}

/** An order of the set's has been sent, and has neither come to rest nor to its end. */
const isOnItsWay = ({ state }: SetRunner): boolean =>
  state.orders.some(({ status }) => status === 'requested' || status === 'submitted' || status === 'acknowledged');

/** Nothing is held, and no order can change that. */
const isFlat = ({ state }: SetRunner): boolean =>
  (state.phase === 'waiting' || state.phase === 'stopped' || state.phase === 'preparing') && state.orders.every(isSettled);

/** Asks every set that is to hold something, or may yet, to leave; says whether there was one. */
function askToLeave({ post }: Floor, runners: readonly SetRunner[], clock: RunClock): boolean {
  const asked = runners.filter(({ state }) => isToHold(state));
  for (const runner of asked) post(runner, { kind: 'exitNow', by: 'endOfData', price: runner.price, at: clock.now });
  if (asked.length > 0) return true;
  // An exit that waits for the next session has no other one to wait for: it is that time now.
  const waiting = runners.filter(({ state }) => retryOf(state) < Infinity);
  if (waiting.length === 0) return false;
  clock.now = Math.max(clock.now, ...waiting.map(({ state }) => retryOf(state)));
  for (const runner of waiting) post(runner, { kind: 'due', price: runner.price, at: clock.now });
  return true;
}

const isToHold = (state: SetState): boolean =>
  state.phase === 'open' ||
  (state.phase === 'entering' && state.abandoned === null) ||
  (state.phase === 'exiting' && state.leaving.keep > 0);

/** When an exit is tried again that has come to nothing; `Infinity` where none has. */
const retryOf = (state: SetState): EpochMs =>
  state.phase === 'exiting' && !state.leaving.confirming && state.orders.every(isSettled) ? (state.leaving.retryAt ?? Infinity) : Infinity;
