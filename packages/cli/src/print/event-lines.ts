import {
  type AccountEvent,
  type Alert,
  type EpochMs,
  formatIst,
  type InstanceId,
  type JournalEvent,
  type JournalRecord,
  type RunConfig,
  type SetEvent,
  type SystemEvent,
  type TradingSwitch,
} from '@sauda/engine';

import { accountWords } from './account-words.js';
import { OrderWords } from './order-words.js';
import { setWords } from './set-words.js';
import { HALTED } from './status-lines.js';
import type { Style } from './style.js';

/** How a run is told. */
export interface EventLinesView {
  readonly style: Style;
  /** Also of every stop that moves. */
  readonly stops: boolean;
  /** Everybody who may have something to tell; their names make a column. */
  readonly names: readonly InstanceId[];
  readonly tradingSwitch: TradingSwitch;
}

/** Wider names than this stand out of their column. */
const NAME_WIDTH_MAX = 40;

/**
 * Tells people what happens in a run, a line for each event that matters: when, who, what. What a person has to know at once comes as an alert and is
 * told only there. While trading is halted, every line says so.
 */
export class EventLines {
  readonly #view: EventLinesView;
  readonly #orders: OrderWords;
  readonly #nameWidth: number;
  #tradingSwitch: TradingSwitch;
  /** Why each set's present exit was last put off. */
  readonly #putOff = new Map<InstanceId, string>();

  constructor(view: EventLinesView) {
    this.#view = view;
    this.#orders = new OrderWords(view);
    this.#nameWidth = Math.min(NAME_WIDTH_MAX, Math.max(0, ...view.names.map((name) => name.length)));
    this.#tradingSwitch = view.tradingSwitch;
  }

  /** The lines of one decision. */
  of({ instance, events }: Pick<JournalRecord, 'instance' | 'events'>): readonly string[] {
    // A set instance is named after its set, its underlying and its account, with bars between them.
    const isSet = instance.includes('|');
    const told = events.map((event) =>
      isSet ? this.#ofSet(event as SetEvent, { instance, events }) : this.#ofGuard(event as AccountEvent | SystemEvent),
    );
    return told.flatMap((words, index) => (words === null ? [] : [this.#line((events[index] as JournalEvent).at, instance, words)]));
  }

  /** The line of an alert. */
  alert({ severity, message, remedy, at, account, instance }: Alert): string {
    const { style } = this.#view;
    const who = instance ?? (account === null ? 'system' : `account:${account}`);
    // Who it is about stands in a column of its own.
    const what = message.startsWith(`${who}: `) ? message.slice(who.length + 2) : message;
    const words = remedy === '' ? what : `${what} ${remedy}`;
    switch (severity) {
      case 'critical':
        return this.#line(at, who, style.strong(style.bad(`CRITICAL ${words}`)));
      case 'warning':
        return this.#line(at, who, style.warn(words));
      case 'info':
        return this.#line(at, who, words);
    }
  }

  #ofSet(event: SetEvent, decision: Pick<JournalRecord, 'instance' | 'events'>): string | null {
    if (event.kind === 'exitTriggered' || event.kind === 'setClosed') this.#putOff.delete(decision.instance);
    if (event.kind === 'exitPostponed' && this.#goesWithoutSaying(event, decision)) return null;
    return setWords(event, this.#view) ?? this.#orders.of(event);
  }

  /** That an exit is tried again: where an alert tells of the rejection, and where the reason is the one that was told before. */
  #goesWithoutSaying(
    { reason }: Extract<SetEvent, { kind: 'exitPostponed' }>,
    { instance, events }: Pick<JournalRecord, 'instance' | 'events'>,
  ): boolean {
    if (events.some((other) => other.kind === 'orderChanged' && other.news.kind === 'rejected')) return true;
    const told = this.#putOff.get(instance) === reason;
    this.#putOff.set(instance, reason);
    return told;
  }

  #ofGuard(event: AccountEvent | SystemEvent): string | null {
    if (event.kind === 'switchChanged') this.#tradingSwitch = event.to;
    return accountWords(event);
  }

  #line(at: EpochMs, who: string, words: string): string {
    const { style } = this.#view;
    const halted = this.#tradingSwitch === 'halted' && !words.includes(HALTED) ? `${style.strong(style.bad(HALTED))}  ` : '';
    return `${style.faint(formatIst(at).slice(5))}  ${style.strong(who.padEnd(this.#nameWidth))}  ${halted}${words}`;
  }
}

/** Everybody who journals in a run of this configuration. */
export const namesOf = ({ sets, accounts }: Pick<RunConfig, 'sets' | 'accounts'>): readonly InstanceId[] => [
  ...sets.flatMap((set) => set.underlyings.flatMap((underlying) => set.accounts.map((account) => `${set.id}|${underlying}|${account}`))),
  ...accounts.map(({ id }) => `account:${id}`),
];
