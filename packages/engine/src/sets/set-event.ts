import type { InstrumentKey } from '../market/instrument.js';
import type { BrokerNews, OrderTerms } from '../orders/broker-news.js';
import type { Fill } from '../orders/fill.js';
import type { OrderKind, OrderPurpose, OrderRequest } from '../orders/order-request.js';
import type { OutsideDealer } from '../orders/outside-fill.js';
import type { ClientOrderId } from '../primitives/ids.js';
import type { Paise } from '../primitives/money.js';
import type { Price } from '../primitives/price.js';
import type { EpochMs } from '../primitives/time.js';
import type { ChosenLeg, ExitRule, OpenPosition } from './set-state.js';
import type { Signal } from './signal.js';

/** Who refused an entry. */
export type RefusedBy = 'set' | 'legs' | 'sizing' | 'risk' | 'broker';

/** What happened to a set instance, as the journal keeps it. Past tense; `at` is the time of the decision. */
export type SetEvent = SetEventBody & { readonly at: EpochMs };

type SetEventBody =
  | { readonly kind: 'setStarted'; readonly by: string }
  | { readonly kind: 'setStopped'; readonly by: string; readonly reason: string }
  | { readonly kind: 'setHalted'; readonly by: string; readonly reason: string }
  | { readonly kind: 'signalSeen'; readonly signal: Signal }
  | { readonly kind: 'entryRefused'; readonly by: RefusedBy; readonly code: string; readonly reason: string; readonly signalAt: EpochMs }
  | { readonly kind: 'preparationStarted'; readonly signal: Signal }
  | { readonly kind: 'legsChosen'; readonly leg: ChosenLeg; readonly availablePaise: Paise; readonly sizeScale: number }
  /** How much was decided; `costPaise` is what the account sets aside for it. What is not filled by `giveUpAt` is cancelled. */
  | {
      readonly kind: 'entryPlanned';
      readonly instrument: InstrumentKey;
      readonly lots: number;
      readonly quantity: number;
      readonly costPaise: Paise;
      readonly giveUpAt: EpochMs;
    }
  /** The time for the entry under way is over, or it was given up before: no more of it is filled, what was stays. */
  | { readonly kind: 'entryTimedOut' }
  /** No more is to be filled of the entry under way; what was is left again. */
  | { readonly kind: 'entryAbandoned'; readonly rule: ExitRule }
  | { readonly kind: 'legOrderRequested'; readonly purpose: OrderPurpose; readonly order: OrderRequest }
  /** The gate will not let it pass: it was not sent. */
  | { readonly kind: 'orderRefused'; readonly orderId: ClientOrderId; readonly code: string; readonly reason: string }
  /** It is not wanted any more, and was not sent. */
  | { readonly kind: 'orderWithdrawn'; readonly orderId: ClientOrderId; readonly reason: string }
  /** The gate has approved it and its turn has come: it is sent as this, which for an order at the market can be a protected limit. */
  | ({ readonly kind: 'orderSubmitted'; readonly orderId: ClientOrderId; readonly orderKind: OrderKind } & Pick<
      OrderTerms,
      'price' | 'triggerPrice'
    >)
  | { readonly kind: 'orderChanged'; readonly news: Exclude<BrokerNews, { kind: 'filled' }> }
  /** A cancellation, or another trigger for a stop, or a limit that follows the market. */
  | { readonly kind: 'orderChangeRequested'; readonly orderId: ClientOrderId; readonly change: RequestedChange }
  /** The broker's book is looked at for an order, for so many-eth time. */
  | { readonly kind: 'bookLookRequested'; readonly orderId: ClientOrderId; readonly count: number }
  /** What the look found; the news that it brought are events of their own. */
  | { readonly kind: 'bookLooked'; readonly orderId: ClientOrderId; readonly outcome: 'found' | 'foundEnded' | 'absent' | 'unanswered' }
  /** Two looks have proved that the broker never had it. */
  | { readonly kind: 'orderNeverReached'; readonly orderId: ClientOrderId }
  /** The broker is asked what is held, before an exit is decided afresh. */
  | { readonly kind: 'positionAsked'; readonly retryAt: EpochMs }
  /** What it answered about the account's position in the instrument; the exit goes on where that is what we have, too. */
  | { readonly kind: 'positionTold'; readonly expected: number; readonly found: number }
  | {
      readonly kind: 'legFilled';
      readonly fill: Fill;
      readonly purpose: OrderPurpose;
      readonly chargesPaise: Paise;
      readonly realisedPaise: Paise;
      readonly costPaise: Paise;
      /** Who dealt, where no order of ours did; else `null`. */
      readonly by: OutsideDealer | null;
    }
  | { readonly kind: 'setOpened'; readonly position: OpenPosition }
  | { readonly kind: 'stopMoved'; readonly stop: Price; readonly best: Price }
  /** A stop order that was to rest at the exchange came to nothing; `retryAt` `null`: the engine watches the stop from now on. */
  | { readonly kind: 'protectionLost'; readonly reason: string; readonly retryAt: EpochMs | null; readonly failures: number }
  | {
      readonly kind: 'exitTriggered';
      readonly rule: ExitRule;
      readonly price: Price | null;
      /** Units that leave, and units that stay. */
      readonly quantity: number;
      readonly keep: number;
      readonly reverse: Signal | null;
    }
  | { readonly kind: 'exitPostponed'; readonly reason: string; readonly retryAt: EpochMs }
  /** The exit has been chased as often as allowed and rests at the best price that is; it is tried again until the session ends. */
  | { readonly kind: 'exitStuck'; readonly orderId: ClientOrderId; readonly price: Price | null }
  | { readonly kind: 'heldOvernight'; readonly targetShare: number }
  | {
      readonly kind: 'positionReduced';
      readonly quantity: number;
      readonly rule: ExitRule;
      readonly partialsLeft: number;
      /** Where the rest is left with the whole set. */
      readonly setStop: Price | null;
      readonly setTarget: Price | null;
      readonly dayLossStop: Price | null;
    }
  | {
      readonly kind: 'setClosed';
      readonly rule: ExitRule;
      readonly grossPaise: Paise;
      readonly chargesPaise: Paise;
      readonly coolUntil: EpochMs;
    };

/** What a set asks to be changed about an order: to cancel it, to move a stop, or to let a limit follow the market. */
export type RequestedChange =
  | { readonly kind: 'cancel'; readonly reason: string }
  | { readonly kind: 'moveStop'; readonly triggerPrice: Price }
  | { readonly kind: 'chase' };
