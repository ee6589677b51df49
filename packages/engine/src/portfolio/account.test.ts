import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type AccountPosting, type AccountState, applyPosting, equityPaise, firstOfMonth, mondayOf, openAccount } from './account.js';
import { accountView, periodResult } from './account-view.js';
import { applyFill, flatPosition, openProfitPaise, openValuePaise, type Position } from './position.js';

const instance = () => fc.constantFrom('a|NSE_INDEX:NIFTY|main', 'b|NSE:TCS|main', 'c|NSE:INFY|main');
const fill = () =>
  fc.record({
    side: fc.constantFrom('buy' as const, 'sell' as const),
    quantity: fc.integer({ min: 1, max: 5_000 }),
    price: fc.integer({ min: 0, max: 400_000 }).map((ticks) => ticks / 20),
  });
const paise = (min: number, max: number) => fc.integer({ min, max });
const halting = (): fc.Arbitrary<Halting> =>
  fc.record({
    kind: fc.constant('halted'),
    code: fc.constantFrom('account/daily-loss', 'account/week-profit-target'),
    reason: fc.string(),
    at: fc.constant(1),
    until: fc.constantFrom(null, '2026-11-24', '2026-12-01'),
    closes: fc.boolean(),
  });
const posting = (): fc.Arbitrary<AccountPosting> =>
  fc.oneof(
    fc.record({ kind: fc.constant('reserved'), instance: instance(), paise: paise(0, 1e8) }),
    fc.record({ kind: fc.constant('released'), instance: instance() }),
    fc.record({ kind: fc.constant('filled'), fill: fill(), realisedPaise: paise(-1e7, 1e7), chargesPaise: paise(0, 1e5) }),
    fc.record({ kind: fc.constant('orderSent') }),
    fc.record({ kind: fc.constant('chargesAdjusted'), chargesPaise: paise(-200, 200) }),
    fc.record({
      kind: fc.constant('dayStarted'),
      date: fc.constantFrom('2026-11-23', '2026-11-24', '2026-12-01'),
      equityPaise: paise(1e6, 2e7),
    }),
    fc.record({ kind: fc.constant('rearmed'), equityPaise: paise(1e6, 2e7) }),
    fc.record({ kind: fc.constant('haltEnded') }),
    halting(),
  );
type Halting = Extract<AccountPosting, { kind: 'halted' }>;
const halt = (code: string, until: string | null, closes = true): Halting => ({ kind: 'halted', code, reason: '', at: 1, until, closes });
const CAPITAL = 1_00_000_00;
const after = (postings: readonly AccountPosting[], from: AccountState = openAccount(CAPITAL)) => postings.reduce(applyPosting, from);

describe('an account', () => {
  it('resumes from JSON', () =>
    fc.assert(
      fc.property(fc.array(posting()), fc.array(posting()), (before, later) => {
        const saved: AccountState = JSON.parse(JSON.stringify(after(before)));
        expect(after(later, saved)).toEqual(after([...before, ...later]));
      }),
    ));

  it('conserves money: capital, cash and open value are capital, realised and open profit less charges', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: 2 }), fill(), paise(0, 1e5))),
        fc.array(paise(1, 1e6), { minLength: 3 }),
        (deals, marks) => {
          const positions: Position[] = [flatPosition, flatPosition, flatPosition];
          let account = openAccount(CAPITAL);
          for (const [index, dealt, chargesPaise] of deals) {
            const before = positions[index]!;
            const position = applyFill(before, dealt);
            positions[index] = position;
            const realisedPaise = position.realisedPaise - before.realisedPaise;
            account = applyPosting(account, { kind: 'filled', fill: dealt, realisedPaise, chargesPaise });
          }
          const sum = (of: (position: Position, mark: number) => number) =>
            positions.reduce((total, position, index) => total + of(position, marks[index]! / 20), 0);
          expect(equityPaise(account, sum(openValuePaise))).toBe(
            CAPITAL + account.realisedPaise + sum(openProfitPaise) - account.chargesPaise,
          );
        },
      ),
    ));

  it('knows the sum and the count of what is reserved', () =>
    fc.assert(
      fc.property(fc.array(posting()), (postings) => {
        const state = after(postings);
        const held = state.reserved.map(({ paise }) => paise);
        expect(state.reservedPaise).toBe(held.reduce((sum, one) => sum + one, 0));
        expect(state.openInstances).toBe(held.length);
      }),
    ));

  it('replaces a reservation, and frees it once', () => {
    const state = after([
      { kind: 'reserved', instance: 'a', paise: 500 },
      { kind: 'reserved', instance: 'a', paise: 700 },
      { kind: 'reserved', instance: 'b', paise: 100 },
      { kind: 'released', instance: 'a' },
    ]);
    expect(state).toMatchObject({ reserved: [{ instance: 'b', paise: 100 }], reservedPaise: 100, openInstances: 1 });
    expect(applyPosting(state, { kind: 'released', instance: 'a' })).toBe(state);
  });

  it('counts losses from the equity with which day and week began', () => {
    const monday = after([
      { kind: 'dayStarted', date: '2026-11-23', equityPaise: 1_00_000_00 },
      { kind: 'orderSent' },
      { kind: 'dayStarted', date: '2026-11-24', equityPaise: 98_000_00 },
      { kind: 'orderSent' },
    ]);
    expect(accountView(monday, 97_000_00)).toMatchObject({
      dayLossPaise: 1_000_00,
      weekLossPaise: 3_000_00,
      drawdown: 0.03,
      ordersToday: 1,
    });
    const nextWeek = after([{ kind: 'dayStarted', date: '2026-11-30', equityPaise: 1_02_000_00 }], monday);
    expect(accountView(nextWeek, 1_03_000_00)).toMatchObject({
      dayLossPaise: -1_000_00,
      weekLossPaise: -1_000_00,
    });
    expect(nextWeek.month).toMatchObject({ from: '2026-11-01', equityPaise: 1_00_000_00 });
  });

  it('says what a day has closed and paid', () => {
    const dealt = { side: 'buy', quantity: 10, price: 100 } as const;
    const state = after([
      { kind: 'filled', fill: dealt, realisedPaise: 900, chargesPaise: 50 },
      { kind: 'dayStarted', date: '2026-11-24', equityPaise: CAPITAL },
      { kind: 'filled', fill: dealt, realisedPaise: -200, chargesPaise: 20 },
      { kind: 'chargesAdjusted', chargesPaise: 3 },
    ]);
    expect(periodResult(state, state.day)).toEqual({ realisedPaise: -200, chargesPaise: 23, netPaise: -223 });
    expect(periodResult(state, null)).toEqual({ realisedPaise: 0, chargesPaise: 0, netPaise: 0 });
    expect(state.cashPaise).toBe(-2_000_00 - 73);
  });

  it('has what is neither lost nor reserved available', () => {
    const state = after([
      { kind: 'filled', fill: { side: 'buy', quantity: 75, price: 100 }, realisedPaise: 0, chargesPaise: 50_00 },
      { kind: 'reserved', instance: 'a', paise: 7_500_00 },
    ]);
    expect(accountView(state, CAPITAL)).toMatchObject({
      availablePaise: 92_450_00,
      marginInUsePaise: 7_500_00,
      openSets: 1,
      dayLossPaise: 0,
    });
  });

  it('stays halted over days until it is told that the halt has ended', () => {
    const halt = { code: 'account/daily-loss', reason: 'Loss of the day.', at: 5, until: '2026-11-25', closes: true } as const;
    const state = after([
      { kind: 'halted', ...halt },
      { kind: 'dayStarted', date: '2026-11-25', equityPaise: 80_000_00 },
    ]);
    expect(state.halted).toEqual(halt);
    const armed = applyPosting(state, { kind: 'haltEnded' });
    expect(armed).toEqual({ ...state, halted: null });
    expect(applyPosting(armed, { kind: 'haltEnded' })).toBe(armed);
  });

  it('accepts the losses so far when a person re-arms it, and counts from there', () => {
    const state = after([
      { kind: 'dayStarted', date: '2026-11-24', equityPaise: CAPITAL },
      { kind: 'halted', code: 'account/drawdown', reason: 'Fell too far.', at: 5, until: null, closes: true },
    ]);
    expect(accountView(state, 79_000_00)).toMatchObject({ drawdown: 0.21, dayLossPaise: 21_000_00, weekLossPaise: 21_000_00 });
    const armed = applyPosting(state, { kind: 'rearmed', equityPaise: 79_000_00 });
    expect(accountView(armed, 79_000_00)).toMatchObject({
      halted: null,
      drawdown: 0,
      dayLossPaise: 0,
      weekLossPaise: 0,
    });
    expect(accountView(armed, 78_000_00)).toMatchObject({ dayLossPaise: 1_000_00, weekLossPaise: 1_000_00 });
    // What was won or lost since the week began is another question.
    expect(armed.week).toMatchObject({ equityPaise: CAPITAL, lossFromPaise: 79_000_00 });
  });

  it('keeps the halt that lasts longer', () => {
    const [day, week, person] = [halt('day', '2026-11-25'), halt('week', '2026-11-30'), halt('person', null)];
    expect(after([day, week]).halted?.code).toBe('week');
    expect(after([week, day]).halted?.code).toBe('week');
    expect(after([person, week]).halted?.code).toBe('person');
    expect(after([day, person]).halted?.code).toBe('person');
  });

  it('keeps a breaker, which closes, before a mere stop, however long that lasts', () => {
    const [stop, breaker] = [halt('target', null, false), halt('day', '2026-11-25')];
    expect(after([stop, breaker]).halted).toMatchObject({ code: 'day', closes: true });
    expect(after([breaker, stop]).halted).toMatchObject({ code: 'day', closes: true });
  });

  it('has one halt after several, the same in any order: the breakers’ longest, or else the stops’', () =>
    fc.assert(
      fc.property(fc.array(halting(), { minLength: 1, maxLength: 6 }), (halts) => {
        const end = ({ until }: { readonly until: string | null }): string => until ?? 'a person';
        const breakers = halts.filter(({ closes }) => closes);
        const counting = breakers.length > 0 ? breakers : halts;
        const { halted } = after(halts);
        expect(halted?.closes).toBe(breakers.length > 0);
        expect(end(halted ?? { until: '' })).toBe(counting.map(end).sort().at(-1));
      }),
    ));

  it('has a peak when its last position is closed, of what was earned and paid', () => {
    const closed = (realisedPaise: number): readonly AccountPosting[] => [
      { kind: 'reserved', instance: 'one', paise: 1_000_00 },
      {
        kind: 'filled',
        fill: { side: 'sell', quantity: 10, price: 1_000 },
        realisedPaise,
        chargesPaise: 24_27,
      },
      { kind: 'released', instance: 'one' },
    ];
    expect(after(closed(500_00)).peakEquityPaise).toBe(CAPITAL + 475_73);
    expect(after([...closed(500_00), ...closed(-900_00), ...closed(100_00)]).peakEquityPaise).toBe(CAPITAL + 475_73);
    // What is open beside it may be worth less than it cost.
    const other: AccountPosting = { kind: 'reserved', instance: 'two', paise: 1_000_00 };
    expect(after([other, ...closed(500_00)]).peakEquityPaise).toBe(CAPITAL);
  });

  it('has a peak when it is told of one, and never a lower one than before', () => {
    const peaked = (equityPaise: number) => ({ kind: 'peaked', equityPaise }) as const;
    expect(after([peaked(CAPITAL + 2), peaked(CAPITAL + 1)]).peakEquityPaise).toBe(CAPITAL + 2);
  });

  it('calls all of it lost where nothing was left at the peak', () => {
    const state = applyPosting(openAccount(CAPITAL), { kind: 'rearmed', equityPaise: -100 });
    expect(accountView(state, -200).drawdown).toBe(1);
  });

  it('begins weeks on Mondays and months on the first', () => {
    expect([mondayOf('2026-11-23'), mondayOf('2026-11-29'), mondayOf('2026-12-01')]).toEqual(['2026-11-23', '2026-11-23', '2026-11-30']);
    expect(firstOfMonth('2026-11-29')).toBe('2026-11-01');
  });
});
