import { type OrderRequest, opposite, signOf } from '../orders/order-request.js';
import type { Price } from '../primitives/price.js';
import { type EpochMs, SECOND_MS } from '../primitives/time.js';
import { exitAtPrice } from './exits/exit-at-price.js';
import { trailedStop } from './exits/trailing-stop.js';
import type { SetEvent } from './set-event.js';
import type { SetInput } from './set-input.js';
import type { SetInstance } from './set-instance.js';
import type { ExitRule, Leaving, OpenPosition, SetState } from './set-state.js';
import type { Signal } from './signal.js';

type In<Phase extends SetState['phase']> = Extract<SetState, { phase: Phase }>;

const NOTHING: readonly SetEvent[] = [];

/** Seconds until an exit that came to nothing is tried again; the last one repeats. */
const RETRY_AFTER_SECONDS = [1, 2, 4, 8, 15, 30];

/** The price has left the band between the nearest loss and the nearest gain. */
export function decideLevel(instance: SetInstance, state: In<'open'>, price: Price, at: EpochMs): readonly SetEvent[] {
  const exit = exitAtPrice(state.position, price);
  return exit === null ? NOTHING : triggered(instance, state, { rule: exit.rule, quantity: exit.quantity, price, at, reverse: null });
}

/** The best price since the entry has moved: a trailing stop follows. */
export function improvedStop({ config }: SetInstance, { position }: In<'open'>, best: Price, at: EpochMs): readonly SetEvent[] {
  const stop = config.exits.trailing === null ? null : trailedStop(position, config.exits.trailing, best);
  return stop === null ? NOTHING : [{ kind: 'stopMoved', stop, best, at }];
}

/** The underlying trades at or beyond a bound of its range. */
export function decideUnderlying(instance: SetInstance, state: In<'open'>, price: Price, at: EpochMs): readonly SetEvent[] {
  const { underlyingBelow, underlyingAbove } = state.position;
  const outside = (underlyingBelow !== null && price <= underlyingBelow) || (underlyingAbove !== null && price >= underlyingAbove);
  return outside ? exitWholePosition(instance, state, { rule: 'underlyingRange', price, at }) : NOTHING;
}

/** A time has come that the watch named. A price that is past a level at that moment gives the reason, since it loses more. */
export function decideDue(instance: SetInstance, state: SetState, price: Price, at: EpochMs): readonly SetEvent[] {
  if (state.phase === 'open') {
    const { position } = state;
    if (position.leaveAt === null || at < position.leaveAt) return NOTHING;
    return exitWholePosition(instance, state, { rule: lossRuleAt(position, price) ?? 'timeInTrade', price, at });
  }
  if (state.phase !== 'exiting' || state.leaving.retryAt === null || at < state.leaving.retryAt) return NOTHING;
  return [exitOrder(instance, state, state.position, state.leaving.quantity, at)];
}

/** The date's square-off time: out, unless the set may hold what has not earned enough yet. What expires today is never held. */
export function decideSquareOff(
  instance: SetInstance,
  state: In<'open'>,
  input: Extract<SetInput, { kind: 'squareOffDue' }>,
): readonly SetEvent[] {
  const { price, at, tradingDaysToExpiry } = input;
  const { config } = instance;
  const { squareOff, endOfDay, daysBeforeExpiry } = config.exits;
  const leave = (rule: ExitRule): readonly SetEvent[] =>
    exitWholePosition(instance, state, { rule: lossRuleAt(state.position, price) ?? rule, price, at });
  if (tradingDaysToExpiry !== null && daysBeforeExpiry !== null && tradingDaysToExpiry <= daysBeforeExpiry)
    return leave('daysBeforeExpiry');
  if (squareOff !== null) {
    if (endOfDay === null || config.product === 'MIS') return leave('squareOff');
    const earned = targetShare(state.position, price);
    if (earned >= endOfDay.onlyIfTargetShare) return leave('squareOff');
    if (tradingDaysToExpiry === null || tradingDaysToExpiry > 0) return [{ kind: 'heldOvernight', targetShare: earned, at }];
  }
  return tradingDaysToExpiry !== null && tradingDaysToExpiry <= 0 ? leave('expiry') : NOTHING;
}

/** How much of the way to its target a position has come; 0 where it has no target. */
function targetShare({ side, entryPrice, target, setTarget }: OpenPosition, price: Price): number {
  const goal = target ?? setTarget;
  if (goal === null || goal === entryPrice) return 0;
  return (signOf(side) * (price - entryPrice)) / Math.abs(goal - entryPrice);
}

export const decideExitNow = (
  instance: SetInstance,
  state: In<'open'>,
  { by, price, at }: Extract<SetInput, { kind: 'exitNow' }>,
): readonly SetEvent[] => exitWholePosition(instance, state, { rule: by, price, at });

/** Why, at what price, and what comes after an exit. */
export interface ExitWish {
  readonly rule: ExitRule;
  readonly price: Price | null;
  readonly at: EpochMs;
  readonly reverse?: Signal | null;
}

/** What is left of a state that an exit needs. */
type Holding = Pick<In<'open'>, 'lastOrder' | 'position'>;

/** All that is held leaves. */
export const exitWholePosition = (
  instance: SetInstance,
  holding: Holding,
  { rule, price, at, reverse = null }: ExitWish,
): readonly SetEvent[] => triggered(instance, holding, { rule, price, quantity: holding.position.quantity, reverse, at });

/** An exit with its size. */
type SizedExit = Required<ExitWish> & { readonly quantity: number };

function triggered(instance: SetInstance, holding: Holding, { rule, price, quantity, reverse, at }: SizedExit): readonly SetEvent[] {
  return [{ kind: 'exitTriggered', rule, price, quantity, reverse, at }, exitOrder(instance, holding, holding.position, quantity, at)];
}

/** A price past a loss level at a moment at which time would have closed the position anyway. */
function lossRuleAt(position: OpenPosition, price: Price): ExitRule | null {
  const exit = exitAtPrice(position, price);
  return exit !== null &&
    (exit.rule === 'stopLoss' || exit.rule === 'trailingStop' || exit.rule === 'setStopLoss' || exit.rule === 'dayLoss')
    ? exit.rule
    : null;
}

/** The order came to nothing: the same exit is tried again after a while that grows, or when it can succeed at the earliest. */
export function postponedExit(
  { failures }: Leaving,
  reason: string,
  { at, retryAt }: { readonly at: EpochMs; readonly retryAt: EpochMs | null },
): readonly SetEvent[] {
  const seconds = RETRY_AFTER_SECONDS[Math.min(failures, RETRY_AFTER_SECONDS.length - 1)] ?? 30;
  return [{ kind: 'exitPostponed', reason, retryAt: retryAt ?? at + seconds * SECOND_MS, at }];
}

export function exitOrder(
  instance: SetInstance,
  { lastOrder }: Pick<SetState, 'lastOrder'>,
  position: OpenPosition,
  quantity: number,
  at: EpochMs,
): Extract<SetEvent, { kind: 'legOrderRequested' }> {
  const order: OrderRequest = {
    orderId: instance.orderPrefix + (lastOrder + 1).toString(36),
    instance: instance.id,
    account: instance.account,
    instrument: position.instrument,
    purpose: 'exit',
    side: opposite(position.side),
    quantity,
    kind: 'market',
    price: null,
    triggerPrice: null,
    validity: 'day',
    product: instance.config.product,
    at,
  };
  return { kind: 'legOrderRequested', purpose: 'exit', order, at };
}
