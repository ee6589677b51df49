import { requestedOrder } from '../orders/order-life.js';
import type { OrderRequest, Product } from '../orders/order-request.js';
import type { EpochMs } from '../primitives/time.js';
import { noExits } from '../sets/no-exits.test-kit.js';
import type { ExitsConfig, SetConfig } from '../sets/set-config.js';
import { setDecider } from '../sets/set-decider.js';
import type { SetInput } from '../sets/set-input.js';
import { instanceId, type SetInstance } from '../sets/set-instance.js';
import type { ChosenLeg } from '../sets/set-state.js';
import { SHARE, tenShares } from '../sets/ten-shares.test-kit.js';
import { Board } from './board.js';
import type { RunClock } from './run-clock.js';
import { SetRunner } from './set-runner.js';

/** An order of the set `one` for ten shares at the market. */
export const anOrder = (changes: Partial<OrderRequest> = {}): OrderRequest => ({
  orderId: '1',
  instance: instanceId('one', SHARE, 'main'),
  account: 'main',
  instrument: SHARE,
  purpose: 'entry',
  side: 'buy',
  quantity: 10,
  kind: 'market',
  price: null,
  triggerPrice: null,
  validity: 'day',
  product: 'MIS',
  at: 0,
  ...changes,
});

/** A set that buys ten shares, or sells them, without any exit but those that are given. */
export const aSet = (exits: Partial<ExitsConfig> = {}, changes: Partial<Omit<SetConfig, 'exits'>> = {}): SetConfig => ({
  ...tenShares,
  ...changes,
  exits: { ...noExits, ...exits },
});

/** A set instance in a runtime of its own, whose inputs are kept. */
export function runnerOf(
  exits: Partial<ExitsConfig>,
  changes: Partial<Omit<SetConfig, 'exits'>> = {},
): { readonly runner: SetRunner; readonly mail: SetInput[]; readonly clock: RunClock; readonly board: Board } {
  const mail: SetInput[] = [];
  const clock: RunClock = { now: 0 };
  const board = new Board({ pessimistic: false });
  const config = aSet(exits, changes);
  const instance: SetInstance = {
    id: instanceId(config.id, SHARE, 'main'),
    account: 'main',
    underlying: SHARE,
    capitalPaise: 1_00_000_00,
    orderPrefix: `${config.id}-`,
    config,
  };
  const runner = new SetRunner(instance, setDecider(instance), {
    board,
    clock,
    post: (_, input) => mail.push(input),
    chargesOf: () => 0,
    carryOut: () => undefined,
    onEquity: () => undefined,
  });
  return { runner, mail, clock, board };
}

/** A set that holds so many units, by an order that it asked for at a time. */
export function holderOf(
  id: string,
  quantity: number,
  {
    instrument = SHARE,
    product = 'MIS',
    askedAt = 0,
  }: { readonly instrument?: string; readonly product?: Product; readonly askedAt?: EpochMs } = {},
): SetRunner {
  const { runner } = runnerOf({}, { id, product });
  const { state } = runner;
  const orders = [requestedOrder(anOrder({ instrument, product, at: askedAt }))];
  runner.state = { ...state, leg: { ...A_LEG, instrument }, holding: { ...state.holding, quantity }, orders };
  return runner;
}

/** The share, as it is chosen for a leg at ₹1,000. */
const A_LEG: ChosenLeg = {
  instrument: SHARE,
  side: 'buy',
  price: 1_000,
  premium: 'recorded',
  lotSize: 1,
  tickSize: 0.05,
  freezeQuantity: null,
  costPerLotPaise: 1_000_00,
  expiry: null,
  strike: null,
  optionType: null,
  spot: 1_000,
};
