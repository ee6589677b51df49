import type { EpochMs } from '../primitives/time.js';
import type { SimulatedExchange } from '../simulation/simulated-exchange.js';
import type { RunClock } from './run-clock.js';
import type { SetDesk } from './set-desk.js';
import type { SetRunner } from './set-runner.js';

/** More rounds than any set needs to leave everything. */
const ROUNDS_MAX = 12;

/** What is closed, and with what. */
export interface CloseAllParts {
  readonly runners: readonly SetRunner[];
  readonly desk: SetDesk;
  readonly exchange: SimulatedExchange;
  readonly clock: RunClock;
  /** Lets the next order arrive at the exchange. */
  readonly arrive: () => void;
}

/**
 * The data has ended: orders on their way arrive, and every set that holds something leaves at the last price. A partial exit, or one that was to be
 * tried again later, takes another round to bring its set to an end.
 */
export async function closeAll(parts: CloseAllParts): Promise<void> {
  await arriveAll(parts);
  for (let round = 0; round < ROUNDS_MAX && askToLeave(parts); round += 1) {
    await parts.desk.drain();
    await arriveAll(parts);
  }
}

/** Asks every set that holds something to leave; says whether there was one. */
function askToLeave({ runners, desk, clock: { now: at } }: CloseAllParts): boolean {
  let any = false;
  for (const runner of runners) {
    const { state, price } = runner;
    if (state.phase === 'open') desk.post(runner, { kind: 'exitNow', by: 'endOfData', price, at });
    else if (state.phase === 'exiting' && state.leaving.retryAt !== null)
      desk.post(runner, { kind: 'due', price, at: later(at, state.leaving.retryAt) });
    else continue;
    any = true;
  }
  return any;
}

async function arriveAll({ desk, exchange, clock, arrive }: CloseAllParts): Promise<void> {
  while (exchange.nextArrival < Infinity) {
    clock.now = later(clock.now, exchange.nextArrival);
    arrive();
    await desk.drain();
  }
}

const later = (one: EpochMs, other: EpochMs): EpochMs => Math.max(one, other);
