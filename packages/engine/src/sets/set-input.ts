import type { BookOrder } from '../orders/book.js';
import type { BrokerNews, OrderTerms } from '../orders/broker-news.js';
import type { Fill } from '../orders/fill.js';
import type { OrderKind } from '../orders/order-request.js';
import type { OutsideDealer } from '../orders/outside-fill.js';
import type { ClientOrderId } from '../primitives/ids.js';
import type { Paise } from '../primitives/money.js';
import type { Price } from '../primitives/price.js';
import type { EpochMs } from '../primitives/time.js';
import type { ChosenLeg } from './set-state.js';
import type { Signal } from './signal.js';

/** What a set instance is told. Time and chance come in here; a decision looks nowhere else. */
export type SetInput = SetInputBody & { readonly at: EpochMs };

type SetInputBody =
  | { readonly kind: 'start'; readonly by: string }
  | { readonly kind: 'stop'; readonly by: string; readonly reason: string }
  | { readonly kind: 'halt'; readonly by: string; readonly reason: string }
  /**
   * A strategy has spoken. `squareOffAt` is the moment on this date from which the set holds nothing; `barred` says why the account enters nothing at
   * present, `null` where it does.
   */
  | {
      readonly kind: 'signal';
      readonly signal: Signal;
      readonly squareOffAt: EpochMs | null;
      readonly barred: { readonly code: string; readonly reason: string } | null;
    }
  /** The legs that were asked for when the preparation began. `sizeScale` is by how much the account wants sizes scaled; 1 as configured. */
  | {
      readonly kind: 'legs';
      readonly leg: ChosenLeg;
      readonly availablePaise: Paise;
      readonly sizeScale: number;
    }
  | { readonly kind: 'noLegs'; readonly code: string; readonly reason: string }
  /** The gate has approved the order that was asked for, and its turn has come: it would be sent as this. */
  | ({ readonly kind: 'approved'; readonly orderId: ClientOrderId; readonly orderKind: OrderKind } & Pick<
      OrderTerms,
      'price' | 'triggerPrice'
    >)
  /** The gate has refused the order that was asked for. `retryAt`: before then it would refuse an exit again; `null` where nobody can say. */
  | {
      readonly kind: 'refused';
      readonly orderId: ClientOrderId;
      readonly code: string;
      readonly reason: string;
      readonly retryAt: EpochMs | null;
      /** Units of an exit that it would let pass, where that is fewer than were asked for; 0: none. */
      readonly atMost: number;
    }
  | { readonly kind: 'news'; readonly news: BrokerNews; readonly chargesPaise: Paise; readonly squareOffAt: EpochMs | null }
  /** A look at the broker's book of the day: the order as it stands there, or that it does not, or that nobody answered. */
  | {
      readonly kind: 'looked';
      readonly orderId: ClientOrderId;
      readonly found: BookOrder | 'absent' | 'unanswered';
      /** What the fills in it cost that were not counted before, one for each of them. */
      readonly chargesPaise: Readonly<Record<string, Paise>>;
      readonly squareOffAt: EpochMs | null;
    }
  /** The account's position in the instrument: what all its sets hold, and what the broker says; `null`: it could not say. */
  | { readonly kind: 'positionTold'; readonly expected: number; readonly found: number | null }
  /** A deal in what the set holds that no order of ours made. */
  | { readonly kind: 'outsideFill'; readonly fill: Fill; readonly by: OutsideDealer; readonly chargesPaise: Paise }
  /** A person has decided that so many units are held, signed; the difference goes at this price. */
  | { readonly kind: 'adopt'; readonly by: string; readonly quantity: number; readonly price: Price }
  /** The traded instrument's price has left the band of the watch. */
  | { readonly kind: 'levelReached'; readonly price: Price }
  /** The best price since the entry has passed the bound of the watch. */
  | { readonly kind: 'priceImproved'; readonly price: Price }
  | { readonly kind: 'underlyingLeftRange'; readonly price: Price }
  /** A time that the watch named has come: of an order, or to leave after so long, or to try again. */
  | { readonly kind: 'due'; readonly price: Price }
  /** The entry under way is in the way of something, or may not follow the market any more: no more of it is filled, what was stays. */
  | { readonly kind: 'giveUpEntry'; readonly reason: string }
  /** The date's square-off time has come. */
  | { readonly kind: 'squareOffDue'; readonly price: Price; readonly tradingDaysToExpiry: number | null }
  | { readonly kind: 'exitNow'; readonly by: 'byHand' | 'breaker' | 'endOfData'; readonly price: Price | null }
  /** The engine has started again: what was on its way then has an unknown outcome now. */
  | { readonly kind: 'recovered'; readonly squareOffAt: EpochMs | null };

/** Inputs of one kind. */
export type SetInputOf<Kind extends SetInput['kind']> = Extract<SetInput, { readonly kind: Kind }>;
