/**
 * Exists in types alone. Its field is private: nothing that has the same shape passes for one, and a copy by spread has lost it, whatever was changed
 * in it.
 */
declare class Approval {
  private readonly approved: true;
}

/**
 * A request, or a change, that the risk gate has approved, exactly as it is: the object is frozen. Only `risk/gate.ts` makes one, and a broker takes
 * nothing else.
 */
export type Approved<Request> = Request & Approval;
