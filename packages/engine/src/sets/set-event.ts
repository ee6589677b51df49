import type { InstrumentKey } from '../market/instrument.js';
import type { BrokerNews } from '../orders/broker-news.js';
import type { Fill } from '../orders/fill.js';
import type { OrderPurpose, OrderRequest } from '../orders/order-request.js';
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
  | { readonly kind: 'legsChosen'; readonly leg: ChosenLeg; readonly availablePaise: Paise }
  /** How much was decided; `costPaise` is what the account sets aside for it. */
  | {
      readonly kind: 'entryPlanned';
      readonly instrument: InstrumentKey;
      readonly lots: number;
      readonly quantity: number;
      readonly costPaise: Paise;
    }
  | { readonly kind: 'legOrderRequested'; readonly purpose: OrderPurpose; readonly order: OrderRequest }
  | { readonly kind: 'orderChanged'; readonly news: Exclude<BrokerNews, { kind: 'filled' }> }
  | {
      readonly kind: 'legFilled';
      readonly fill: Fill;
      readonly purpose: OrderPurpose;
      readonly chargesPaise: Paise;
      readonly realisedPaise: Paise;
      readonly costPaise: Paise;
    }
  | { readonly kind: 'setOpened'; readonly position: OpenPosition }
  | { readonly kind: 'stopMoved'; readonly stop: Price; readonly best: Price }
  | {
      readonly kind: 'exitTriggered';
      readonly rule: ExitRule;
      readonly price: Price | null;
      readonly quantity: number;
      readonly reverse: Signal | null;
    }
  | { readonly kind: 'exitPostponed'; readonly reason: string; readonly retryAt: EpochMs }
  /** A part of an exit was filled before its order ended; the rest is still to leave. */
  | { readonly kind: 'exitReduced'; readonly quantity: number }
  | { readonly kind: 'heldOvernight'; readonly targetShare: number }
  | { readonly kind: 'positionReduced'; readonly quantity: number; readonly rule: ExitRule; readonly partialsLeft: number }
  | {
      readonly kind: 'setClosed';
      readonly rule: ExitRule;
      readonly grossPaise: Paise;
      readonly chargesPaise: Paise;
      readonly coolUntil: EpochMs;
    };
