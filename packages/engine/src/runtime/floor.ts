import type { RunConfig } from '../config/run-config.js';
import type { Journal, JournalRecord } from '../journal/journal.js';
import type { RuleBook } from '../market/rule-book.js';
import { isSettled } from '../orders/order-life.js';
import { InvariantError } from '../primitives/assert.js';
import type { AccountId, InstanceId } from '../primitives/ids.js';
import type { Paise } from '../primitives/money.js';
import type { EpochMs, TradingDate } from '../primitives/time.js';
import type { AccountInput } from '../risk/account-decider.js';
import type { AccountEvent, Finding } from '../risk/account-event.js';
import { isStricter } from '../risk/trading-switch.js';
import type { SetEvent } from '../sets/set-event.js';
import type { SetInput } from '../sets/set-input.js';
import type { SetState } from '../sets/set-state.js';
import { alertOfAccount, alertOfSystem } from './account-alerts.js';
import { AccountBroker } from './account-broker.js';
import { AccountDesk } from './account-desk.js';
import { carryOutForAccount } from './account-effects.js';
import type { Alert } from './alert.js';
import type { Board } from './board.js';
import { BrokerLines, type VenueSource } from './broker-lines.js';
import { ChargeBook } from './charge-book.js';
import { createRunners } from './create-runners.js';
import { DayNotes } from './day-notes.js';
import { DayTimers } from './day-timers.js';
import type { FloorAccount } from './floor-account.js';
import { GateKeeper } from './gate-keeper.js';
import { LegChooser } from './leg-chooser.js';
import { LineWatch } from './line-watch.js';
import { Mailbox } from './mailbox.js';
import { OrderDesk } from './order-desk.js';
import { OrderPricer } from './order-pricer.js';
import { PriceModels } from './price-models.js';
import { Reconciler } from './reconciler.js';
import type { RunClock } from './run-clock.js';
import type { RunObserver } from './run-observer.js';
import { alertOfSet } from './set-alerts.js';
import { SetDesk } from './set-desk.js';
import type { SetRunner } from './set-runner.js';
import { SystemDesk } from './system-desk.js';

/** What a floor is made of. */
export interface FloorParts {
  readonly config: RunConfig;
  readonly rules: RuleBook;
  readonly journal: Journal;
  readonly observer: RunObserver;
  readonly clock: RunClock;
  readonly board: Board;
  readonly venue: VenueSource;
  /** What client order ids begin with; empty where every run has an exchange of its own. */
  readonly runId: string;
  /** Of the journal's records so far; 0 for a new one. */
  readonly lastSequence: number;
  /** Told of each decision before it is kept. */
  readonly onRecord: (record: JournalRecord) => void;
}

/**
 * Where money is handled: the sets, the accounts, their desks and the one mailbox. It knows no feed and no chart; prices stand on the board, and
 * whoever owns it sets the clock, lets what is due happen, and drains the mailbox.
 */
export class Floor {
  readonly mailbox: Mailbox;
  readonly accounts: readonly FloorAccount[];
  readonly runners: readonly SetRunner[];
  readonly timers: DayTimers;
  readonly system: SystemDesk;
  readonly charges: ChargeBook;
  readonly lines: BrokerLines;
  /** What is remembered of sets that the configuration has no more; they hold nothing. */
  readonly gone = new Map<InstanceId, SetState>();
  readonly #parts: FloorParts;
  readonly #legs: LegChooser;
  readonly #places: ReadonlyMap<AccountId, FloorAccount>;

  constructor(parts: FloorParts) {
    this.#parts = parts;
    const { config, rules, clock, board, journal, venue } = parts;
    this.mailbox = new Mailbox(journal, { lastSequence: parts.lastSequence, onRecord: parts.onRecord });
    this.charges = new ChargeBook(config);
    this.system = new SystemDesk(config.risk.tradingSwitch, (events) => {
      for (const event of events) {
        parts.observer.systemEvent(event);
        this.#alert(alertOfSystem(event));
      }
      for (const { orders } of this.accounts) orders.switched(this.system.tradingSwitch);
    });
    const pricer = new OrderPricer({ clock, board, rules, bandOf: (key) => venue.bandOf(key) });
    const keeper = new GateKeeper({
      clock,
      board,
      rules,
      pricer,
      bandOf: (key) => venue.bandOf(key),
      maxQuoteAgeMs: config.risk.maxQuoteAgeMs,
      tradingSwitch: () => this.system.tradingSwitch,
    });
    this.#legs = new LegChooser(rules, board, new PriceModels(config, rules, board));
    const sets = new SetDesk({
      clock,
      board,
      rules,
      charges: this.charges,
      legs: this.#legs,
      post: this.post,
      placeOf: this.placeOf,
      observe: this.#setEvent,
      onReduced: (runner) => this.timers.lookAgain(runner, clock.now, this.post),
    });
    const accounts = config.accounts.map((account) => this.#openAccount(account, { pricer, keeper }));
    this.accounts = accounts;
    this.#places = new Map(accounts.map((place) => [place.account.name, place]));
    this.runners = createRunners(config, new Map(accounts.map(({ account }) => [account.name, account])), {
      runId: parts.runId,
      board,
      clock,
      post: this.post,
      chargesOf: sets.chargesOf,
      carryOut: sets.carryOut,
    });
    this.timers = new DayTimers(this.runners, rules.calendar);
    this.lines = new BrokerLines({ config, venue, placeOf: this.placeOf });
  }

  /** What client order ids begin with. */
  get runId(): string {
    return this.#parts.runId;
  }

  /** A configuration that lets the engine do less than the switch it left behind is meant; one that lets it do more waits for a person. */
  restrictSwitch(at: EpochMs): void {
    const to = this.#parts.config.risk.tradingSwitch;
    if (isStricter(to, this.system.tradingSwitch)) this.mailbox.post(this.system, { kind: 'setSwitch', to, by: 'config', at });
  }

  /** Whether orders of an account go to a broker of the world. */
  get isReal(): boolean {
    return this.accounts.some(({ broker }) => !broker.isSimulated);
  }

  /** An account with everything that works for it; every set has one. */
  readonly placeOf = (account: AccountId): FloorAccount => {
    const place = this.#places.get(account);
    if (place === undefined) throw new InvariantError(`There is no account ${account}.`);
    return place;
  };

  readonly post = (runner: SetRunner, input: SetInput): void => this.mailbox.post(runner, input);

  /** When something is due on the floor. */
  get nextTime(): EpochMs {
    let next = this.timers.next;
    for (let i = 0; i < this.accounts.length; i += 1) {
      const { orders, reconciler, line } = this.accounts[i] as FloorAccount;
      if (orders.nextTime < next) next = orders.nextTime;
      if (reconciler.nextTime < next) next = reconciler.nextTime;
      if (line.nextTime < next) next = line.nextTime;
    }
    return next;
  }

  /** Lets everything happen that is due on the floor at this moment. */
  happen(now: EpochMs): void {
    if (this.timers.next <= now) this.timers.fire(now, this.post);
    for (const { orders, reconciler, line } of this.accounts) {
      if (line.nextTime <= now) line.look(now);
      if (orders.nextTime <= now) orders.pump();
      if (reconciler.nextTime <= now) reconciler.compare();
    }
  }

  /** Puts a set's state in place that was folded from a journal: it holds what it held, or may hold yet, and waits for what it waited for. */
  restore(runner: SetRunner, state: SetState): void {
    runner.state = state;
    if (state.leg !== null && (state.holding.quantity !== 0 || !state.orders.every(isSettled))) {
      runner.take(this.#legs.follow(state.leg.instrument, runner.instance.underlying, this.#parts.clock.now));
    }
    runner.renewWatch();
  }

  /**
   * A new date begins: today's times are set.
   *
   * @param options.countsFrom from when accounts count what is won and lost on it; `null`: it is history.
   */
  beginDay(date: TradingDate, { countsFrom }: { readonly countsFrom: EpochMs | null }): void {
    this.timers.plan(date);
    if (countsFrom === null) return;
    const at = Math.max(countsFrom, this.#parts.clock.now);
    for (const { account, reconciler } of this.accounts) {
      reconciler.beginDay();
      this.postAccount(account, { kind: 'dayBegan', date, equityPaise: account.equityPaise(at), at });
    }
  }

  /** A date is over: what its contract notes ask for is booked, and those of a date before it that nobody has ended. */
  endDay(date: TradingDate): void {
    const at = this.#parts.clock.now;
    for (const { account, notes } of this.accounts) {
      for (const note of notes.adjustmentsUpTo(date)) this.postAccount(account, { kind: 'noteMade', ...note, at });
    }
  }

  /** A deal belongs to its day's contract note, now or when it was journalled. */
  noteDeal({ instance }: SetRunner, { fill, chargesPaise }: Extract<SetEvent, { kind: 'legFilled' }>): void {
    if (this.#parts.config.contractNotes) this.placeOf(instance.account).notes.add(fill, instance.config.product, chargesPaise);
  }

  /** Something is as bad as its limit allows, for everybody. */
  readonly found = (finding: Finding): void => {
    for (const { account } of this.accounts) account.found(finding);
  };

  /** Why a set's account enters nothing at present; `null` where it does. */
  readonly barredBy = ({ instance }: SetRunner): { readonly code: string; readonly reason: string } | null => {
    const { halted } = this.placeOf(instance.account).account.money;
    return halted === null ? null : { code: halted.code, reason: `The account is stopped: ${halted.reason}` };
  };

  postAccount(account: AccountDesk, input: AccountInput): void {
    this.mailbox.post(account, input);
  }

  /** Capital, cash and open positions of all accounts. */
  equityPaise(at: EpochMs): Paise {
    return this.accounts.reduce((sum, { account }) => sum + account.equityPaise(at), 0);
  }

  #openAccount(
    config: RunConfig['accounts'][number],
    { pricer, keeper }: { readonly pricer: OrderPricer; readonly keeper: GateKeeper },
  ): FloorAccount {
    const { clock, rules, config: run } = this.#parts;
    const account = new AccountDesk(config, {
      clock,
      rearm: run.risk.rearm,
      post: (desk, input) => this.postAccount(desk, input),
      carryOut: this.#accountEvents,
    });
    const { mailbox } = this;
    const broker = new AccountBroker(account.name, { clock, mailbox });
    const orders: OrderDesk = new OrderDesk(account, {
      clock,
      rules,
      pricer,
      keeper,
      post: this.post,
      mailbox,
      broker,
      unexplained: () => reconciler.soon(),
    });
    const reconciler = new Reconciler({ account, orders, broker, clock, post: this.post, everyMs: run.risk.reconcileEveryMs });
    const line = new LineWatch({
      lostForMs: run.risk.brokerLostMs,
      changed: (state, at) => this.postAccount(account, { kind: 'lineChanged', line: state, at }),
      found: (finding) => account.found(finding),
    });
    return { account, broker, orders, reconciler, line, notes: new DayNotes(config, run, rules) };
  }

  readonly #setEvent = (runner: SetRunner, event: SetEvent): void => {
    this.#parts.observer.event(runner, event);
    const alert = alertOfSet(runner, event);
    if (alert !== null) this.#alert(alert);
    if (event.kind === 'legFilled') this.noteDeal(runner, event);
  };

  /** What follows from an account's events. */
  readonly #accountEvents = (account: AccountDesk, events: readonly AccountEvent[]): void => {
    const { observer, clock, board } = this.#parts;
    const { reconciler } = this.placeOf(account.name);
    for (const event of events) {
      observer.accountEvent(account, event);
      const alert = alertOfAccount(account.name, event);
      if (alert !== null) this.#alert(alert);
    }
    for (const event of events) carryOutForAccount(account, event, { clock, board, post: this.post, reconciler });
  };

  #alert(alert: Alert): void {
    this.#parts.observer.alert(alert);
  }
}
