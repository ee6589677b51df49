declare const approval: unique symbol;

/** A request, or a change, that the risk gate has approved. Only `risk/gate.ts` makes one, and a broker takes nothing else. */
export type Approved<Request> = Request & { readonly [approval]: true };
