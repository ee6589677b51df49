import { signOf } from '../orders/order-request.js';
import type { Price } from '../primitives/price.js';
import { type EpochMs, SECOND_MS } from '../primitives/time.js';
import { evolveSet } from './evolve-set.js';
import { exitAtPrice } from './exits/exit-at-price.js';
import { trailedStop } from './exits/trailing-stop.js';
import { protectionFor } from './protecting.js';
import type { SetConfig } from './set-config.js';
import type { SetEvent } from './set-event.js';
import type { SetInputOf } from './set-input.js';
import type { SetInstance } from './set-instance.js';
import type { ExitRule, In, Leaving, OpenPosition } from './set-state.js';
import type { Signal } from './signal.js';
import { ordersTowards } from './towards.js';

const NOTHING: readonly SetEvent[] = [];

/** Seconds until an exit that came to nothing is tried again; the last one repeats. */
const RETRY_AFTER_SECONDS = [1, 2, 4, 8, 15, 30];

/** The price has left the band between the nearest loss and the nearest gain. A part that is leaving already leaves with the rest at a loss. */
export function decideLevel(instance: SetInstance, state: In<'open' | 'exiting'>, price: Price, at: EpochMs): readonly SetEvent[] {
  const exit = exitAtPrice(state.position, price);
  if (exit === null) return NOTHING;
  const { rule, quantity } = exit;
  if (state.phase === 'open') return triggered(instance, state, { rule, quantity, price, at, reverse: null });
  return isLoss(rule) ? exitWholePosition(instance, state, { rule, price, at }) : NOTHING;
}

/** The best price since the entry has moved: a trailing stop follows, and with it what rests at the exchange. */
export function improvedStop(instance: SetInstance, state: In<'open'>, best: Price, at: EpochMs): readonly SetEvent[] {
  const { trailing } = instance.config.exits;
  const stop = trailing === null ? null : trailedStop(state.position, trailing, best);
  if (stop === null) return NOTHING;
  const moved: SetEvent = { kind: 'stopMoved', stop, best, at };
  if (instance.config.protection === 'engine') return [moved];
  return [moved, ...protectionFor(instance, evolveSet(state, moved) as In<'open'>, at)];
}

/** The underlying trades at or beyond a bound of its range. */
export function decideUnderlying(instance: SetInstance, state: In<'open'>, price: Price, at: EpochMs): readonly SetEvent[] {
  const { underlyingBelow, underlyingAbove } = state.position;
  const outside = (underlyingBelow !== null && price <= underlyingBelow) || (underlyingAbove !== null && price >= underlyingAbove);
  return outside ? exitWholePosition(instance, state, { rule: 'underlyingRange', price, at }) : NOTHING;
}

/** The time in trade is over. A price that is past a level at that moment gives the reason, since it loses more. */
export function decideTimeInTrade(instance: SetInstance, state: In<'open'>, price: Price, at: EpochMs): readonly SetEvent[] {
  const { position } = state;
  if (position.leaveAt === null || at < position.leaveAt) return NOTHING;
  return exitWholePosition(instance, state, { rule: lossRuleAt(position, price) ?? 'timeInTrade', price, at });
}

/** The time has come to try an exit again that came to nothing. */
export function decideRetry(instance: SetInstance, state: In<'exiting'>, at: EpochMs): readonly SetEvent[] {
  const { retryAt, confirming } = state.leaving;
  if (retryAt === null || at < retryAt) return NOTHING;
  return confirming ? [askPosition(instance, at)] : nextExitOrders(instance, state, at);
}

/** The date's square-off time: out, unless the set may hold what has not earned enough yet. What expires today is never held. */
export function decideSquareOff(instance: SetInstance, state: In<'open'>, input: SetInputOf<'squareOffDue'>): readonly SetEvent[] {
  const { price, at, tradingDaysToExpiry } = input;
  const { config } = instance;
  const { endOfDay, daysBeforeExpiry } = config.exits;
  const leave = (rule: ExitRule): readonly SetEvent[] =>
    exitWholePosition(instance, state, { rule: lossRuleAt(state.position, price) ?? rule, price, at });
  if (tradingDaysToExpiry !== null && daysBeforeExpiry !== null && tradingDaysToExpiry <= daysBeforeExpiry)
    return leave('daysBeforeExpiry');
  if (leavesAtSquareOff(config)) return leave('squareOff');
  if (config.exits.squareOff !== null && endOfDay !== null) {
    const earned = targetShare(state.position, price);
    if (earned >= endOfDay.onlyIfTargetShare) return leave('squareOff');
    if (tradingDaysToExpiry === null || tradingDaysToExpiry > 0) return [{ kind: 'heldOvernight', targetShare: earned, at }];
  }
  return tradingDaysToExpiry !== null && tradingDaysToExpiry <= 0 ? leave('expiry') : NOTHING;
}

/** Whether all of it leaves at the square-off time: what is intraday does, and what no end-of-day rule may hold on. */
export const leavesAtSquareOff = ({ exits: { squareOff, endOfDay }, product }: Pick<SetConfig, 'exits' | 'product'>): boolean =>
  squareOff !== null && (endOfDay === null || product === 'MIS');

/** How much of the way to its target a position has come; 0 where it has no target, or nobody knows its price. */
function targetShare({ side, entryPrice, target, setTarget }: OpenPosition, price: Price): number {
  const goal = target ?? setTarget;
  if (goal === null || goal === entryPrice || Number.isNaN(price)) return 0;
  return (signOf(side) * (price - entryPrice)) / Math.abs(goal - entryPrice);
}

/** Why, at what price, and what comes after an exit. */
export interface ExitWish {
  readonly rule: ExitRule;
  readonly price: Price | null;
  readonly at: EpochMs;
  readonly reverse?: Signal | null;
}

/**
 * All that is held leaves, also what a partial exit under way was to leave. A whole exit under way stays what it is, unless a person wants it: then
 * it is the person's, which passes where the engine alone would not.
 */
export const exitWholePosition = (
  instance: SetInstance,
  state: In<'open' | 'exiting'>,
  { rule, price, at, reverse = null }: ExitWish,
): readonly SetEvent[] =>
  state.phase === 'exiting' && state.leaving.keep === 0 && (rule !== 'byHand' || state.leaving.rule === 'byHand')
    ? NOTHING
    : triggered(instance, state, { rule, price, quantity: state.position.quantity, reverse, at });

/** An exit with its size. */
type SizedExit = Required<ExitWish> & { readonly quantity: number };

function triggered(
  instance: SetInstance,
  state: In<'open' | 'exiting'>,
  { rule, price, quantity, reverse, at }: SizedExit,
): readonly SetEvent[] {
  const event: SetEvent = {
    kind: 'exitTriggered',
    rule,
    // After a start a feed may not have brought a price yet: what has to leave leaves all the same.
    price: price === null || Number.isNaN(price) ? null : price,
    quantity,
    keep: Math.max(0, state.position.quantity - quantity),
    reverse,
    at,
  };
  return [event, ...nextExitOrders(instance, evolveSet(state, event) as In<'exiting'>, at)];
}

/** The broker is asked what is held; where it does not answer in time, it is asked again. */
export const askPosition = ({ config: { execution } }: SetInstance, at: EpochMs): SetEvent => ({
  kind: 'positionAsked',
  retryAt: at + execution.answerWithinMs,
  at,
});

/** Units that stay when an exit is done: never more than are held. */
export const keptQuantity = ({ holding, leaving, position }: In<'exiting'>): number =>
  Math.max(0, Math.min(leaving.keep, signOf(position.side) * holding.quantity));

/**
 * What an exit has to ask for next. While it waits to try again, or for the broker to confirm what is held, nothing is sent; what is in its way
 * is cancelled all the same.
 */
export function nextExitOrders(instance: SetInstance, state: In<'exiting'>, at: EpochMs): readonly SetEvent[] {
  const { leaving, position } = state;
  const wanted = signOf(position.side) * keptQuantity(state);
  const asks = ordersTowards(instance, state, { wanted, reason: `The set leaves: ${leaving.rule}.`, at });
  const waits = leaving.confirming || (leaving.retryAt !== null && at < leaving.retryAt);
  return waits ? asks.filter(({ kind }) => kind !== 'legOrderRequested') : asks;
}

/** A price past a loss level at a moment at which time would have closed the position anyway. */
function lossRuleAt(position: OpenPosition, price: Price): ExitRule | null {
  const exit = Number.isNaN(price) ? null : exitAtPrice(position, price);
  return exit !== null && isLoss(exit.rule) ? exit.rule : null;
}

const isLoss = (rule: ExitRule): boolean => rule === 'stopLoss' || rule === 'trailingStop' || rule === 'setStopLoss' || rule === 'dayLoss';

/** The order came to nothing: the same exit is tried again after a while that grows, or when it can succeed at the earliest. */
export function postponedExit(
  { failures }: Leaving,
  reason: string,
  { at, retryAt }: { readonly at: EpochMs; readonly retryAt: EpochMs | null },
): SetEvent {
  return { kind: 'exitPostponed', reason, retryAt: retryAt ?? retryAfter(failures, at), at };
}

/** When something that failed so often is tried again. */
export function retryAfter(failures: number, at: EpochMs): EpochMs {
  const seconds = RETRY_AFTER_SECONDS[Math.min(failures, RETRY_AFTER_SECONDS.length - 1)] ?? 30;
  return at + seconds * SECOND_MS;
}
