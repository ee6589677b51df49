import type { Approved } from '../orders/approved.js';
import type { OrderModification, OrderRequest } from '../orders/order-request.js';
import { assert } from '../primitives/assert.js';
import { accountChecks } from './account-checks.js';
import type { EntryCheck, EntryContext, GateContext, OrderCheck } from './gate-context.js';
import { changeChecks, entryOrderChecks, orderChecks } from './order-checks.js';
import { permissionChecks } from './permission-checks.js';
import type { Refusal } from './refusal.js';
import { systemChecks, TRADING_HALTED } from './system-checks.js';

/** What the gate says: the request, approved, or why not. */
export type GateAnswer = { readonly approved: Approved<OrderRequest> } | { readonly refused: Refusal };

/** The way every order goes before it is sent. */
export interface Gate {
  /** The first rule that refuses gives the reason: the trading switch, then the order itself, then the account. Pure. */
  readonly check: (request: OrderRequest, context: GateContext) => GateAnswer;
  /** What a change of an order that rests meets: the rules of the exchange. It neither enters nor leaves, so nothing else is asked. Pure. */
  readonly checkChange: (
    change: OrderModification,
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
      const refused = refusalOf(request, context) ?? (request.purpose === 'entry' ? entryRefusal(entryChecks, request, context) : null);
      return refused === null ? { approved: approve(request) } : { refused };
    },
    checkChange(change, context) {
      if (context.tradingSwitch === 'halted' && !context.byPerson) return { refused: TRADING_HALTED };
      for (const check of changeChecks) {
        const refused = check(change, context);
        if (refused !== null) return { refused };
      }
      return { approved: approve(change) };
    },
  };
}

/** The engine's own rules. */
export const gate: Gate = createGate();

const everyOrder: readonly OrderCheck[] = [...systemChecks, ...orderChecks];

function refusalOf(request: OrderRequest, context: GateContext): Refusal | null {
  for (const check of everyOrder) {
    const refusal = check(request, context);
    if (refusal !== null) return refusal;
  }
  return null;
}

function entryRefusal(checks: readonly EntryCheck[], request: OrderRequest, context: GateContext): Refusal | null {
  assert(knowsNeeds(context), 'An entry comes to the gate with what it needs.');
  for (const check of checks) {
    const refusal = check(request, context);
    if (refusal !== null) return refusal;
  }
  return null;
}

const knowsNeeds = (context: GateContext): context is EntryContext => context.entry !== null;

/** The one place where the brand is given. It exists in types alone, so nothing is added to the request. */
const approve = <Request extends OrderRequest | OrderModification>(request: Request): Approved<Request> => request as Approved<Request>;
