import type { DurationMs, EpochMs } from '../primitives/time.js';
import { isSettled, isTerminal, type OrderState } from './order-life.js';

/** How long an order is waited for, and how often its limit is moved after the market. */
export interface OrderTiming {
  /** A request that nobody has answered after this long has an unknown outcome. */
  readonly answerWithinMs: DurationMs;
  /** A limit that stands for a market order and has not been filled is moved after the market this often. */
  readonly chaseEveryMs: DurationMs;
  /** So many times; an exit is then told of, and tried again at longer intervals. */
  readonly chases: number;
}

/**
 * So often is one order modified; then it is cancelled, and another takes its place. Brokers take 25 modifications of an order, and a person who
 * wants to help in the broker's app needs some of them.
 */
export const MODIFICATIONS_MAX = 20;

/** Between tries of an exit that was chased as often as allowed. */
const STUCK_EVERY_MS = 30_000;

/** What is due of an order at a time. */
export type OrderDue =
  /** A request to send it was not answered. */
  | 'unanswered'
  /** A change was not answered. */
  | 'changeUnanswered'
  /** It is time to look for it in the book. */
  | 'look'
  /** A look was not answered. */
  | 'lookUnanswered'
  /** It should have been filled by now, and nothing was heard of it. */
  | 'silent'
  /** Its limit is to follow the market. */
  | 'chase';

/** The next thing an order waits for; `null` when that is nothing but news. */
export function nextDue(order: OrderState, timing: OrderTiming): { readonly due: OrderDue; readonly at: EpochMs } | null {
  const { look, status, change, heardAt } = order;
  if (status === 'requested' || isSettled(order)) return null;
  if (look !== null) {
    return look.askedAt === null ? { due: 'look', at: look.nextAt } : { due: 'lookUnanswered', at: look.askedAt + timing.answerWithinMs };
  }
  if (isTerminal(order)) return null;
  if (status === 'submitted') return { due: 'unanswered', at: heardAt + timing.answerWithinMs };
  if (change !== null) return { due: 'changeUnanswered', at: change.at + timing.answerWithinMs };
  if (!isAtMarket(order)) return status === 'acknowledged' ? { due: 'silent', at: heardAt + timing.answerWithinMs } : null;
  if (status === 'acknowledged' || order.kind === 'market') return { due: 'silent', at: heardAt + timing.answerWithinMs };
  return { due: 'chase', at: heardAt + (order.chases < timing.chases ? timing.chaseEveryMs : STUCK_EVERY_MS) };
}

/**
 * Whether an order is meant to be filled at once: asked for at the market, or a stop whose trigger was hit. It is none that waits for a price.
 */
export const isAtMarket = ({ request: { kind }, status }: OrderState): boolean =>
  kind === 'market' || ((kind === 'SL-M' || kind === 'SL') && (status === 'open' || status === 'partiallyFilled'));

/** Whether an order waits for a trigger: it may turn into a deal at any time, or never. */
export const isContingent = (order: OrderState): boolean =>
  (order.request.kind === 'SL' || order.request.kind === 'SL-M') && !isAtMarket(order);
