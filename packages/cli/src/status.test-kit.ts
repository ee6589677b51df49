import type { AccountStatus, RunStatus, SetStatus } from '@sauda/engine';

/** 2026-11-25 10:31:04 in India. */
export const AT = 1_795_582_864_000;

/** An account of ₹1,00,000 on which nothing has happened. */
export const accountOf = (changes: Partial<AccountStatus> = {}): AccountStatus => ({
  account: 'main',
  capitalPaise: 1_00_000_00,
  equityPaise: 1_00_000_00,
  dayPaise: 0,
  openSets: 0,
  ordersToday: 0,
  line: 'up',
  reconciled: true,
  halted: null,
  closing: false,
  disputed: [],
  ignored: {},
  ...changes,
});

/** A set that waits. */
export const setStatusOf = (changes: Partial<SetStatus> = {}): SetStatus => ({
  instance: 'one|NSE:TCS|main',
  set: 'one',
  account: 'main',
  underlying: 'NSE:TCS',
  phase: 'waiting',
  halted: null,
  position: null,
  orders: [],
  entriesToday: 0,
  netTodayPaise: 0,
  ...changes,
});

/** A run of one account and one set. */
export const statusOf = (changes: Partial<RunStatus> = {}): RunStatus => ({
  at: AT,
  tradingSwitch: 'active',
  accounts: [accountOf()],
  sets: [setStatusOf()],
  ...changes,
});
