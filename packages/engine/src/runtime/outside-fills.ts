import type { Fill } from '../orders/fill.js';
import { signOf } from '../orders/order-request.js';
import type { OutsideFill } from '../orders/outside-fill.js';
import type { FillId } from '../primitives/ids.js';
import type { SetRunner } from './set-runner.js';

/** Which sets a deal concerns that no order of ours made, and how many units of it nobody can explain. */
export interface Attribution {
  readonly parts: readonly { readonly runner: SetRunner; readonly fill: Fill }[];
  readonly unexplained: number;
}

/**
 * A deal from outside goes to the sets whose holding it makes smaller, in the order of the configuration, to each as much as it holds: to those
 * that had asked for what they hold before it was made. What goes beyond belongs to nobody.
 *
 * @param taken units of it that sets have taken over before.
 */
export function attributed(outside: OutsideFill, runners: readonly SetRunner[], taken: number): Attribution {
  const { fillId, brokerOrderId, instrument, product, side, price, time } = outside;
  const parts: { runner: SetRunner; fill: Fill }[] = [];
  let done = taken;
  for (const runner of runners) {
    const { quantity: held } = runner;
    if (done >= outside.quantity) break;
    // A broker keeps what is held for the day, carried or delivered apart: a deal in one leaves the others as they are.
    if (runner.instance.config.product !== product) continue;
    if (runner.state.leg?.instrument !== instrument || held * signOf(side) >= 0 || askedAt(runner) > time) continue;
    const quantity = Math.min(outside.quantity - done, Math.abs(held));
    const id = `outside-${done}-${fillId}`;
    done += quantity;
    parts.push({ runner, fill: { fillId: id, orderId: `outside:${brokerOrderId ?? fillId}`, instrument, side, quantity, price, time } });
  }
  return { parts, unexplained: outside.quantity - done };
}

/** The broker's id of the deal of which a fill is a part; `null` for what a person has adopted. */
export function outsideIdOf(fillId: FillId): FillId | null {
  return /^outside-\d+-(.*)$/s.exec(fillId)?.[1] ?? null;
}

/** When a set asked for the first of what it remembers of its round trip. */
const askedAt = ({ state: { orders } }: SetRunner): number => orders.reduce((first, { request }) => Math.min(first, request.at), Infinity);
