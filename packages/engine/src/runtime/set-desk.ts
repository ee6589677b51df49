import type { AccountConfig } from '../config/run-config.js';
import type { Journal } from '../journal/journal.js';
import type { RuleBook } from '../market/rule-book.js';
import { segmentOf } from '../market/segment-of.js';
import type { BrokerNews } from '../orders/broker-news.js';
import { isNews } from '../orders/order-life.js';
import type { OrderRequest } from '../orders/order-request.js';
import type { Answer, Broker } from '../plugins/broker.js';
import { InvariantError } from '../primitives/assert.js';
import type { ClientOrderId } from '../primitives/ids.js';
import type { Paise } from '../primitives/money.js';
import { tradingDate } from '../primitives/time.js';
import { gate } from '../risk/gate.js';
import type { SetEvent } from '../sets/set-event.js';
import type { SetInput } from '../sets/set-input.js';
import { orderUnderWay } from '../sets/set-state.js';
import type { AccountDesk } from './account-desk.js';
import type { Board } from './board.js';
import type { ChargeBook } from './charge-book.js';
import type { LegChooser } from './leg-chooser.js';
import { nextOpen } from './next-open.js';
import type { RunClock } from './run-clock.js';
import type { SetRunner } from './set-runner.js';

/** Who is told of every journalled event. */
export type Observer = (runner: SetRunner, event: SetEvent) => void;

/** What the desk works with. */
export interface SetDeskParts {
  readonly clock: RunClock;
  readonly board: Board;
  readonly rules: RuleBook;
  readonly journal: Journal;
  readonly legs: LegChooser;
  readonly charges: ChargeBook;
  readonly accounts: ReadonlyMap<string, AccountDesk>;
  readonly observe: Observer;
}

interface Mail {
  readonly runner: SetRunner;
  readonly input: SetInput;
}

/**
 * The one mailbox: every input of every set instance, one after the other, run to completion. A decision is journalled, then it is true, then
 * its effects are carried out. What brokers answer waits until the mailbox is empty, in the order in which they were asked, so that an answer
 * that comes at once and one that is waited for lead to the same decisions.
 */
export class SetDesk {
  readonly #parts: SetDeskParts;
  #mail: Mail[] = [];
  #next = 0;
  #sequence = 0;
  #answers: (Answer | Promise<Answer>)[] = [];
  readonly #brokers = new Map<string, Broker>();
  readonly #underWay = new Map<ClientOrderId, SetRunner>();

  constructor(parts: SetDeskParts) {
    this.#parts = parts;
  }

  connect(account: AccountConfig['id'], broker: Broker): void {
    this.#brokers.set(account, broker);
  }

  /** Whether there is anything to be done before time goes on. */
  get busy(): boolean {
    return this.#next < this.#mail.length || this.#answers.length > 0;
  }

  readonly post = (runner: SetRunner, input: SetInput): void => {
    this.#mail.push({ runner, input });
  };

  /** News of an order from a broker, whoever's it is. News of an order that nobody knows is not ours. */
  readonly news = (news: BrokerNews): void => {
    const runner = this.#underWay.get(news.orderId);
    if (runner === undefined) return;
    this.post(runner, { kind: 'news', news, chargesPaise: 0, squareOffAt: runner.leavesAt(expiryUnderWay(runner)), at: news.at });
  };

  /** Works until nothing is left; gives a promise where a journal or a broker must be waited for. */
  drain(): void | Promise<void> {
    for (;;) {
      while (this.#next < this.#mail.length) {
        const mail = this.#mail[this.#next] as Mail;
        this.#next += 1;
        const kept = this.#decide(mail);
        if (kept !== undefined) return kept.then(() => this.drain());
      }
      this.#mail = [];
      this.#next = 0;
      if (this.#answers.length === 0) return undefined;
      const answers = this.#answers;
      this.#answers = [];
      if (answers.some((answer) => answer instanceof Promise)) {
        return Promise.all(answers).then((all) => {
          for (const answer of all) this.news(answer);
          return this.drain();
        });
      }
      for (const answer of answers) this.news(answer as Answer);
    }
  }

  #decide({ runner, input: told }: Mail): Promise<void> | undefined {
    const input =
      told.kind === 'news' && told.news.kind === 'filled' ? { ...told, chargesPaise: this.#chargesOf(runner, told.news) } : told;
    const events = runner.decider.decide(runner.state, input);
    if (events.length === 0) return undefined;
    this.#sequence += 1;
    const kept = this.#parts.journal.append({ sequence: this.#sequence, at: input.at, instance: runner.instance.id, events });
    if (kept !== undefined) return kept.then(() => this.#carryOut(runner, events));
    this.#carryOut(runner, events);
    return undefined;
  }

  /** What a fill costs, after those before it. One that is told again, or of an order that is over, is no news and costs nothing. */
  #chargesOf(runner: SetRunner, news: Extract<BrokerNews, { kind: 'filled' }>): Paise {
    const order = orderUnderWay(runner.state);
    if (order === null || !isNews(order, news)) return 0;
    const { slot } = runner;
    if (slot?.instrument == null || slot.key !== news.fill.instrument) {
      throw new InvariantError(`A fill of ${news.fill.instrument} belongs to nobody.`);
    }
    return this.#parts.charges.of(news.fill, slot.instrument, runner.instance, order.filledPaise);
  }

  /** What was journalled becomes true, and what follows from it is done. */
  #carryOut(runner: SetRunner, events: readonly SetEvent[]): void {
    const account = this.#accountOf(runner);
    for (const event of events) {
      runner.state = runner.decider.evolve(runner.state, event);
      account.post(runner.instance.id, event);
      this.#parts.observe(runner, event);
      if (event.kind === 'legOrderRequested') this.#expectNews(runner, event.order.orderId);
    }
    if (runner.state.phase === 'waiting' || runner.state.phase === 'stopped') runner.leave();
    runner.renewWatch();
    for (const event of events) {
      if (event.kind === 'preparationStarted') this.#prepare(runner, event);
      else if (event.kind === 'legOrderRequested') this.#send(runner, event.order);
    }
  }

  /** A set has one order under way at a time: news of the one before is of no consequence any more. */
  #expectNews(runner: SetRunner, orderId: ClientOrderId): void {
    if (runner.orderId !== null) this.#underWay.delete(runner.orderId);
    runner.orderId = orderId;
    this.#underWay.set(orderId, runner);
  }

  #prepare(runner: SetRunner, { signal, at }: Extract<SetEvent, { kind: 'preparationStarted' }>): void {
    const [leg] = runner.instance.config.legs;
    if (leg === undefined) throw new InvariantError(`The set of ${runner.instance.id} has no leg.`);
    const choice = this.#parts.legs.choose(leg, signal.underlying ?? runner.instance.underlying, signal.direction, at);
    if ('code' in choice) {
      this.post(runner, { kind: 'noLegs', ...choice, at });
      return;
    }
    runner.take(choice.slot);
    const { availablePaise, capitalPaise } = this.#accountOf(runner).view(this.#parts.clock.now);
    this.post(runner, { kind: 'legs', leg: choice.leg, availablePaise, capitalPaise, at });
  }

  /** The gate's word first; then the broker's. */
  #send(runner: SetRunner, order: OrderRequest): void {
    const { clock, rules } = this.#parts;
    const { slot } = runner;
    if (slot === null) throw new InvariantError(`Nothing is known of ${order.instrument}, for which an order was asked.`);
    const date = tradingDate(clock.now);
    if (slot.instrument === null) slot.instrument = rules.instrument(order.instrument, date);
    const account = this.#accountOf(runner);
    const answer = gate.check(order, {
      tradingSwitch: 'active',
      byPerson: false,
      instrument: slot.instrument,
      date,
      sessionOpen:
        (account.alwaysOpen && order.purpose === 'exit') || rules.calendar.sessionAt(clock.now, segmentOf(order.instrument)) !== undefined,
      priceBand: null,
      ownResting: NOTHING_RESTS,
      quote: { price: slot.price(clock.now), ageMs: clock.now - (slot.underlying ?? slot).recordedAt },
      maxQuoteAgeMs: null,
      account: account.view(clock.now),
      limits: account.limits,
      sent: account.rate.count(clock.now),
      entry: runner.state.phase === 'entering' ? account.needs(runner, order, runner.state.leg, slot.instrument) : null,
    });
    if ('refused' in answer) {
      const { code, reason } = answer.refused;
      const retryAt = code === 'order/outside-trading-hours' ? nextOpen(rules.calendar, segmentOf(order.instrument), clock.now) : null;
      this.post(runner, { kind: 'refused', orderId: order.orderId, code, reason, retryAt, at: clock.now });
      return;
    }
    const broker = this.#brokers.get(runner.instance.account);
    if (broker === undefined) throw new InvariantError(`Account ${runner.instance.account} has no broker.`);
    account.sent(clock.now);
    this.#answers.push(broker.submit(answer.approved));
  }

  #accountOf(runner: SetRunner): AccountDesk {
    const account = this.#parts.accounts.get(runner.instance.account);
    if (account === undefined) throw new InvariantError(`There is no account ${runner.instance.account}.`);
    return account;
  }
}

const NOTHING_RESTS = { bid: null, ask: null } as const;

/** When what a set is entering, holding or leaving expires. */
function expiryUnderWay({ state }: SetRunner): string | null {
  if (state.phase === 'entering') return state.leg.expiry;
  return state.phase === 'open' || state.phase === 'exiting' ? state.position.expiry : null;
}
