import type { InstrumentKey } from '../market/instrument.js';
import type { AccountId } from '../primitives/ids.js';
import type { EpochMs } from '../primitives/time.js';
import type { TradingSwitch } from '../risk/trading-switch.js';
import type { Floor } from './floor.js';
import type { FloorAccount } from './floor-account.js';
import type { RunClock } from './run-clock.js';
import { type RunStatus, statusOf } from './run-status.js';
import type { SetRunner } from './set-runner.js';

/** What a person may command while a run goes on. `by` names who; it is journalled. */
export type Command = CommandBody & { readonly by: string };

type CommandBody =
  | { readonly kind: 'switch'; readonly to: TradingSwitch }
  /** Lets an account trade again that a breaker, a difference or a target has stopped. */
  | { readonly kind: 'rearm'; readonly account: AccountId }
  /** A set's id, or the id of one of its instances. */
  | { readonly kind: 'start' | 'stop' | 'exit'; readonly set: string }
  /** What the broker has of an instrument beside what our sets hold is none of ours. */
  | { readonly kind: 'ignore'; readonly account: AccountId; readonly instrument: InstrumentKey }
  /** What the broker has of an instrument counts: the set that holds it takes it over. What it did not ask for it leaves. */
  | { readonly kind: 'adopt'; readonly account: AccountId; readonly instrument: InstrumentKey };

/** What became of a command. */
export type CommandAnswer = { readonly done: true } | { readonly done: false; readonly reason: string; readonly remedy: string };

/**
 * The way of a person's commands into a run: make one, hand it to the run, and send commands while it goes on. Each is decided and journalled like
 * every other input.
 *
 * @example
 * const control = new RunControl();
 * const running = runConfig(config, { registry, control });
 * control.send({ kind: 'rearm', account: 'main', by: 'asha' });
 */
export class RunControl {
  #floor: Floor | null = null;
  #clock: RunClock = { now: -Infinity };
  #goesOn = false;
  readonly #scheduled: { readonly at: EpochMs; readonly command: Command }[] = [];

  /** Sends a command now. */
  send(command: Command): CommandAnswer {
    const floor = this.#floor;
    if (floor === null) return refused('The run has not begun, or is over.', 'Send it while the run goes on.');
    return carriedOut(floor, command, this.#clock.now);
  }

  /** Sends a command when the market has come to a moment; for replays, which no person can follow. */
  sendAt(at: EpochMs, command: Command): void {
    this.#scheduled.push({ at, command });
    if (this.#floor !== null) this.#schedule(this.#floor);
  }

  /** How everything stands; `null` before trading begins, or goes on from a journal, and when the run is over. */
  status(): RunStatus | null {
    const floor = this.#floor;
    return floor === null ? null : statusOf(floor, { at: this.#clock.now, goesOn: this.#goesOn });
  }

  /** The run has begun. */
  attach(floor: Floor, clock: RunClock): void {
    this.#floor = floor;
    this.#clock = clock;
    this.#goesOn = floor.mailbox.sequence > 0;
    this.#schedule(floor);
  }

  /** The run is over. */
  detach(): void {
    this.#floor = null;
  }

  #schedule(floor: Floor): void {
    for (const { at, command } of this.#scheduled.splice(0)) {
      floor.timers.call(at, (now) => {
        carriedOut(floor, command, now);
      });
    }
  }
}

function carriedOut(floor: Floor, command: Command, at: EpochMs): CommandAnswer {
  switch (command.kind) {
    case 'switch':
      floor.mailbox.post(floor.system, { kind: 'setSwitch', to: command.to, by: command.by, at });
      return DONE;
    case 'rearm':
      return withAccount(floor, command.account, ({ account }) => {
        if (account.money.halted === null) return refused(`Account "${account.name}" is not stopped.`, 'Nothing has to be done.');
        floor.postAccount(account, { kind: 'rearm', by: command.by, equityPaise: account.equityPaise(at), at });
        return DONE;
      });
    case 'start':
    case 'stop':
    case 'exit':
      return toSets(floor, command, at);
    case 'ignore':
    case 'adopt':
      return withAccount(floor, command.account, (place) => settlePosition(floor, place, command, at));
  }
}

const DONE: CommandAnswer = { done: true };

const refused = (reason: string, remedy: string): CommandAnswer => ({ done: false, reason, remedy });

function withAccount(floor: Floor, id: AccountId, act: (place: FloorAccount) => CommandAnswer): CommandAnswer {
  const place = floor.accounts.find(({ account }) => account.name === id);
  if (place !== undefined) return act(place);
  return refused(`There is no account "${id}".`, `There is: ${floor.accounts.map(({ account }) => account.name).join(', ')}.`);
}

function toSets(floor: Floor, { kind, set, by }: Extract<Command, { kind: 'start' | 'stop' | 'exit' }>, at: EpochMs): CommandAnswer {
  const runners = floor.runners.filter(({ id, instance }) => id === set || instance.config.id === set);
  if (runners.length === 0) {
    const known = [...new Set(floor.runners.map(({ instance }) => instance.config.id))];
    return refused(`There is no set "${set}".`, `There is: ${known.join(', ')}.`);
  }
  for (const runner of runners) {
    if (kind === 'start') floor.post(runner, { kind: 'start', by, at });
    else if (kind === 'stop') floor.post(runner, { kind: 'stop', by, reason: 'By command.', at });
    else floor.post(runner, { kind: 'exitNow', by: 'byHand', price: priceOf(runner), at });
  }
  return DONE;
}

const priceOf = ({ price }: SetRunner): number | null => (Number.isNaN(price) ? null : price);

/** The broker is asked what it has; the answer is ignored from now on, or taken over. */
function settlePosition(
  floor: Floor,
  { account, broker, reconciler }: FloorAccount,
  { kind, instrument, by }: Extract<Command, { kind: 'ignore' | 'adopt' }>,
  at: EpochMs,
): CommandAnswer {
  const holder = account.runners.find(({ state }) => state.leg?.instrument === instrument);
  if (kind === 'adopt' && holder === undefined) {
    return refused(
      `No set of "${account.name}" has to do with ${instrument}.`,
      `Close it in the broker's app, or: ignore ${account.name} ${instrument}.`,
    );
  }
  broker.readPositions((found) => {
    // A broker that does not answer changes nothing: the difference is found again, and told again.
    if (found === null) return;
    const ours = account.quantityOf(instrument);
    const difference = (found.get(instrument) ?? 0) - ours;
    if (kind === 'ignore') floor.postAccount(account, { kind: 'ignore', by, instrument, quantity: difference, at });
    else if (holder !== undefined) {
      const quantity = holder.quantity + difference - account.ignoredOf(instrument);
      floor.postAccount(account, { kind: 'adopt', by, instance: holder.id, instrument, quantity, at });
    }
    reconciler.soon();
  });
  return DONE;
}
