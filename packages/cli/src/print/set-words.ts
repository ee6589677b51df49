import { formatIst, formatRupees, type SetEvent } from '@sauda/engine';

import type { Style } from './style.js';

/** How much is told. */
export interface SetWordsView {
  readonly style: Style;
  /** Also of every stop that moves. */
  readonly stops: boolean;
}

/** What happened to a set in a sentence, or `null` for what only programs care about, for what an alert tells, and for what is an order's. */
export function setWords(event: SetEvent, { style, stops }: SetWordsView): string | null {
  switch (event.kind) {
    case 'setStarted':
      return event.by === 'config' ? null : `started by ${event.by}`;
    case 'setStopped':
      return `stopped by ${event.by}: ${event.reason}`;
    case 'signalSeen':
      return `signal: ${event.signal.direction}, ${event.signal.reason}`;
    case 'entryRefused':
      return style.warn(`no entry: ${event.reason} (${event.code})`);
    case 'entryTimedOut':
      return style.warn('the time for the entry is over: what is not filled is cancelled');
    case 'entryAbandoned':
      return style.warn(`the entry is given up: ${event.rule}`);
    case 'setOpened':
      return opened(event);
    case 'stopMoved':
      return stops ? `stop moved to ${event.stop.toFixed(2)}` : null;
    case 'exitTriggered': {
      if (event.rule === 'lateFill') return null;
      const part = event.keep === 0 ? '' : `, ${event.quantity} of ${event.quantity + event.keep}`;
      return `leaving: ${event.rule}${event.price === null ? '' : ` at ${event.price.toFixed(2)}`}${part}`;
    }
    case 'exitPostponed':
      return style.warn(`exit put off, tried again from ${formatIst(event.retryAt).slice(11)} on: ${event.reason}`);
    case 'positionReduced':
      return `${event.quantity} left by ${event.rule}`;
    case 'heldOvernight':
      return style.warn('held overnight: too little of the target is reached');
    case 'setClosed': {
      const net = event.grossPaise - event.chargesPaise;
      return `closed by ${event.rule}: ${(net < 0 ? style.bad : style.good)(formatRupees(net))} after ${formatRupees(event.chargesPaise)} of charges`;
    }
    default:
      return null;
  }
}

function opened({ position }: Extract<SetEvent, { kind: 'setOpened' }>): string {
  const { side, quantity, instrument, entryPrice, stop, target } = position;
  const levels = [stop === null ? '' : `stop ${stop.toFixed(2)}`, target === null ? '' : `target ${target.toFixed(2)}`];
  const known = levels.filter((level) => level !== '').join(', ');
  return `${side === 'buy' ? 'bought' : 'sold'} ${quantity} ${instrument} at ${entryPrice.toFixed(2)}${known === '' ? '' : ` (${known})`}`;
}
