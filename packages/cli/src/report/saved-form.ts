import type { RunReport } from '@sauda/engine';
import { z } from 'zod';

type Written = RunReport['roundTrips'][number];
type WrittenOrder = Written['orders'][number];

/** What documents of earlier versions do not have. What is missing is absent, never made up. */
type Since<Whole, Key extends keyof Whole> = Omit<Whole, Key> & Partial<Pick<Whole, Key>>;

/** An order of a round trip. Its words may be those of a later version. */
export type SavedOrder = Since<Omit<WrittenOrder, 'rule' | 'by' | 'status'>, 'reason'> & {
  readonly rule: string | null;
  readonly by: string | null;
  readonly status: string;
};

/** A round trip of a report, whichever version has written it. */
export type SavedTrip = Since<Omit<Written, 'orders'>, 'product' | 'charges' | 'tradedPaise' | 'signal'> & {
  readonly orders?: readonly SavedOrder[];
};

/** The figures of a report, whichever version has written it. */
export type SavedFigures = Since<RunReport['figures'], 'charges' | 'exposure' | 'tradedPaise' | 'turnover'>;

/** The report of a run, whichever version has written it. What a run has just given is one, too. */
export type SavedReport = Since<
  Omit<RunReport, 'roundTrips' | 'figures'>,
  'breakers' | 'alerts' | 'adjustments' | 'accounts' | 'chargesFrom'
> & {
  readonly roundTrips: readonly SavedTrip[];
  readonly figures: SavedFigures;
};

const paise = z.int();
const time = z.int();
const price = z.number();
const figure = z.number().nullable();
const date = z.iso.date();
const side = z.enum(['buy', 'sell']);
const units = z.int().positive();

const chargeKinds = { brokeragePaise: paise, sttPaise: paise, exchangePaise: paise, sebiPaise: paise, stampPaise: paise, gstPaise: paise };

const leg = z.object({
  instrument: z.string(),
  side,
  quantity: units,
  entryTime: time,
  entryPrice: price,
  exitTime: time,
  exitPrice: price,
  premium: z.enum(['recorded', 'model']),
});

const order = z.object({
  id: z.string(),
  purpose: z.enum(['entry', 'exit', 'protect']),
  rule: z.string().nullable(),
  by: z.string().nullable(),
  instrument: z.string(),
  side,
  quantity: units,
  kind: z.enum(['market', 'limit', 'SL', 'SL-M']).nullable(),
  limit: price.nullable(),
  trigger: price.nullable(),
  status: z.string(),
  reason: z.string().nullable().exactOptional(),
  decidedAt: time,
  decidedPrice: price.nullable(),
  slippagePaise: paise.nullable(),
  fills: z.array(z.object({ time, quantity: units, price, chargesPaise: paise })),
});

const roundTrip = z.object({
  set: z.string(),
  strategy: z.string().exactOptional(),
  account: z.string(),
  underlying: z.string(),
  product: z.enum(['MIS', 'NRML', 'CNC']).exactOptional(),
  legs: z.array(leg).min(1),
  exitReason: z.string(),
  grossPaise: paise,
  chargesPaise: paise,
  netPaise: paise,
  charges: z.object(chargeKinds).exactOptional(),
  tradedPaise: paise.exactOptional(),
  signal: z.int().nonnegative().nullable().exactOptional(),
  orders: z.array(order).exactOptional(),
});

const signal = z.object({
  set: z.string(),
  account: z.string(),
  underlying: z.string(),
  time,
  kind: z.enum(['enter', 'exit', 'adjust']),
  direction: z.enum(['bullish', 'bearish', 'neutral']),
  reason: z.string(),
  values: z.record(z.string(), z.number()),
  outcome: z.string(),
});

const figures = z.object({
  roundTrips: z.int(),
  netPaise: paise,
  grossPaise: paise,
  chargesPaise: paise,
  winRate: figure,
  profitFactor: figure,
  averageWinPaise: figure,
  averageLossPaise: figure,
  expectancyPaise: figure,
  maxDrawdown: z.number(),
  maxDrawdownPaise: paise,
  longestDrawdownDays: z.int(),
  longestLosingStreak: z.int(),
  sharpe: figure,
  sortino: figure,
  charges: z.object({ ...chargeKinds, adjustmentsPaise: paise }).exactOptional(),
  exposure: figure.exactOptional(),
  tradedPaise: paise.exactOptional(),
  turnover: figure.exactOptional(),
});

const breaker = z.object({
  account: z.string(),
  code: z.string(),
  reason: z.string(),
  limit: z.number(),
  value: z.number(),
  time,
  closedBy: z.array(z.object({ orderId: z.string(), set: z.string(), instrument: z.string(), side, quantity: units, price, time })),
  closedAt: time.nullable(),
  rearm: z.string(),
  rearmedAt: time.nullable(),
  rearmedBy: z.string().nullable(),
});

const alert = z.object({
  time,
  severity: z.enum(['info', 'warning', 'critical']),
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
  account: z.string().nullable(),
  set: z.string().nullable(),
});

/** What `sauda backtest --json` prints, of this version and of those before. Fields of later versions are kept. */
export const savedForm = z.looseObject({
  decisionHash: z.string(),
  candles: z.int(),
  ticks: z.int(),
  warnings: z.array(z.object({ code: z.string(), message: z.string() })),
  waivers: z.array(z.string()),
  assumptions: z.array(z.string()),
  signals: z.array(signal),
  roundTrips: z.array(roundTrip),
  figures,
  breakers: z.array(breaker).exactOptional(),
  alerts: z.array(alert).exactOptional(),
  adjustments: z.array(z.object({ account: z.string(), date, chargesPaise: paise })).exactOptional(),
  accounts: z.array(z.object({ id: z.string(), broker: z.string(), capitalPaise: paise })).exactOptional(),
  chargesFrom: date.nullable().exactOptional(),
  capitalPaise: paise.exactOptional(),
  equity: z.array(z.object({ date, equityPaise: paise })),
}) satisfies z.ZodType<SavedReport>;
