import {
  type AccountStatus,
  formatIst,
  formatRupees,
  type InstanceId,
  type OpenOrderStatus,
  type Paise,
  type PositionStatus,
  type RunStatus,
  type SetStatus,
} from '@sauda/engine';

import { counted } from '../counted.js';
import type { LastSignal } from '../last-signals.js';
import { type Style, toneOf } from './style.js';

/** What the status is told with. */
export interface StatusView {
  readonly style: Style;
  readonly lastSignalOf: (instance: InstanceId) => LastSignal | null;
}

/** How a run stands, for people: the switch, then a block for each account and each set. */
export function statusLines({ at, tradingSwitch, accounts, sets }: RunStatus, view: StatusView): string {
  const names = [...accounts.map(({ account }) => account), ...sets.map(({ instance }) => instance)];
  const width = Math.max(...names.map((name) => name.length));
  const block = (name: string, [first = '', ...more]: readonly string[]): readonly string[] => [
    `${view.style.strong(name.padEnd(width))}  ${first}`,
    ...more.map((line) => `${' '.repeat(width)}  ${line}`),
  ];
  return [
    `${view.style.faint(formatIst(at))}  ${switchInWords(tradingSwitch, view.style)}`,
    ...accounts.flatMap((account) => block(account.account, accountLines(account, view.style))),
    ...sets.flatMap((set) => block(set.instance, setLines(set, view))),
  ].join('\n');
}

/** The words for a halted switch, wherever it is shown. */
export const HALTED = 'TRADING IS HALTED';

function switchInWords(tradingSwitch: RunStatus['tradingSwitch'], { good, bad, warn, strong }: Style): string {
  switch (tradingSwitch) {
    case 'active':
      return good('TRADING IS ACTIVE');
    case 'exits-only':
      return warn('EXITS ONLY: nothing is entered');
    case 'halted':
      return strong(bad(`${HALTED}: the engine sends nothing by itself, exits included`));
  }
}

function accountLines(account: AccountStatus, style: Style): readonly string[] {
  const { equityPaise, dayPaise, openSets, ordersToday, line, reconciled, closing } = account;
  const busy = `${counted(openSets, 'set')} open, ${counted(ordersToday, 'order')}`;
  const lines = [`equity ${formatRupees(equityPaise)}, today ${signed(dayPaise, style)}, ${busy}, line ${line}`];
  if (line === 'down') lines.push(style.warn('the line to the broker is lost: nothing is entered'));
  else if (!reconciled) lines.push(style.warn("the broker's positions are being compared: nothing is entered yet"));
  const stopped = stoppedWords(account);
  if (stopped !== null) lines.push(style.bad(stopped));
  if (closing) lines.push(style.bad('its positions are being closed'));
  if (account.disputed.length > 0) lines.push(style.bad(`the broker has something else of ${account.disputed.join(', ')}`));
  const ignored = Object.entries(account.ignored).filter(([, quantity]) => quantity !== 0);
  if (ignored.length > 0) lines.push(`none of ours: ${ignored.map(([instrument, quantity]) => `${quantity} ${instrument}`).join(', ')}`);
  return lines;
}

/** Since when an account enters nothing, why, and how it goes on; `null` where it is not stopped. */
export function stoppedWords({ account, halted }: AccountStatus): string | null {
  if (halted === null) return null;
  const itself = halted.until === null ? 'To go on' : `By itself from ${halted.until} on, or`;
  return `STOPPED since ${formatIst(halted.at)}: ${halted.reason} (${halted.code}) ${itself}: rearm ${account}`;
}

function setLines(set: SetStatus, { style, lastSignalOf }: StatusView): readonly string[] {
  const { phase, halted, position, orders, entriesToday, netTodayPaise, instance } = set;
  const today = `${counted(entriesToday, 'entry', 'entries')} today, ${signed(netTodayPaise, style)} closed`;
  const lines = [`${phase}, ${today}`];
  if (halted !== null) lines.push(style.bad(`HALTED by ${halted.by}: ${halted.reason}`));
  if (position !== null) lines.push(positionLine(position, style));
  lines.push(...orders.map(orderLine));
  const last = lastSignalOf(instance);
  if (last !== null) {
    const { signal, outcome } = last;
    lines.push(style.faint(`last signal ${formatIst(signal.at).slice(5)} ${signal.direction}, ${signal.reason}: ${outcome}`));
  }
  return lines;
}

function positionLine({ instrument, quantity, entryPrice, price, openPaise, stop, target }: PositionStatus, style: Style): string {
  const levels = [
    price === null ? 'no price' : `now ${price.toFixed(2)}`,
    openPaise === null ? '' : signed(openPaise, style),
    stop === null ? '' : `stop ${stop.toFixed(2)}`,
    target === null ? '' : `target ${target.toFixed(2)}`,
  ];
  return `${quantity} ${instrument} at ${entryPrice.toFixed(2)}: ${levels.filter((level) => level !== '').join(', ')}`;
}

function orderLine({ orderId, purpose, side, quantity, filledQuantity, status, price, triggerPrice }: OpenOrderStatus): string {
  const filled = filledQuantity === 0 ? '' : `, ${filledQuantity} filled`;
  const terms = [triggerPrice === null ? '' : ` trigger ${triggerPrice.toFixed(2)}`, price === null ? '' : ` limit ${price.toFixed(2)}`];
  return `${purpose} order ${orderId}: ${side} ${quantity}${terms.join('')}, ${STATUS_WORDS[status] ?? status}${filled}`;
}

/** Where the engine's word is not a trader's. */
const STATUS_WORDS: Readonly<Record<string, string>> = {
  requested: 'waits for its turn',
  submitted: 'sent, not answered',
  acknowledged: 'taken by the broker',
  open: 'rests',
  triggerPending: 'waits for its trigger',
  partiallyFilled: 'filled in part',
  unknown: 'NOBODY CAN SAY what became of it',
};

const signed = (paise: Paise, style: Style): string => toneOf(paise, style)(`${paise > 0 ? '+' : ''}${formatRupees(paise)}`);
