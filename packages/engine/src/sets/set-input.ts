import type { BrokerNews } from '../orders/broker-news.js';
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
  /** A strategy has spoken. `squareOffAt` is the moment on this date from which the set holds nothing. */
  | { readonly kind: 'signal'; readonly signal: Signal; readonly squareOffAt: EpochMs | null }
  /** The legs that were asked for when the preparation began. */
  | { readonly kind: 'legs'; readonly leg: ChosenLeg; readonly availablePaise: Paise; readonly capitalPaise: Paise }
  | { readonly kind: 'noLegs'; readonly code: string; readonly reason: string }
  /** The gate has refused the order that was asked for. `retryAt`: before then it would refuse an exit again; `null` where nobody can say. */
  | { readonly kind: 'refused'; readonly orderId: string; readonly code: string; readonly reason: string; readonly retryAt: EpochMs | null }
  | { readonly kind: 'news'; readonly news: BrokerNews; readonly chargesPaise: Paise; readonly squareOffAt: EpochMs | null }
  /** The traded instrument's price has left the band of the watch. */
  | { readonly kind: 'levelReached'; readonly price: Price }
  /** The best price since the entry has passed the bound of the watch. */
  | { readonly kind: 'priceImproved'; readonly price: Price }
  | { readonly kind: 'underlyingLeftRange'; readonly price: Price }
  /** A time that the watch named has come: leave after so long, or try an exit again. */
  | { readonly kind: 'due'; readonly price: Price }
  /** The date's square-off time has come. */
  | { readonly kind: 'squareOffDue'; readonly price: Price; readonly tradingDaysToExpiry: number | null }
  | { readonly kind: 'exitNow'; readonly by: 'byHand' | 'endOfData'; readonly price: Price | null };
