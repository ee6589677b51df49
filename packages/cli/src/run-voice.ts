import type { Alert, JournalRecord, RunConfig, RunStatus, TradingSwitch } from '@sauda/engine';

import type { Io } from './io.js';
import { LastSignals } from './last-signals.js';
import { EventLines, namesOf } from './print/event-lines.js';
import { statusLines, stoppedWords } from './print/status-lines.js';
import { type Style, styleFor } from './print/style.js';

/** What is told of a run while it goes on. */
export interface RunVoiceView {
  /** For programs: events on standard output, and words for people on standard error. */
  readonly json: boolean;
  /** Of all that happens only what somebody has to look at at once. */
  readonly quiet: boolean;
  /** Tell of every stop that moves. */
  readonly stops: boolean;
  /** Where the trading switch is when the run begins. */
  readonly tradingSwitch: TradingSwitch;
}

/** Tells of a run while it goes on: each event that matters, each alert, answers to what a person types. */
export class RunVoice {
  readonly style: Style;
  readonly #io: Io;
  readonly #view: RunVoiceView;
  readonly #lines: EventLines;
  readonly #signals = new LastSignals();
  /** Lines of a decision that begins with what an alert tells: they follow it. */
  readonly #afterAlert: string[] = [];

  constructor(config: RunConfig, view: RunVoiceView, io: Io) {
    this.#io = io;
    this.#view = view;
    this.style = styleFor(io, view.json ? 'err' : 'out');
    this.#lines = new EventLines({ style: this.style, stops: view.stops, names: namesOf(config), tradingSwitch: view.tradingSwitch });
  }

  /** Words for people, whatever is asked for. */
  readonly say = (text: string): void => {
    (this.#view.json ? this.#io.err : this.#io.out)(`${text}\n`);
  };

  /** A decision. */
  readonly record = (record: JournalRecord): void => {
    const lines = this.#remembered(record);
    if (this.#view.json) {
      const { sequence, instance, events } = record;
      for (const event of events) this.#io.out(`${JSON.stringify({ sequence, instance, ...event })}\n`);
    } else if (this.#view.quiet) return;
    else if (record.events.some(({ kind }) => kind === 'breakerTripped')) this.#afterAlert.push(...lines);
    else for (const line of lines) this.say(line);
  };

  /** A decision of an earlier run: it is known from now on, and not told. */
  recall(record: JournalRecord): void {
    this.#remembered(record);
  }

  /** Something that a person has to be told. What is critical is never left out. */
  readonly alert = (alert: Alert): void => {
    if (alert.severity !== 'critical' && this.#view.quiet) return;
    this.say(this.#lines.alert(alert));
    for (const line of this.#afterAlert.splice(0)) this.say(line);
  };

  /** Accounts that an earlier run has left stopped: nobody is to find out from an entry that does not come. */
  stopped({ accounts }: RunStatus): void {
    for (const account of accounts) {
      const words = stoppedWords(account);
      if (words !== null) this.say(`account:${account.account}  ${this.style.strong(this.style.bad(words))}`);
    }
  }

  /** How everything stands. */
  readonly status = (status: RunStatus): string => statusLines(status, { style: this.style, lastSignalOf: (id) => this.#signals.of(id) });

  #remembered(record: JournalRecord): readonly string[] {
    this.#signals.add(record);
    return this.#lines.of(record);
  }
}
