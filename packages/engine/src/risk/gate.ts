import type { Approved } from '../orders/approved.js';
import type { OrderModification, OrderRequest } from '../orders/order-request.js';
import { assert } from '../primitives/assert.js';
import { accountChecks, capitalFree, withinCapitalPerTrade, withinFirstEntry, withinMarginUse } from './account-checks.js';
import type { ChangedOrder, EntryCheck, EntryContext, GateContext, OrderCheck } from './gate-context.js';
import { changeChecks, entryOrderChecks, orderChecks, withinChase } from './order-checks.js';
import { permissionChecks, withinOrderValue } from './permission-checks.js';
import type { Refusal } from './refusal.js';
import { systemChecks } from './system-checks.js';

/** What the gate says: the request, approved, or why not. */
export type GateAnswer = { readonly approved: Approved<OrderRequest> } | { readonly refused: Refusal };

/** The way every order goes before it is sent. */
export interface Gate {
  /** The first rule that refuses gives the reason: the trading switch, then the order itself, then the account. Pure. */
  readonly check: (request: OrderRequest, context: GateContext) => GateAnswer;
  /**
   * What a change of an order that rests meets: the trading switch and the rules of the exchange; and where an entry follows the market to a worse
   * price, what it may cost then. A change neither enters nor leaves, so nothing else is asked. Pure.
   *
   * @param of the order as it is.
   * @param context of an entry, with what it needs at the price of the moment.
   */
  readonly checkChange: (
    change: OrderModification,
    of: ChangedOrder,
    context: GateContext,
  ) => { readonly approved: Approved<OrderModification> } | { readonly refused: Refusal };
}

/**
 * A gate with rules of one's own behind the engine's. They judge entries only: nobody can write a rule that keeps a position from being left.
 *
 * What exits meet are the trading switch and the rules of the exchange that would make an order void: hours, expiry, tick grid, price band.
 * No rule about size, lots, loss, slots, capital or rates.
 */
export function createGate(extraEntryChecks: readonly EntryCheck[] = []): Gate {
  const entryChecks = [...entryOrderChecks, ...accountChecks, ...permissionChecks, ...extraEntryChecks];
  return {
    check(request, context) {
      const refused =
        firstRefusal(everyOrder, request, context) ?? (request.purpose === 'entry' ? entryRefusal(entryChecks, request, context) : null);
      return refused === null ? { approved: approve(request) } : { refused };
    },
    checkChange(change, of, context) {
      const changed: OrderRequest = { ...of.request, ...change };
      const refused =
        firstRefusal(everyChange, changed, context) ??
        (isWorse(changed, of) && knowsNeeds(context) ? firstRefusal(chaseChecks, changed, context) : null);
      return refused === null ? { approved: approve(change) } : { refused };
    },
  };
}

/** The engine's own rules. */
export const gate: Gate = createGate();

const everyOrder: readonly OrderCheck[] = [...systemChecks, ...orderChecks];

const everyChange: readonly OrderCheck[] = [...systemChecks, ...changeChecks];

/** What an entry that follows the market may cost: what depends on its price is asked again. */
const chaseChecks: readonly EntryCheck[] = [
  withinChase,
  withinOrderValue,
  withinCapitalPerTrade,
  capitalFree,
  withinFirstEntry,
  withinMarginUse,
];

/** Whether a change lets an entry be filled at a worse price than before. */
const isWorse = ({ purpose, side, price }: OrderRequest, { price: before }: ChangedOrder): boolean =>
  purpose === 'entry' && price !== null && (before === null || (side === 'buy' ? price > before : price < before));

function entryRefusal(checks: readonly EntryCheck[], request: OrderRequest, context: GateContext): Refusal | null {
  assert(knowsNeeds(context), 'An entry comes to the gate with what it needs.');
  return firstRefusal(checks, request, context);
}

function firstRefusal<Context>(
  checks: readonly ((request: OrderRequest, context: Context) => Refusal | null)[],
  request: OrderRequest,
  context: Context,
): Refusal | null {
  for (const check of checks) {
    const refusal = check(request, context);
    if (refusal !== null) return refusal;
  }
  return null;
}

const knowsNeeds = (context: GateContext): context is EntryContext => context.entry !== null && context.account !== null;

/** The one place where approval is given. It exists in types alone; what is approved is frozen, so that what leaves is what was judged. */
const approve = <Request extends OrderRequest | OrderModification>(request: Request): Approved<Request> =>
  Object.freeze(request) as Approved<Request>;
