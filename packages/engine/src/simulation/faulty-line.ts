import type { Approved } from '../orders/approved.js';
import type { OrderModification, OrderRequest } from '../orders/order-request.js';
import type { Answer, BookAnswer, ChangeAnswer, PositionsAnswer } from '../plugins/broker.js';
import type { ClientOrderId } from '../primitives/ids.js';
import { type EpochMs, SECOND_MS } from '../primitives/time.js';
import type { AccountFunds, AccountLine } from './account-line.js';
import type { FaultyNews } from './faulty-news.js';
import type { LineFaults } from './line-faults.js';
import { type LineOutage, outageMs } from './line-outage.js';
import type { Refused } from './refused.js';

/** What {@link FaultyLine} is made of. */
export interface FaultyLineParts {
  /** The line as it is without faults. */
  readonly line: AccountLine;
  readonly faults: LineFaults;
  readonly outage: LineOutage;
  readonly news: FaultyNews;
  readonly now: () => EpochMs;
}

/** A book that lags behind lacks the orders that came within at most so long. */
const STALE_BY_MS_MAX = 6 * SECOND_MS;

type ChangeRequest = { readonly change: 'modify' | 'cancel'; readonly orderId: ClientOrderId };

/** The way of requests from an account to the exchange: some do not arrive, some are refused, and some answers do not come back. */
export class FaultyLine {
  readonly #parts: FaultyLineParts;

  constructor(parts: FaultyLineParts) {
    this.#parts = parts;
  }

  submit(order: Approved<OrderRequest>): Answer {
    const { line, faults } = this.#parts;
    const { orderId } = order;
    const at = Math.max(order.at, this.#parts.now());
    if (this.#isDown(orderId, at)) {
      return this.#whileDown<Answer>(() => line.submit(order), { kind: 'rejected', orderId, ...NOT_SENT, at });
    }
    if (faults.strikes('timeoutBeforeArrival', orderId, at)) return null;
    if (faults.strikes('reject', orderId, at)) return line.refuse(order, REFUSED_AT_DOOR);
    const doom = faults.draw('rejectAfterAck', orderId, at);
    const answer = line.submit(order, doom === null ? null : REFUSED_ON_ARRIVAL);
    if (doom !== null && answer.kind === 'acknowledged') faults.tell('rejectAfterAck', orderId);
    else if (doom !== null) faults.giveBack(doom);
    return this.#isAnswerLost(orderId, at) ? null : answer;
  }

  modify(change: Approved<OrderModification>): ChangeAnswer {
    const { orderId } = change;
    return this.#change({ change: 'modify', orderId }, Math.max(change.at, this.#parts.now()), () => this.#parts.line.modify(change));
  }

  cancel(orderId: ClientOrderId): ChangeAnswer {
    return this.#change({ change: 'cancel', orderId }, this.#parts.now(), () => this.#parts.line.cancel(orderId));
  }

  orders(): BookAnswer {
    if (this.#isUnanswered()) return null;
    const { line, faults } = this.#parts;
    const now = this.#parts.now();
    return line.orders(faults.strikes('bookStale', null, now) ? now - faults.random.below(STALE_BY_MS_MAX) - 1 : now);
  }

  positions(): PositionsAnswer {
    return this.#isUnanswered() ? null : this.#parts.line.positions();
  }

  funds(): AccountFunds {
    return this.#parts.line.funds();
  }

  #change({ change, orderId }: ChangeRequest, at: EpochMs, send: () => ChangeAnswer): ChangeAnswer {
    const { faults } = this.#parts;
    const rejected = ({ code, reason }: Refused): ChangeAnswer => ({ kind: 'changeRejected', orderId, change, code, reason, at });
    if (this.#isDown(orderId, at)) return this.#whileDown(send, rejected(NOT_SENT));
    if (faults.strikes('timeoutBeforeArrival', orderId, at)) return null;
    if (faults.strikes('reject', orderId, at)) return rejected(REFUSED_AT_DOOR);
    const answer = send();
    return this.#isAnswerLost(orderId, at) ? null : answer;
  }

  /** The request is taken, and nothing comes back: no answer, and mostly no news of the order for a while either. */
  #isAnswerLost(orderId: ClientOrderId, at: EpochMs): boolean {
    const { faults, news } = this.#parts;
    const strike = faults.draw('timeoutAfterAcceptance', orderId, at);
    if (strike === null) return false;
    faults.tell('timeoutAfterAcceptance', orderId);
    if (strike.planned === null || faults.random.below(4) > 0) news.lose(orderId, at);
    return true;
  }

  #isDown(orderId: ClientOrderId, at: EpochMs): boolean {
    const { outage, faults } = this.#parts;
    if (!outage.isDown && faults.strikes('disconnect', orderId, at)) outage.begin(at, at + outageMs(faults.random));
    return outage.isDown;
  }

  /** On a line that is down a request fails for certain, or nobody can say whether it has arrived. */
  #whileDown<Told>(send: () => Told, failed: Told): Told | null {
    const lot = this.#parts.faults.random.below(3);
    if (lot === 0) return failed;
    if (lot === 1) send();
    return null;
  }

  #isUnanswered(): boolean {
    return this.#parts.outage.isDown || this.#parts.faults.strikes('bookUnanswered', null, this.#parts.now());
  }
}

const NOT_SENT: Refused = { code: 'broker/not-sent', reason: 'The line to the broker is down.' };
const REFUSED_AT_DOOR: Refused = { code: 'exchange/fault', reason: 'The broker refuses the request: a fault that was asked for.' };
const REFUSED_ON_ARRIVAL: Refused = { code: 'exchange/fault', reason: 'The exchange refuses the order: a fault that was asked for.' };
