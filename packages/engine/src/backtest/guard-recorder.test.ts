import { describe, expect, it } from 'vitest';
import { GuardRecorder } from './guard-recorder.js';
import { setOf } from './run.test-kit.js';

const MAIN = { name: 'main' };
const runner = {
  instance: {
    id: 'one|NSE:SBIN|main',
    account: 'main',
    underlying: 'NSE:SBIN',
    capitalPaise: 1_00_000_00,
    orderPrefix: 'O',
    config: setOf(),
  },
};

const loss = { code: 'account/daily-loss', reason: 'Loss of the day.', limit: 100, value: 120 };

class Watched {
  readonly recorder = new GuardRecorder();

  trip(at: number, until: string | null = null): this {
    this.recorder.accountEvent(MAIN, { kind: 'breakerTripped', ...loss, until, at });
    return this;
  }

  fill(orderId: string, at: number, purpose: 'entry' | 'exit' = 'exit'): this {
    const fill = { fillId: orderId, orderId, instrument: 'NSE:SBIN', side: 'sell', quantity: 10, price: 500, time: at } as const;
    this.recorder.setEvent(runner, { kind: 'legFilled', fill, purpose, chargesPaise: 1, realisedPaise: 0, costPaise: 0, by: null, at });
    return this;
  }

  flat(at: number): this {
    this.recorder.accountEvent(MAIN, { kind: 'closingCompleted', orders: [], at });
    return this;
  }
}

describe('the trail of a breaker', () => {
  it('has the fills that left between its trip and the moment at which nothing was held', () => {
    const { recorder } = new Watched().fill('a', 1).trip(2).fill('b', 3).fill('late entry', 3, 'entry').fill('c', 4).flat(5).fill('d', 6);
    expect(recorder.breakers).toMatchObject([{ account: 'main', ...loss, time: 2, closedAt: 5, rearmedAt: null, rearmedBy: null }]);
    expect(recorder.breakers[0]?.closedBy.map(({ orderId }) => orderId)).toEqual(['b', 'c']);
  });

  it('says how the account is re-armed, and who did it', () => {
    const { recorder } = new Watched().trip(1).flat(2);
    recorder.accountEvent(MAIN, { kind: 'accountRearmed', by: 'asha', equityPaise: 1, at: 3 });
    const byCalendar = new Watched().trip(1, '2026-11-24').flat(2);
    byCalendar.recorder.accountEvent(MAIN, { kind: 'haltEnded', code: loss.code, at: 4 });
    expect(recorder.breakers).toMatchObject([{ rearm: 'rearm main', rearmedAt: 3, rearmedBy: 'asha' }]);
    expect(byCalendar.recorder.breakers).toMatchObject([
      { rearm: 'from 2026-11-24 by itself, or: rearm main', rearmedAt: 4, rearmedBy: 'calendar' },
    ]);
  });

  it('is another one for each trip', () => {
    const watched = new Watched().trip(1).fill('a', 2).flat(3);
    watched.recorder.accountEvent(MAIN, { kind: 'accountRearmed', by: 'asha', equityPaise: 1, at: 4 });
    watched.trip(5).fill('b', 6).flat(7);
    expect(watched.recorder.breakers.map(({ closedBy, closedAt }) => [closedBy.map(({ orderId }) => orderId), closedAt])).toEqual([
      [['a'], 3],
      [['b'], 7],
    ]);
  });
});

it('alerts and adjustments are written down as they come', () => {
  const recorder = new GuardRecorder();
  const alert = { severity: 'info', code: 'account/closed', message: 'm', remedy: '', account: 'main', instance: null } as const;
  recorder.alert({ ...alert, at: 7 });
  recorder.accountEvent(MAIN, { kind: 'chargesAdjusted', date: '2026-11-20', chargesPaise: -3, at: 8 });
  expect(recorder.alerts).toEqual([
    { time: 7, severity: 'info', code: 'account/closed', message: 'm', remedy: '', account: 'main', set: null },
  ]);
  expect(recorder.adjustments).toEqual([{ account: 'main', date: '2026-11-20', chargesPaise: -3 }]);
});
