import { formatIst, formatRupees, type SetEvent } from '@sauda/engine';

import type { Style } from './style.js';

/** What happened to a set in a sentence, or `null` for what only programs care about. Moved stops are told when `stops` is asked for. */
export function eventLine(
  instance: string,
  event: SetEvent,
  { stops, style }: { readonly stops: boolean; readonly style: Style },
): string | null {
  const words = inWords(event, stops, style);
  if (words === null) return null;
  return `${style.faint(formatIst(event.at).slice(5))}  ${style.strong(instance)}  ${words}`;
}

function inWords(event: SetEvent, stops: boolean, style: Style): string | null {
  switch (event.kind) {
    case 'signalSeen':
      return `signal: ${event.signal.direction}, ${event.signal.reason}`;
    case 'entryRefused':
      return style.warn(`no entry: ${event.reason} (${event.code})`);
    case 'setOpened': {
      const { side, quantity, instrument, entryPrice, stop, target } = event.position;
      const levels = [stop === null ? '' : `stop ${stop.toFixed(2)}`, target === null ? '' : `target ${target.toFixed(2)}`];
      const known = levels.filter((level) => level !== '').join(', ');
      return `${side === 'buy' ? 'bought' : 'sold'} ${quantity} ${instrument} at ${entryPrice.toFixed(2)}${known === '' ? '' : ` (${known})`}`;
    }
    case 'stopMoved':
      return stops ? `stop moved to ${event.stop.toFixed(2)}` : null;
    case 'exitTriggered':
      return `leaving: ${event.rule}${event.price === null ? '' : ` at ${event.price.toFixed(2)}`}`;
    case 'exitPostponed':
      return style.warn(`exit postponed: ${event.reason}`);
    case 'positionReduced':
      return `${event.quantity} left by ${event.rule}`;
    case 'heldOvernight':
      return style.warn('held overnight: too little of the target is reached');
    case 'setClosed': {
      const net = event.grossPaise - event.chargesPaise;
      return `closed by ${event.rule}: ${(net < 0 ? style.bad : style.good)(formatRupees(net))} after ${formatRupees(event.chargesPaise)} of charges`;
    }
    case 'setHalted':
      return style.bad(`HALTED by ${event.by}: ${event.reason}`);
    case 'setStopped':
      return `stopped by ${event.by}: ${event.reason}`;
    default:
      return null;
  }
}
