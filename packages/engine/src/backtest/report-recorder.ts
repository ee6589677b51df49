import type { JournalRecord } from '../journal/journal.js';
import type { Instrument } from '../market/instrument.js';
import type { RuleBook } from '../market/rule-book.js';
import type { Fill } from '../orders/fill.js';
import type { Paise } from '../primitives/money.js';
import { type EpochMs, type TradingDate, tradingDate } from '../primitives/time.js';
import type { AccountEvent } from '../risk/account-event.js';
import { rearmCommand } from '../runtime/account-alerts.js';
import type { AccountDesk } from '../runtime/account-desk.js';
import type { Alert } from '../runtime/alert.js';
import type { ChargeBook } from '../runtime/charge-book.js';
import type { RunObserver } from '../runtime/run-observer.js';
import type { SetRunner } from '../runtime/set-runner.js';
import type { SetEvent } from '../sets/set-event.js';
import { GuardRecorder } from './guard-recorder.js';
import type { Mutable } from './mutable.js';
import type { ReportedRoundTrip, ReportedSignal } from './report.js';
import { SignalRecorder } from './signal-recorder.js';
import { TrailingCheck } from './trailing-check.js';
import { TripRecorder } from './trip-recorder.js';
import { type UntoldTrip, withUntold } from './untold-trips.js';

/** What is known of a set instance between two of its events. */
interface Open {
  readonly signals: SignalRecorder;
  readonly trips: TripRecorder;
  /** Of a set that goes on from a journal: what it has told since, until the next entry; else `null`. */
  untold: SetEvent[] | null;
}

/** Writes down what a run did, from its events: every signal with what became of it, every round trip, the equity of each day. */
export class ReportRecorder implements RunObserver {
  readonly signals: Mutable<ReportedSignal>[] = [];
  roundTrips: ReportedRoundTrip[] = [];
  readonly equity: { readonly date: TradingDate; readonly equityPaise: Paise }[] = [];
  readonly warnings = new Map<string, string>();
  readonly guard = new GuardRecorder();
  candles = 0;
  ticks = 0;
  readonly #trailing = new TrailingCheck();
  readonly #open = new Map<SetRunner, Open>();
  #lastRunner: SetRunner | null = null;
  #lastOpen: Open | null = null;
  readonly #untold: UntoldTrip[] = [];
  readonly #charges: Pick<ChargeBook, 'split'>;
  readonly #rules: Pick<RuleBook, 'instrument'>;
  readonly #countFrom: EpochMs;
  readonly #straight: boolean;
  readonly #onDay: (date: TradingDate, candles: number) => void;
  readonly #onAlert: (alert: Alert) => void;

  /**
   * @param options.countFrom candles and ticks before this are history, and not counted.
   * @param options.charges tells what fills were charged by kind.
   */
  constructor({
    countFrom,
    path,
    charges,
    rules,
    onDay = () => undefined,
    onAlert = () => undefined,
  }: {
    readonly countFrom: EpochMs;
    readonly path: 'straight' | 'pessimistic';
    readonly charges: Pick<ChargeBook, 'split'>;
    readonly rules: Pick<RuleBook, 'instrument'>;
    readonly onDay?: (date: TradingDate, candles: number) => void;
    readonly onAlert?: (alert: Alert) => void;
  }) {
    this.#countFrom = countFrom;
    this.#straight = path === 'straight';
    this.#charges = charges;
    this.#rules = rules;
    this.#onDay = onDay;
    this.#onAlert = onAlert;
  }

  point(at: EpochMs, candle: boolean): void {
    if (at < this.#countFrom) return;
    if (candle) {
      this.candles += 1;
      this.ticks += POINTS_OF_A_CANDLE;
    } else this.ticks += 1;
  }

  range(runner: SetRunner, range: number): void {
    this.#trailing.range(runner.instance.id, range);
  }

  dayEnded(date: TradingDate, equityPaise: Paise): void {
    this.equity.push({ date, equityPaise });
    this.#onDay(date, this.candles);
  }

  ended(_at: EpochMs, { dropped: { late, outside }, notes, simulated }: Parameters<RunObserver['ended']>[1]): void {
    for (const note of simulated) this.warnings.set(`simulation/note ${note}`, note);
    for (const { instance, message } of this.#trailing.warnings()) this.warnings.set(`backtest/trailing-too-close ${instance}`, message);
    for (const { code, subject, message } of notes) this.warnings.set(`${code} ${subject}`, message);
    const prints = (count: number): string => (count === 1 ? 'One print' : `${count} prints`);
    if (late > 0) this.warnings.set('data/late-prints', `${prints(late)} came after the candle was closed: dropped.`);
    if (outside > 0) this.warnings.set('data/outside-session', `${prints(outside)} lay outside of trading hours: dropped.`);
  }

  accountEvent(account: AccountDesk, event: AccountEvent): void {
    this.guard.accountEvent(account, event);
    if (event.kind !== 'breakerTripped') return;
    const { name } = account;
    const until = event.until === null ? `until somebody says: ${rearmCommand(name)}` : `until ${event.until}`;
    const key = `${event.code} ${name}`;
    if (this.warnings.has(key)) return;
    this.warnings.set(
      key,
      `On ${tradingDate(event.at)} a breaker of account ${name} tripped: ${event.reason} Nothing is entered ${until}.`,
    );
  }

  systemEvent(): void {
    // A changed switch is an alert, and stands among them.
  }

  alert(alert: Alert): void {
    this.guard.alert(alert);
    this.#onAlert(alert);
  }

  event(runner: SetRunner, event: SetEvent): void {
    this.guard.setEvent(runner, event);
    const open = this.#openOf(runner, event);
    open.trips.event(event);
    open.untold?.push(event);
    switch (event.kind) {
      case 'signalSeen':
        open.signals.seen(runner.instance, event.signal);
        return;
      case 'entryRefused':
        open.signals.refused(event.signalAt, event.code);
        this.#noteRefusal(runner, event);
        return;
      case 'preparationStarted':
        open.signals.entering(event.signal.at);
        return;
      case 'entryPlanned':
        open.untold = null;
        return;
      case 'exitTriggered':
        if (event.reverse === null && (event.rule === 'oppositeSignal' || event.rule === 'strategyExit')) open.signals.exited();
        return;
      case 'setOpened':
        this.#noteTrailing(runner, event.position.entryPrice);
        open.signals.entered();
        return;
      case 'setClosed':
        this.#closed(runner, open, event);
        return;
      case 'heldOvernight':
        this.warnings.set(
          `set/held-overnight ${runner.instance.id}`,
          `${runner.instance.id} held positions overnight: less of the target was reached than its end-of-day rule asks for.`,
        );
        return;
      case 'setHalted':
        this.warnings.set(`set/halted ${runner.instance.id}`, `${runner.instance.id} was halted by ${event.by}: ${event.reason}`);
        return;
      default:
    }
  }

  /** What nobody knows for the dates of a run looks like a quiet strategy, unless it is said. */
  #noteRefusal({ instance }: SetRunner, { by, code, reason }: Extract<SetEvent, { kind: 'entryRefused' }>): void {
    if (by === 'legs') this.warnings.set(`${code} ${instance.id}`, `${instance.id} could not choose its leg: ${reason}`);
  }

  #noteTrailing({ instance }: SetRunner, entryPrice: number): void {
    const { trailing } = instance.config.exits;
    if (trailing !== null && this.#straight) this.#trailing.opened(instance.id, trailing, entryPrice);
  }

  #openOf(runner: SetRunner, event: SetEvent): Open {
    // Events of a set come in rows.
    if (runner === this.#lastRunner && this.#lastOpen !== null) return this.#lastOpen;
    const open = this.#open.get(runner) ?? this.#firstSeen(runner, event);
    this.#lastRunner = runner;
    this.#lastOpen = open;
    return open;
  }

  #firstSeen(runner: SetRunner, event: SetEvent): Open {
    const { instance } = runner;
    const trips = new TripRecorder(instance, (fill, paise) => this.#charges.split(fill, this.#instrumentOf(runner, fill), instance, paise));
    const open = { signals: new SignalRecorder(this.signals), trips, untold: event.kind === 'setStarted' ? null : [] };
    this.#open.set(runner, open);
    return open;
  }

  /** As the set knows it, which has it at hand; what it has left for something else by now is looked up. */
  #instrumentOf({ slot }: SetRunner, fill: Fill): Instrument {
    if (slot !== null && slot.instrument !== null && slot.key === fill.instrument) return slot.instrument;
    return this.#lookedUp(fill);
  }

  #lookedUp({ instrument, time }: Fill): Instrument {
    return this.#rules.instrument(instrument, tradingDate(time));
  }

  #closed({ instance }: SetRunner, open: Open, event: Extract<SetEvent, { kind: 'setClosed' }>): void {
    const trip = open.trips.closed(event, open.signals.entry);
    const place = this.roundTrips.length;
    if (open.untold !== null) this.#untold.push({ instance, place, inReport: trip !== null, events: open.untold });
    if (trip !== null) this.roundTrips.push(trip);
    open.signals.closed();
    open.untold = null;
  }

  /** Round trips have ended that began before this run: they are complete when somebody tells of it, see {@link recall}. */
  get needsPast(): boolean {
    return this.#untold.length > 0;
  }

  /** @param past what was journalled before this run. */
  recall(past: Iterable<JournalRecord>): void {
    this.roundTrips = withUntold(this.roundTrips, this.#untold.splice(0), {
      past,
      kindsOf: (instance) => (fill, paise) => this.#charges.split(fill, this.#lookedUp(fill), instance, paise),
    }).slice();
  }
}

/** Open, two extremes, close. */
const POINTS_OF_A_CANDLE = 4;
