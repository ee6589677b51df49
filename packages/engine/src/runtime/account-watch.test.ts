import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { anAccount } from '../config/plain-run.test-kit.js';
import { SHARE } from '../sets/ten-shares.test-kit.js';
import { aSet } from './runtime.test-kit.js';
import { type Stage, stageWith } from './stage.test-kit.js';

const INSTRUMENTS = ['NSE:TCS', 'NSE:INFY', 'NSE:SBIN', 'NSE:ITC'];

/** A set over each instrument that holds so many units of it, sold where below 0, on an account with a limit of the day's loss and a target. */
async function holding(
  quantities: readonly number[],
  { lossPaise, targetPaise = null, pessimistic = false }: { lossPaise: number; targetPaise?: number | null; pessimistic?: boolean },
): Promise<Stage> {
  const sets = quantities.map((quantity, i) =>
    aSet(
      {},
      {
        id: `set${i}`,
        underlyings: [INSTRUMENTS[i] ?? SHARE],
        legs: [{ kind: 'equity', side: 'signal', size: [{ kind: 'lots', lots: Math.abs(quantity) }] }],
      },
    ),
  );
  const limits = {
    dailyLoss: { kind: 'money', paise: lossPaise },
    profitTargets: { weekPaise: targetPaise, monthPaise: null, stop: false },
  } as const;
  const stage = await stageWith(sets, { pessimistic, run: { accounts: [anAccount('main', limits)], chargesFrom: '2026-02-02' } });
  for (const [i, quantity] of quantities.entries()) {
    await stage.price(1_000, INSTRUMENTS[i]);
    await stage.open(`set${i}`, quantity > 0 ? 'bullish' : 'bearish', 1_000);
  }
  stage.floor.beginDay('2026-02-02', { countsFrom: stage.now });
  await stage.settle();
  return stage;
}

const quantities = fc.array(
  fc.integer({ min: -60, max: 60 }).filter((quantity) => quantity !== 0),
  { minLength: 1, maxLength: 4 },
);
const moves = fc.array(fc.record({ which: fc.nat(3), ticks: fc.integer({ min: -120, max: 120 }) }), { minLength: 1, maxLength: 40 });
const limits = fc.record({ lossPaise: fc.integer({ min: 1, max: 60_000 }), targetPaise: fc.integer({ min: 1, max: 60_000 }) });

describe('an account with several holdings', () => {
  it('is woken at the first price at which it has lost what it may, or reached its target, as if it had looked at every one', () =>
    fc.assert(
      fc.asyncProperty(quantities, moves, limits, async (held, steps, bounds) => {
        const stage = await holding(held, bounds);
        const { account } = stage.place;
        const start = account.equityPaise(stage.now);
        const prices = held.map(() => 1_000);
        let target = 0;
        for (const { which, ticks } of steps) {
          const i = which % held.length;
          const price = Math.round(((prices[i] ?? 0) + ticks / 20) * 20) / 20;
          prices[i] = price;
          stage.clock.now += 1;
          await stage.price(price, INSTRUMENTS[i]);
          const won = account.equityPaise(stage.now) - start;
          if (won >= bounds.targetPaise) target = 1;
          expect(stage.ofKind('profitTargetReached')).toHaveLength(target);
          const tripped = stage.ofKind('breakerTripped').length;
          expect(tripped).toBe(won <= -bounds.lossPaise ? 1 : 0);
          if (tripped === 1) return;
        }
      }),
      { numRuns: 120 },
    ));

  it('is woken on the way between two points, not after them', () =>
    fc.assert(
      fc.asyncProperty(quantities, moves, fc.integer({ min: 100, max: 60_000 }), async (held, steps, lossPaise) => {
        const stage = await holding(held, { lossPaise });
        const { account } = stage.place;
        const floor = account.equityPaise(stage.now) - lossPaise;
        const prices = held.map(() => 1_000);
        for (const { which, ticks } of steps) {
          const i = which % held.length;
          const price = Math.round(((prices[i] ?? 0) + ticks / 20) * 20) / 20;
          prices[i] = price;
          const from = stage.now;
          stage.board.slot(INSTRUMENTS[i] ?? SHARE).glide(from, from + 1_000, price, Number.NaN);
          for (let part = 1; part <= 8; part += 1) {
            await stage.until(from + part * 125);
            const [tripped] = stage.ofKind('breakerTripped');
            if (tripped !== undefined) {
              // At the very millisecond, and each holding is valued in whole paise.
              const paiseAMs = (Math.abs(held[i] ?? 0) * Math.abs(ticks) * 5) / 1_000;
              expect(Math.abs(account.equityPaise(tripped.at) - floor)).toBeLessThanOrEqual(held.length + paiseAMs);
              return;
            }
            expect(account.equityPaise(stage.now)).toBeGreaterThan(floor);
          }
        }
      }),
      { numRuns: 80 },
    ));

  it('looks at what goes against a seller where the path is pessimistic, and comes to rest', async () => {
    for (const quantity of [10, -10]) {
      const stage = await holding([quantity], { lossPaise: 100_00, pessimistic: true });
      const from = stage.now;
      // Within a candle one line goes to the low first, the other to the high.
      stage.board.slot('NSE:TCS').glide(from, from + 15_000, 985, 1_015);
      await stage.until(from + 15_000);
      expect(stage.ofKind('breakerTripped')).toMatchObject([{ code: 'account/daily-loss', value: 100_00, at: from + 10_000 }]);
    }
  });

  it('waits for nothing any more once it closes', async () => {
    const stage = await holding([10, -10], { lossPaise: 100_00 });
    await stage.price(985, 'NSE:TCS');
    const { length } = stage.records;
    await stage.price(900, 'NSE:TCS');
    await stage.price(1_100, 'NSE:INFY');
    expect(stage.records).toHaveLength(length);
  });
});
