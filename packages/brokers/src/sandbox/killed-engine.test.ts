import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { type JournalRecord, openFileJournal, type SetEvent, seededRandom } from '@sauda/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { compileProgram } from './compiled-program.test-kit.js';
import { Relay, type Relayed } from './relay.test-kit.js';
import { SandboxConnection } from './sandbox-connection.js';
import { ACCOUNT, CAPITAL, LAST_ABSENCE, type PROGRAMS, RUN_ID } from './short-day.test-kit.js';

type ProgramName = keyof typeof PROGRAMS;

const SECOND_MS = 1_000;
const folder = mkdtempSync(join(tmpdir(), 'sauda-killed-'));
const running = new Set<ChildProcess>();

beforeAll(async () => {
  await compileProgram(folder, 'short-day.test-kit');
  const program = (name: ProgramName, call: string): void =>
    writeFileSync(join(folder, `${name}.cjs`), `require('./program.cjs').PROGRAMS.${name}(${call});\n`);
  program('runExchange', '');
  program('runEngine', 'Number(process.argv[2]), process.argv[3]');
}, 60_000);

afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** A process of its own. */
class Program {
  readonly #child: ChildProcess;
  readonly #complaints: string[] = [];
  readonly #lines: string[] = [];
  #waiting: ((line: string) => void) | null = null;
  /** Settles with what ended it: a signal, or its exit code. */
  readonly ended: Promise<NodeJS.Signals | number | null>;

  constructor(name: ProgramName, args: readonly string[] = []) {
    const child = spawn(process.execPath, [join(folder, `${name}.cjs`), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    running.add(child);
    child.stderr?.on('data', (chunk: Buffer) => this.#complaints.push(chunk.toString()));
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (this.#waiting === null) this.#lines.push(line);
      else this.#waiting(line);
      this.#waiting = null;
    });
    this.ended = new Promise((resolve) => {
      child.once('close', (code, signal) => {
        running.delete(child);
        resolve(signal ?? code);
      });
    });
  }

  get complaint(): string {
    return this.#complaints.join('');
  }

  /** The next line that it says. */
  line(): Promise<string> {
    const line = this.#lines.shift();
    if (line !== undefined) return Promise.resolve(line);
    return new Promise((resolve, reject) => {
      this.#waiting = resolve;
      void this.ended.then((by) => reject(new Error(`It ended with ${by} and said nothing: ${this.complaint}`)));
    });
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}

/** When an engine's life is disturbed: at the so many-eth of something, and whether what it is about still gets through. */
interface Disturbance {
  readonly name: string;
  readonly at: (relayed: Relayed) => boolean;
  readonly count: number;
  readonly passes: boolean;
  /** The engine is killed, and stays away for so many seconds of the market; or only its line is cut. */
  readonly away: number | 'cut';
}

const isSubmit = (relayed: Relayed): boolean => relayed.from === 'client' && relayed.request.call === 'submit';
const isComparison = (relayed: Relayed): boolean => relayed.from === 'client' && relayed.request.call === 'positions';
const isBlock = (relayed: Relayed): boolean => relayed.from === 'sandbox' && relayed.message.say === 'block';
const isFill = (relayed: Relayed): boolean => filledOrder(relayed) !== null;

/** Whose fill is told; `null`: something else is said. */
const filledOrder = (relayed: Relayed): string | null =>
  relayed.from === 'sandbox' && relayed.message.say === 'news' && relayed.message.news.kind === 'filled'
    ? relayed.message.news.orderId
    : null;

const ENTERED = 'an entry is filled';
const ENTERED_AWAY = 45;

/** The first of them leaves a position open for a while; the others follow in an order by chance, as are the counts. */
function disturbances(seed: number, { said }: Relay): readonly Disturbance[] {
  const random = seededRandom(seed);
  const count = (): number => 1 + random.below(2);
  const seconds = (): number => random.below(30);
  const isEntry = (orderId: string): boolean =>
    said.some(
      (one) =>
        one.from === 'client' &&
        one.request.call === 'submit' &&
        one.request.order.orderId === orderId &&
        one.request.order.purpose === 'entry',
    );
  const isEntryFill = (relayed: Relayed): boolean => isEntry(filledOrder(relayed) ?? '');
  const others: readonly Disturbance[] = [
    { name: 'an order is on its way', at: isSubmit, count: count(), passes: true, away: seconds() },
    { name: 'an order does not get through', at: isSubmit, count: count(), passes: false, away: seconds() },
    { name: 'a deal is not heard of', at: isFill, count: count(), passes: false, away: seconds() },
    { name: 'positions are compared', at: isComparison, count: 1, passes: false, away: 0 },
    { name: 'prices come', at: isBlock, count: 20 + random.below(60), passes: true, away: seconds() },
    { name: 'an order is on a line that is cut', at: isSubmit, count: count(), passes: true, away: 'cut' },
    { name: 'an order is on a line that is cut before it', at: isSubmit, count: count(), passes: false, away: 'cut' },
    { name: 'a deal is told on a line that is cut', at: isFill, count: count(), passes: false, away: 'cut' },
  ];
  const byChance = others.map((one) => ({ one, place: random.next() })).sort((a, b) => a.place - b.place);
  return [{ name: ENTERED, at: isEntryFill, count: 1, passes: true, away: ENTERED_AWAY }, ...byChance.map(({ one }) => one)];
}

/** A line to the exchange of somebody who only looks. */
async function onlooker(port: number) {
  const waiting = new Set<() => void>();
  const line: SandboxConnection = new SandboxConnection(`ws://127.0.0.1:${port}`, {
    hello: (connection) => connection.ask('market', { after: Number.MAX_SAFE_INTEGER }),
    onUp: () => undefined,
    onDown: () => undefined,
    onMessage: ({ say }) => {
      if (say === 'clock') for (const look of waiting) look();
    },
    onEnd: () => undefined,
  });
  await line.open();
  /** Waits until the market has come to a time. */
  const until = (time: number): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (line.clock.now() < time) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  return { line, until };
}

/** What an outcome brings; a question that is not answered fails the test. */
function answered<Value>(outcome: { readonly answer: Value } | { readonly lost: string; readonly reason: string }): Value {
  if ('lost' in outcome) throw new Error(outcome.reason);
  return outcome.answer;
}

interface Deal {
  readonly fillId: string;
  readonly orderId: string | null;
  readonly side: 'buy' | 'sell';
  readonly quantity: number;
  readonly price: number;
  readonly time: number;
}

interface Day {
  readonly disturbed: readonly { readonly name: string; readonly from: number; readonly to: number }[];
  /** From each start of an engine to the first that is heard of it, by the market's time. */
  readonly startsMs: readonly number[];
  readonly said: readonly Relayed[];
  readonly records: readonly JournalRecord[];
  /** What the exchange has at the end. */
  readonly orderIds: readonly (string | null)[];
  readonly deals: readonly Deal[];
  readonly positions: readonly unknown[];
  readonly cashPaise: number;
  readonly realisedPaise: number;
}

/** A market day with engines that are killed and started again, and what both sides know of it at its end. */
async function disturbedDay(seed: number): Promise<Day> {
  const journalPath = join(folder, `${seed}.journal.db`);
  const exchange = new Program('runExchange');
  const port = Number(await exchange.line());
  const relay = await Relay.to(port);
  const { line, until } = await onlooker(port);
  const plan = [...disturbances(seed, relay)];
  const disturbed: { readonly name: string; readonly from: number; to: number }[] = [];
  const startsMs: number[] = [];
  for (;;) {
    const engine = new Program('runEngine', [String(relay.port), journalPath]);
    const startedAt = line.clock.now();
    let isThere = false;
    let seen = 0;
    let away = 0;
    relay.passes = (relayed) => {
      const [next] = plan;
      const now = line.clock.now();
      if (!isThere) startsMs.push(now - startedAt);
      isThere = true;
      if (next === undefined || now > LAST_ABSENCE || !next.at(relayed)) return true;
      seen += 1;
      if (seen < next.count) return true;
      seen = 0;
      plan.shift();
      disturbed.push({ name: next.name, from: now, to: now });
      if (next.away === 'cut') setImmediate(() => relay.cut());
      else {
        away = next.away;
        relay.passes = () => false;
        engine.kill();
      }
      return next.passes;
    };
    const by = await engine.ended;
    if (by === 0) break;
    if (by !== 'SIGKILL') throw new Error(`The engine ended with ${by}: ${engine.complaint}`);
    // The exchange goes on, and whatever is held is held without anybody looking.
    await until(line.clock.now() + away * SECOND_MS);
    const absence = disturbed.at(-1);
    if (absence !== undefined) absence.to = line.clock.now();
  }
  const said = [...relay.said];
  answered(await line.ask('login', { account: ACCOUNT, capitalPaise: 0 }));
  const book = answered(await line.ask('orders', {}))?.orders ?? [];
  const positions = answered(await line.ask('positions', {}))?.positions ?? [];
  const { cashPaise, realisedPaise } = answered(await line.ask('funds', {}));
  line.close();
  relay.close();
  expect(await exchange.ended).toBe(0);
  const journal = await openFileJournal(journalPath, { runId: RUN_ID, createdAt: 0 });
  const records = [...journal.read()];
  journal.close();
  const deals = book.flatMap(({ orderId, side, fills }) => fills.map((fill) => ({ ...fill, orderId, side })));
  return { disturbed, startsMs, said, records, orderIds: book.map(({ orderId }) => orderId), deals, positions, cashPaise, realisedPaise };
}

/** Events of the sets, with whose they are. */
const setEvents = ({ records }: Day): readonly (SetEvent & { readonly instance: string })[] =>
  records.flatMap(({ instance, events }) => (instance.includes('|') ? events.map((event) => ({ ...(event as SetEvent), instance })) : []));

/** Orders as they were sent, in their order; those that got no further than the line, too. */
const sentIn = ({ said }: Day) =>
  said.flatMap((one) =>
    one.from === 'client' && one.request.call === 'submit' ? [{ ...one.request.order, connection: one.connection }] : [],
  );

/** Deals as the journal has them, with whose they are. */
const fillsIn = (day: Day) => setEvents(day).flatMap((event) => (event.kind === 'legFilled' ? [event] : []));

const paise = (rupees: number): number => Math.round(rupees * 100);
const bySide = (side: 'buy' | 'sell', value: number): number => (side === 'buy' ? value : -value);

const unitsOf = ({ side, quantity }: { readonly side: 'buy' | 'sell'; readonly quantity: number }): number => bySide(side, quantity);

function sums<Item>(items: readonly Item[], key: (item: Item) => string, value: (item: Item) => number): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const item of items) found.set(key(item), (found.get(key(item)) ?? 0) + value(item));
  return found;
}

const SEEDS = [1, 2];

describe('an engine that is killed again and again while it trades, and has its line cut', () => {
  const days: Day[] = [];
  beforeAll(async () => {
    days.push(...(await Promise.all(SEEDS.map(disturbedDay))));
  }, 120_000);
  const facts = SEEDS.map((seed, index) => [seed, () => days[index] as Day] as const);

  it('was disturbed in as many ways as there was time for', () => {
    const ways = new Set(days.flatMap(({ disturbed }) => disturbed.map(({ name }) => name)));
    const starts = days.flatMap(({ startsMs }) => startsMs);
    // On a busy machine a start takes minutes of the market, and the day is over sooner.
    const isBusy = starts.reduce((sum, ms) => sum + ms, 0) / starts.length > 45 * SECOND_MS;
    expect(ways.size).toBeGreaterThanOrEqual(isBusy ? 1 : 4);
  });

  it.each(facts)('has a position at the exchange while it is away, and leaves it when it is back (seed %i)', (_, day) => {
    const { deals, disturbed } = day();
    const absence = disturbed.find(({ name }) => name === ENTERED);
    if (absence === undefined) throw new Error('It is the first of the disturbances.');
    const { from, to } = absence;
    expect(to - from).toBeGreaterThanOrEqual(ENTERED_AWAY * SECOND_MS);
    const held = (at: number): number =>
      deals.filter(({ time }) => time <= at).reduce((sum, { side, quantity }) => sum + bySide(side, quantity), 0);
    expect(held(to)).not.toBe(0);
    expect(held(Number.POSITIVE_INFINITY)).toBe(0);
  });

  it.each(facts)('sends no order twice (seed %i)', (_, day) => {
    const ids = sentIn(day()).map(({ orderId }) => orderId);
    expect(new Set(ids).size).toBe(ids.length);
    const { orderIds } = day();
    expect(new Set(orderIds).size).toBe(orderIds.length);
    // The exchange has nothing that was not written down before it was sent.
    const submitted = setEvents(day()).flatMap((event) => (event.kind === 'orderSubmitted' ? [event.orderId] : []));
    expect(submitted).toEqual(expect.arrayContaining([...orderIds]));
  });

  it.each(facts)('counts every deal of the exchange once, and no other (seed %i)', (_, day) => {
    const counted = fillsIn(day()).map(({ fill: { fillId, orderId, side, quantity, price, time } }) => ({
      fillId,
      orderId,
      side,
      quantity,
      price,
      time,
    }));
    const byId = (a: Pick<Deal, 'fillId'>, b: Pick<Deal, 'fillId'>): number => a.fillId.localeCompare(b.fillId);
    expect(counted.toSorted(byId)).toEqual(day().deals.toSorted(byId));
  });

  it.each(facts)('counts a deal for the set that asked for it, and every entry has its exit (seed %i)', (_, day) => {
    const owner = new Map(sentIn(day()).map(({ orderId, instance }) => [orderId, instance]));
    const atExchange = sums(day().deals, ({ orderId }) => owner.get(orderId ?? '') ?? 'nobody', unitsOf);
    const inJournal = sums(
      fillsIn(day()),
      ({ instance }) => instance,
      ({ fill }) => unitsOf(fill),
    );
    expect(atExchange).toEqual(inJournal);
    expect([...inJournal.values()].filter((units) => units !== 0)).toEqual([]);
    const timesOf = (kind: SetEvent['kind']) =>
      sums(
        setEvents(day()).filter((event) => event.kind === kind),
        ({ instance }) => instance,
        () => 1,
      );
    expect(timesOf('setOpened').size).toBeGreaterThan(0);
    expect(timesOf('setOpened')).toEqual(timesOf('setClosed'));
  });

  it.each(facts)('ends flat, with the cash that the exchange has (seed %i)', (_, day) => {
    const { positions, cashPaise, realisedPaise, records } = day();
    const fills = fillsIn(day());
    const spentPaise = fills.reduce((sum, { fill }) => sum + unitsOf(fill) * paise(fill.price), 0);
    expect(positions).toEqual([]);
    expect(cashPaise).toBe(paise(CAPITAL) - spentPaise);
    expect(realisedPaise).toBe(fills.reduce((sum, fill) => sum + fill.realisedPaise, 0));
    expect(records.flatMap(({ events }) => events.filter(({ kind }) => kind === 'positionMismatched'))).toEqual([]);
  });

  it.each(facts)('enters nothing before the positions were compared (seed %i)', (_, day) => {
    const { said } = day();
    const logins = said.flatMap((one, index) =>
      one.from === 'client' && one.request.call === 'login' ? [{ index, connection: one.connection }] : [],
    );
    expect(logins.length).toBeGreaterThan(1);
    for (const { index, connection } of logins) {
      const after = said.slice(index).filter((one) => one.connection === connection);
      const asked = after.flatMap((one) => (one.from === 'client' && one.request.call === 'positions' ? [one.request.id] : []));
      const compared = after.findIndex((one) => one.from === 'sandbox' && one.message.say === 'answer' && asked.includes(one.message.id));
      const entered = after.findIndex(
        (one) => one.from === 'client' && one.request.call === 'submit' && one.request.order.purpose === 'entry',
      );
      if (entered >= 0) expect(compared >= 0 && compared < entered).toBe(true);
    }
  });
});
