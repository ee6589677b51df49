import type { RoundTrip } from '../portfolio/round-trip.js';
import type { Paise } from '../primitives/money.js';
import { type EpochMs, type TradingDate, tradingDate } from '../primitives/time.js';
import type { RunObserver } from '../runtime/run-observer.js';
import type { SetRunner } from '../runtime/set-runner.js';
import type { SetEvent } from '../sets/set-event.js';
import type { OpenPosition } from '../sets/set-state.js';
import type { ReportedLeg, ReportedRoundTrip, ReportedSignal } from './report.js';
import { TrailingCheck } from './trailing-check.js';

/** What is known of a set instance between two of its events. */
interface Open {
  signals: Mutable<ReportedSignal>[];
  /** The signal that the present exit turns on; it has become an entry in the other direction when the next position opens. */
  position: OpenPosition | null;
  exitPaise: Paise;
  exitQuantity: number;
  tradedPaise: Paise;
}

type Mutable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

/** A signal has not been decided on yet. */
const PENDING = 'pending';

/** Writes down what a run did, from its events: every signal with what became of it, every round trip, the equity of each day. */
export class ReportRecorder implements RunObserver {
  readonly signals: ReportedSignal[] = [];
  readonly roundTrips: ReportedRoundTrip[] = [];
  /** The same round trips as the statistics want them. */
  readonly trips: RoundTrip[] = [];
  readonly equity: { readonly date: TradingDate; readonly equityPaise: Paise }[] = [];
  readonly warnings = new Map<string, string>();
  candles = 0;
  ticks = 0;
  readonly #trailing = new TrailingCheck();
  readonly #open = new Map<SetRunner, Open>();
  readonly #countFrom: EpochMs;
  readonly #straight: boolean;
  readonly #onDay: (date: TradingDate, candles: number) => void;

  /** @param options.countFrom candles and ticks before this are history, and not counted. */
  constructor({
    countFrom,
    path,
    onDay = () => undefined,
  }: {
    readonly countFrom: EpochMs;
    readonly path: 'straight' | 'pessimistic';
    readonly onDay?: (date: TradingDate, candles: number) => void;
  }) {
    this.#countFrom = countFrom;
    this.#straight = path === 'straight';
    this.#onDay = onDay;
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

  ended(_at: EpochMs, { dropped: { late, outside }, notes }: Parameters<RunObserver['ended']>[1]): void {
    for (const { instance, message } of this.#trailing.warnings()) this.warnings.set(`backtest/trailing-too-close ${instance}`, message);
    for (const { code, subject, message } of notes) this.warnings.set(`${code} ${subject}`, message);
    if (late > 0) this.warnings.set('data/late-prints', `${late} prints came for candles that were closed already; they were dropped.`);
    if (outside > 0) this.warnings.set('data/outside-session', `${outside} prints lay outside of trading hours; they were dropped.`);
  }

  event(runner: SetRunner, event: SetEvent): void {
    const open = this.#openOf(runner);
    switch (event.kind) {
      case 'signalSeen':
        this.#signalSeen(runner, open, event);
        return;
      case 'entryRefused':
        settle(open, event.signalAt, event.code);
        this.#noteRefusal(runner, event);
        return;
      case 'exitTriggered':
        if (event.rule === 'oppositeSignal' || event.rule === 'strategyExit') {
          const last = open.signals.at(-1);
          if (last !== undefined && event.reverse === null) settle(open, last.time, 'exited');
        }
        return;
      case 'setOpened':
        open.position = event.position;
        open.exitPaise = 0;
        open.exitQuantity = 0;
        this.#noteTrailing(runner, event.position.entryPrice);
        for (const { time } of open.signals.slice()) settle(open, time, 'entered');
        return;
      case 'legFilled':
        this.#filled(open, event);
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

  /** What nobody knows for the dates of a run looks like a quiet strategy, unless it is said; so does an account that has lost what it may. */
  #noteRefusal({ instance }: SetRunner, { by, code, reason, at }: Extract<SetEvent, { kind: 'entryRefused' }>): void {
    if (by === 'legs') this.warnings.set(`${code} ${instance.id}`, `${instance.id} could not choose its leg: ${reason}`);
    const stopped = `account/drawdown ${instance.account}`;
    if (code !== 'account/drawdown' || this.warnings.has(stopped)) return;
    this.warnings.set(
      stopped,
      `From ${tradingDate(at)} on the account ${instance.account} refuses entries while its drawdown lasts: ${reason}`,
    );
  }

  #noteTrailing({ instance }: SetRunner, entryPrice: number): void {
    const { trailing } = instance.config.exits;
    if (trailing !== null && this.#straight) this.#trailing.opened(instance.id, trailing, entryPrice);
  }

  #openOf(runner: SetRunner): Open {
    let open = this.#open.get(runner);
    if (open === undefined) {
      open = { signals: [], position: null, exitPaise: 0, exitQuantity: 0, tradedPaise: 0 };
      this.#open.set(runner, open);
    }
    return open;
  }

  #signalSeen(runner: SetRunner, open: Open, { signal }: Extract<SetEvent, { kind: 'signalSeen' }>): void {
    const { config, account, underlying } = runner.instance;
    const { at: time, kind, direction, reason, values } = signal;
    const reported: Mutable<ReportedSignal> = {
      set: config.id,
      account,
      underlying,
      time,
      kind,
      direction,
      reason,
      values,
      outcome: PENDING,
    };
    this.signals.push(reported);
    open.signals.push(reported);
  }

  #filled(open: Open, { purpose, fill }: Extract<SetEvent, { kind: 'legFilled' }>): void {
    const paise = Math.round(fill.price * 100) * fill.quantity;
    open.tradedPaise += paise;
    if (purpose === 'entry') return;
    open.exitPaise += paise;
    open.exitQuantity += fill.quantity;
  }

  #closed(runner: SetRunner, open: Open, { rule, grossPaise, chargesPaise, at }: Extract<SetEvent, { kind: 'setClosed' }>): void {
    const { position } = open;
    if (position === null) return;
    const { config, account, underlying } = runner.instance;
    const leg: ReportedLeg = {
      instrument: position.instrument,
      side: position.side,
      quantity: position.entryQuantity,
      entryTime: position.entryTime,
      entryPrice: position.entryPrice,
      exitTime: at,
      exitPrice: open.exitPaise / (open.exitQuantity * 100),
      premium: position.premium,
    };
    const netPaise = grossPaise - chargesPaise;
    const money = { grossPaise, chargesPaise, netPaise };
    this.roundTrips.push({ set: config.id, strategy: config.strategy.use, account, underlying, legs: [leg], exitReason: rule, ...money });
    const { tradedPaise } = open;
    this.trips.push({
      set: config.id,
      strategy: config.strategy.use,
      account,
      underlying,
      entryTime: leg.entryTime,
      exitTime: at,
      tradedPaise,
      ...money,
    });
    open.position = null;
    open.tradedPaise = 0;
  }
}

/** Open, two extremes, close. */
const POINTS_OF_A_CANDLE = 4;

/** Says what became of a signal. */
function settle(open: Open, signalAt: EpochMs, outcome: string): void {
  const place = open.signals.findIndex(({ time }) => time === signalAt);
  const signal = open.signals[place];
  if (signal === undefined) return;
  signal.outcome = outcome;
  open.signals.splice(place, 1);
}
