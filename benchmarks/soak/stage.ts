import { FAULT_KINDS, type FaultKind } from '../../packages/engine/src/config/run-config.js';
import type { JournalRecord } from '../../packages/engine/src/journal/journal.js';
import type { BookOrder } from '../../packages/engine/src/orders/book.js';
import { isSettled } from '../../packages/engine/src/orders/order-life.js';
import type { Broker } from '../../packages/engine/src/plugins/broker.js';
import { atIst, type EpochMs, SECOND_MS } from '../../packages/engine/src/primitives/time.js';
import { BoardMarket } from '../../packages/engine/src/runtime/board-market.js';
import { Floor } from '../../packages/engine/src/runtime/floor.js';
import { recall, resume, snapshotOf } from '../../packages/engine/src/runtime/recovery.js';
import type { RunClock } from '../../packages/engine/src/runtime/run-clock.js';
import type { SetRunner } from '../../packages/engine/src/runtime/set-runner.js';
import { type ExchangeLine, SimulatedExchange } from '../../packages/engine/src/simulation/simulated-exchange.js';
import { type Ambush, ambushOf, sprung } from './ambush.js';
import type { Coverage } from './coverage.js';
import { commanded } from './person.js';
import { Prices } from './prices.js';
import type { Schedule, Step } from './schedule.js';
import { STEP_KINDS } from './schedule.js';
import { Witness } from './witness.js';
import { configOf, FAULTS_END, WORLDS, type World } from './world.js';

/** The process dies here. */
class Death extends Error {}

/** Where it is going to die: at a record, before or after it is kept; or at an order, before or after it is sent. */
interface Doom {
  readonly at: 'record' | 'order';
  left: number;
  readonly done: boolean;
}

/** So often is a question asked again that a fault may keep from being answered. */
const ATTEMPTS = 60;

/** Paise, enough for whatever a schedule can hold. */
const PAID_IN = 10_00_00_000_00;

/** So far does a price come back in a round, when everything calms down. */
const RETURN_TICKS = 100;

/** More rounds of one moment than anything needs that ends at all. */
const ROUNDS_MAX = 10_000;

/** Whether a set holds something, or is about to. */
const isIn = ({ state: { phase } }: SetRunner): boolean => phase === 'open' || phase === 'entering' || phase === 'exiting';

/** An engine and an exchange beside each other: the one can die and be built again from its journal, the other goes on and remembers. */
export class Stage {
  readonly clock: RunClock;
  readonly world: World;
  readonly witness: Witness;
  readonly exchange: SimulatedExchange;
  readonly lines: ReadonlyMap<string, ExchangeLine>;
  /** The journal. */
  readonly records: JournalRecord[] = [];
  floor: Floor;
  readonly #schedule: Schedule;
  readonly #coverage: Coverage;
  readonly #prices: Prices;
  #snapshot: string | null = null;
  #restarts = 0;
  #doom: Doom | null = null;
  /** Faults that wait for an order in a state. */
  readonly #ambushes: Ambush[] = [];
  #isDead = false;
  #isProbing = false;
  #isSpringing = false;
  /** Nobody listens to the exchange while the engine is dead. */
  #isListening = true;

  constructor(schedule: Schedule, coverage: Coverage) {
    this.#schedule = schedule;
    this.#coverage = coverage;
    const { words } = schedule;
    this.world = WORLDS[words.world] as World;
    const { rules, start, date, quotes } = this.world;
    this.clock = { now: start };
    this.#prices = new Prices(quotes, this.clock);
    const market = new BoardMarket({ clock: this.clock, board: this.#prices.theirs, rules });
    this.exchange = new SimulatedExchange(
      { ...words.simulation, faultObserver: { fault: (kind, orderId) => this.#fault(kind, orderId) } },
      market,
    );
    market.serve(this.exchange);
    this.witness = new Witness((account, instrument) => this.holdingOf(account, instrument));
    this.lines = new Map(
      configOf(words).accounts.map(({ id, capitalPaise }) => [
        id,
        this.exchange.connect({ id, capitalPaise, broker: 'paper' }, this.#listeners(id)),
      ]),
    );
    for (const index of quotes.keys()) this.#prices.show(index);
    this.exchange.beginDay(date);
    this.floor = this.#build(0);
    this.#guarded(() => {
      this.floor.beginDay(date, { countsFrom: start });
      for (const runner of this.floor.runners) this.floor.post(runner, { kind: 'start', by: 'config', at: start });
    });
  }

  /** Plays the schedule to its end. @throws Violation when something is not as it always has to be. */
  play(): void {
    for (const step of this.#schedule.steps) this.#act(step);
    this.#calm();
    this.witness.conclude(this);
  }

  /** Lets one input happen. */
  #act([kind, first, second]: Step): void {
    switch (STEP_KINDS[kind]) {
      case 'tick':
        this.#advance(this.clock.now + 1 + (second % 900));
        this.#move(first % this.world.quotes.length, (second % 41) - 20);
        break;
      case 'wait':
        this.#advance(this.clock.now + (second % 4_000));
        break;
      case 'signal':
        this.#signal(this.#runner(first), second);
        break;
      case 'fault':
        this.#inject(FAULT_KINDS[first % FAULT_KINDS.length] as FaultKind, second);
        break;
      case 'ambush':
        this.#ambushes.push(ambushOf(first, second));
        break;
      case 'crash':
        this.#doomed(first, second);
        break;
      case 'command':
        this.#command(first, second);
        break;
      default:
        this.#guarded(() => {
          const runner = this.#runner(first);
          this.floor.post(runner, { kind: 'squareOffDue', price: runner.price, tradingDaysToExpiry: null, at: this.clock.now });
        });
    }
  }

  /** The faults end, a person looks after what has been stopped, and everything has time to come to its end. */
  #calm(): void {
    this.#doom = null;
    this.#ambushes.length = 0;
    this.#advance(Math.max(this.clock.now, atIst(this.world.date, FAULTS_END)) + 40 * SECOND_MS);
    this.#guarded(() => this.floor.mailbox.post(this.floor.system, { kind: 'setSwitch', to: 'active', by: 'person', at: this.clock.now }));
    for (let round = 0; round < 80 && (round < 2 || !this.#isQuiet()); round += 1) {
      this.#guarded(() => {
        for (const runner of this.floor.runners) {
          if (isIn(runner)) {
            this.floor.post(runner, { kind: 'exitNow', by: 'byHand', price: runner.price, at: this.clock.now });
          }
        }
        for (const { reconciler } of this.floor.accounts) reconciler.soon();
      });
      if (round > 4) this.#settleDifferences();
      this.#advance(this.clock.now + 12 * SECOND_MS);
      for (const index of this.world.quotes.keys()) this.#comeBack(index);
    }
  }

  /** Everybody holds nothing and waits for nothing, and the brokers agree. */
  #isQuiet(): boolean {
    return (
      this.floor.runners.every((runner) => !isIn(runner) && runner.state.orders.every(isSettled)) &&
      this.floor.accounts.every(({ account }) => account.reconciled && account.disputed.length === 0)
    );
  }

  /**
   * What differs is none of ours, says a person, and pays in what it takes to hold that beside ours: a broker counts both together, and where they
   * cancel out, leaving ours opens the other.
   */
  #settleDifferences(): void {
    for (const { account } of this.floor.accounts) {
      for (const instrument of account.disputed) {
        const found = this.holdingOf(account.name, instrument);
        if (found === null) continue;
        const quantity = found - account.quantityOf(instrument);
        this.exchange.takeOver(account.name, [], PAID_IN);
        this.#guarded(() => this.floor.postAccount(account, { kind: 'ignore', by: 'person', instrument, quantity, at: this.clock.now }));
      }
    }
  }

  #signal(runner: SetRunner, second: number): void {
    const direction = second % 2 === 0 ? 'bullish' : 'bearish';
    const kind = second % 9 === 0 ? 'exit' : 'enter';
    const { now: at } = this.clock;
    this.#guarded(() =>
      this.floor.post(runner, {
        kind: 'signal',
        signal: { kind, direction, at, reason: 'drawn', values: {} },
        squareOffAt: null,
        barred: this.floor.barredBy(runner),
        at,
      }),
    );
  }

  /** A person commands something; now and then a snapshot is kept instead. */
  #command(first: number, second: number): void {
    const { now: at } = this.clock;
    const runner = this.#runner(second);
    this.#guarded(() => {
      if (!commanded(this.floor, runner, [first, second], at)) this.#snapshot = JSON.stringify(snapshotOf(this.floor, at));
    });
  }

  /** A fault strikes one of the orders that are not over, or an account that has none. */
  #inject(kind: FaultKind, second: number): void {
    const orders = this.floor.runners.flatMap(({ state }) =>
      state.orders.filter((order) => !isSettled(order) && order.status !== 'requested'),
    );
    const order = orders[second % Math.max(1, orders.length)];
    const target = order === undefined ? { account: second % 2 === 0 ? 'a' : 'b' } : { orderId: order.request.orderId };
    this.#guarded(() => this.exchange.inject(kind, target));
  }

  /** Faults that wait for an order in some state strike the first that has come into it and can be struck. */
  #spring(): void {
    this.#isSpringing = true;
    for (const ambush of [...this.#ambushes]) {
      const orders = this.floor.runners.flatMap(({ state }) => state.orders.filter(({ status }) => status === ambush.status));
      if (orders.length === 0) continue;
      this.#guarded(() => {
        if (sprung(ambush, orders, this.exchange)) this.#ambushes.splice(this.#ambushes.indexOf(ambush), 1);
      });
    }
    this.#isSpringing = false;
  }

  /** The process dies now, or at one of the next records or orders. */
  #doomed(first: number, second: number): void {
    if (first % 3 === 0) {
      this.#isDead = true;
      this.#guarded(() => undefined);
      return;
    }
    this.#doom = { at: first % 3 === 1 ? 'record' : 'order', left: 1 + (second % 5), done: second % 2 === 0 };
  }

  #runner(place: number): SetRunner {
    return this.floor.runners[place % this.floor.runners.length] as SetRunner;
  }

  /** The price of an instrument moves by so many ticks, for the exchange and for the engine. */
  #move(index: number, by: number): void {
    this.#prices.shift(index, by);
    this.#guarded(() => this.#prices.show(index));
  }

  /** A price returns to the middle of its band, so that nothing is kept from being filled. */
  #comeBack(index: number): void {
    const { key, tickSize, ticks } = this.world.quotes[index] as World['quotes'][number];
    const band = this.exchange.bandOf(key);
    const home = band === null ? ticks : Math.round((band.low + band.high) / 2 / tickSize);
    this.#move(index, Math.max(-RETURN_TICKS, Math.min(RETURN_TICKS, home - this.#prices.ticksOf(index))));
  }

  /** Time goes on, and what is due in between happens in the order of its time. */
  #advance(until: EpochMs): void {
    for (let round = 0; ; round += 1) {
      const next = Math.min(this.floor.nextTime, this.exchange.nextTime);
      if (next > until) break;
      this.witness.demand(round < ROUNDS_MAX, 'time goes on');
      if (next > this.clock.now) this.clock.now = next;
      this.#guarded(() => {
        if (this.floor.nextTime <= this.clock.now) this.floor.happen(this.clock.now);
        else this.exchange.happen(this.clock.now);
      });
    }
    this.clock.now = Math.max(this.clock.now, until);
  }

  /** Lets something happen and everything that follows from it; where the process dies of it, another one takes its place. */
  #guarded(act: () => void): void {
    try {
      act();
      this.#drain();
    } catch (error) {
      if (!(error instanceof Death)) throw error;
      this.#isDead = true;
    }
    if (this.#isDead) this.#restart();
    this.witness.look(this);
    if (this.#ambushes.length > 0 && !this.#isSpringing) this.#spring();
  }

  #drain(): void {
    const waiting = this.floor.mailbox.drain();
    this.witness.demand(waiting === undefined, 'nothing has to be waited for here');
  }

  /** A new engine over the old journal, after a while in which the exchange went on and nobody listened. */
  #restart(): void {
    this.#isListening = false;
    const back = this.clock.now + 300;
    while (this.exchange.nextTime <= back) {
      this.clock.now = Math.max(this.clock.now, this.exchange.nextTime);
      this.exchange.happen(this.clock.now);
    }
    this.clock.now = back;
    this.#isDead = false;
    this.#doom = null;
    this.#isListening = true;
    this.#coverage.restarted(this.floor);
    this.#prices.renewOurs();
    // A journal is read back from text.
    const records = JSON.parse(JSON.stringify(this.records)) as readonly JournalRecord[];
    this.#restarts += 1;
    this.floor = this.#build(records.length);
    const snapshot = this.#snapshot === null ? null : (JSON.parse(this.#snapshot) as ReturnType<typeof snapshotOf>);
    const remembered = recall(this.floor, records.slice(snapshot?.sequence ?? 0), snapshot);
    this.#guarded(() => {
      this.floor.beginDay(this.world.date, { countsFrom: this.world.start });
      resume(this.floor, remembered, this.clock.now);
      for (const runner of this.floor.runners) {
        if (!remembered.sets.has(runner.id)) this.floor.post(runner, { kind: 'start', by: 'config', at: this.clock.now });
      }
    });
  }

  #build(lastSequence: number): Floor {
    const config = configOf(this.#schedule.words);
    const floor = new Floor({
      // Whoever starts it again may have put its sets into another order.
      config: { ...config, sets: this.#restarts % 2 === 0 ? config.sets : config.sets.toReversed() },
      rules: this.world.rules,
      journal: { append: (record) => this.#append(record), hash: () => '', close: () => undefined },
      observer: this.witness,
      clock: this.clock,
      board: this.#prices.ours,
      venue: { connect: (account) => this.#line(account.id), bandOf: (instrument) => this.exchange.bandOf(instrument) },
      runId: '',
      lastSequence,
      onRecord: () => undefined,
    });
    for (const place of floor.accounts) place.broker.connect(this.#broker(place.account.name), true);
    return floor;
  }

  #append(record: JournalRecord): void {
    if (this.#isDead) throw new Death();
    const dies = this.#doom !== null && this.#doom.at === 'record' && --this.#doom.left === 0;
    if (!dies || this.#doom?.done === true) {
      this.records.push(record);
      this.witness.keeps(record);
    }
    if (dies) throw new Death();
  }

  #broker(id: string): Broker {
    const line = this.#line(id);
    return {
      submit: (order) => {
        const dies = this.#doom !== null && this.#doom.at === 'order' && --this.#doom.left === 0;
        if (this.#isDead || (dies && this.#doom?.done === false)) {
          this.#isDead = true;
          return null;
        }
        this.witness.submits(order, this);
        const answer = line.submit(order);
        this.#isDead = dies;
        return dies ? null : answer;
      },
      modify: (change) => {
        if (this.#isDead) return null;
        this.witness.modifies(change, this);
        return line.modify(change);
      },
      cancel: (orderId) => (this.#isDead ? null : line.cancel(orderId)),
      orders: () => line.orders(),
      positions: () => line.positions(),
      close: () => undefined,
    };
  }

  #line(id: string): ExchangeLine {
    return this.lines.get(id) as ExchangeLine;
  }

  /** What the exchange tells reaches whatever engine is there. */
  #listeners(id: string): Parameters<SimulatedExchange['connect']>[1] {
    const told = () => {
      const place = this.floor.accounts.find(({ account }) => account.name === id);
      return this.#isListening && !this.#isDead && place !== undefined ? this.floor.lines.listenersOf(place) : null;
    };
    return {
      onNews: (news) => {
        const floor = told();
        if (floor === null) return;
        this.#coverage.told(news.orderId, this.floor);
        floor.onNews(news);
      },
      onOutsideFill: (fill) => told()?.onOutsideFill(fill),
      onLine: (line, at) => told()?.onLine(line, at),
    };
  }

  /** What an account has of an instrument at the exchange; `null` while its line is down. */
  holdingOf(account: string, instrument: string): number | null {
    const answer = this.#asked(() => this.#line(account).positions());
    return answer?.positions.reduce((sum, position) => sum + (position.instrument === instrument ? position.quantity : 0), 0) ?? null;
  }

  /** The day's book of an account, at the end, when every line is up. */
  bookOf(account: string): readonly BookOrder[] {
    const answer = this.#asked(() => this.#line(account).orders());
    this.witness.demand(answer !== null, 'the exchange answers in the end');
    return answer.orders;
  }

  /** Asks behind the engine's back: faults that keep an answer from coming do not count, and it is asked again. */
  #asked<Answer>(ask: () => Answer | null): Answer | null {
    this.#isProbing = true;
    let answer: Answer | null = null;
    for (let attempt = 0; attempt < ATTEMPTS && answer === null; attempt += 1) answer = ask();
    this.#isProbing = false;
    return answer;
  }

  #fault(kind: FaultKind, orderId: string | null): void {
    if (this.#isProbing) return;
    this.witness.fault(kind);
    this.#coverage.struck(kind, orderId, this.floor);
  }
}
