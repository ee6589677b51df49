import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { BARRED_MONDAY, MONDAY } from '../primitives/mondays.test-kit.js';
import { MINUTE_MS, SECOND_MS } from '../primitives/time.js';
import type { AccountDesk } from './account-desk.js';
import { type Death, Hall, type HallOptions, ON_THE_WAY } from './exchange-hall.test-kit.js';
import { recall, snapshotOf } from './recovery.js';

/** What the exchange has of an account's instruments beside what its sets hold; those that agree are left out. */
function differences(
  { name, runners, quantityOf }: Pick<AccountDesk, 'name' | 'runners'> & { readonly quantityOf: (key: string) => number },
  hall: Hall,
) {
  const positions = hall.line(name).positions()?.positions ?? [];
  const instruments = new Set([...positions.map(({ instrument }) => instrument), ...runners.map(({ state }) => state.leg?.instrument)]);
  const found: Record<string, number> = {};
  for (const instrument of instruments) {
    if (instrument === undefined) continue;
    const theirs = positions.reduce((sum, position) => sum + (position.instrument === instrument ? position.quantity : 0), 0);
    if (theirs !== quantityOf(instrument)) found[instrument] = theirs - quantityOf(instrument);
  }
  return found;
}

/** Our books and the exchange's say the same, when everything is over. */
function agree(hall: Hall): void {
  for (const { account } of hall.floor.accounts) {
    const { name, runners, money, disputed } = account;
    expect([name, differences({ name, runners, quantityOf: (key) => account.quantityOf(key) }, hall), disputed]).toEqual([name, {}, []]);
    // The exchange's books know nothing of charges.
    expect([name, money.capitalPaise + money.cashPaise + money.chargesPaise]).toEqual([name, hall.line(name).funds().cashPaise]);
    expect([name, money.halted]).toEqual([name, null]);
  }
}

const deaths = fc.record({
  seed: fc.nat(1_000_000),
  /** Market orders of before, or the limits that stand for them now, which rest, are chased and filled in parts. */
  market: fc.constantFrom({ date: MONDAY, units: null }, { date: BARRED_MONDAY, units: null }, { date: BARRED_MONDAY, units: 4 }),
  /** After so many records, from one start to the next death; and how long the engine is gone. */
  lives: fc.array(
    fc.record({
      records: fc.integer({ min: 1, max: 60 }),
      how: fc.constantFrom<Death>('afterKeeping', 'beforeKeeping'),
      goneMs: fc.oneof(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 3 * MINUTE_MS })),
      snapshot: fc.boolean(),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});

type Deaths = typeof deaths extends fc.Arbitrary<infer Value> ? Value : never;

/** Lives a busy half hour through all these deaths, and comes to rest. */
async function livedThrough({ seed, market, lives }: Deaths, faults: HallOptions['faults'] = []): Promise<Hall> {
  const hall = new Hall({ seed, faults, ...market });
  await hall.start();
  for (const { records, how, goneMs, snapshot } of lives) {
    const kept = snapshot && hall.alive ? hall.snapshot() : null;
    hall.dies = { at: hall.records.length + records, how };
    for (let i = 0; i < 12 && hall.alive; i += 1) await hall.busy(30 * SECOND_MS);
    if (hall.alive) continue;
    await hall.busy(goneMs);
    await hall.start(kept);
    if (!hall.alive) await hall.start();
  }
  hall.dies = { at: Infinity, how: 'afterKeeping' };
  if (!hall.alive) await hall.start();
  await hall.busy(3 * MINUTE_MS);
  await hall.calm();
  return hall;
}

describe('an engine that is killed at any record and started again', () => {
  it('has lost nothing: its positions are the exchange’s, and its cash is to the paisa', () =>
    fc.assert(
      fc.asyncProperty(deaths, async (plan) => agree(await livedThrough(plan))),
      { numRuns: 15 },
    ));

  it('has lost nothing where everything on the way goes wrong, too', () =>
    fc.assert(
      fc.asyncProperty(deaths, async (plan) => agree(await livedThrough(plan, ON_THE_WAY))),
      { numRuns: 25 },
    ));

  it('knows of every unit that somebody else has dealt in, and trades no more where it cannot tell whose it is', () =>
    fc.assert(
      fc.asyncProperty(deaths, async (plan) => {
        const hall = await livedThrough(plan, [...ON_THE_WAY, 'squareOffByHand']);
        for (const { account } of hall.floor.accounts) {
          const { name, runners, state, money } = account;
          const found = differences({ name, runners, quantityOf: (key) => account.quantityOf(key) }, hall);
          expect([name, found]).toEqual([name, state.disputed]);
          expect([name, money.halted?.code]).toEqual([name, Object.keys(found).length > 0 ? 'account/position-mismatch' : undefined]);
        }
      }),
      { numRuns: 15 },
    ));

  it('gives no order twice, and no id', () =>
    fc.assert(
      fc.asyncProperty(deaths, async (plan) => {
        const hall = await livedThrough(plan, ON_THE_WAY);
        const requested = hall.records.flatMap(({ events }) =>
          events.flatMap((event) => (event.kind === 'legOrderRequested' ? [event.order.orderId] : [])),
        );
        const submitted = hall.records.flatMap(({ events }) =>
          events.flatMap((event) => (event.kind === 'orderSubmitted' ? [event.orderId] : [])),
        );
        expect(new Set(requested).size).toBe(requested.length);
        expect(new Set(submitted).size).toBe(submitted.length);
        // What the exchange has of ours was journalled as sent before.
        for (const { account } of hall.floor.accounts) {
          for (const { orderId } of hall.line(account.name).orders()?.orders ?? [])
            if (orderId !== null) expect(submitted).toContain(orderId);
        }
      }),
      { numRuns: 10 },
    ));
});

describe('what a journal says', () => {
  it('is what was true: a fold over its records gives every state, and so does a snapshot with the records after it', () =>
    fc.assert(
      fc.asyncProperty(fc.nat(1_000_000), fc.integer({ min: 0, max: 200 }), async (seed, seconds) => {
        const hall = new Hall({ seed, faults: ON_THE_WAY });
        await hall.start();
        await hall.busy(seconds * SECOND_MS);
        const snapshot = structuredClone(hall.snapshot());
        await hall.busy(2 * MINUTE_MS);
        const live = structuredClone(hall.snapshot());
        for (const [from, after] of [
          [null, hall.records],
          [snapshot, hall.records.slice(snapshot.sequence)],
        ] as const) {
          const other = new Hall({ seed });
          const { sets, at } = recall(other.floor, after, from);
          const { states } = snapshotOf(other.floor, hall.clock.now);
          expect({ ...states, ...Object.fromEntries(sets) }).toEqual(live.states);
          expect(at).toBe(hall.records.at(-1)?.at);
        }
      }),
      { numRuns: 12 },
    ));
});
