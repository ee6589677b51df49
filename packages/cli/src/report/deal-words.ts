import { amount } from './amounts.js';
import type { SavedOrder } from './saved-form.js';

/** A price as people write it: two decimals, grouped. */
export const priceText = (price: number): string => amount(price * 100);

/** An instrument's symbol, without its exchange. */
export const symbolOf = (key: string): string => key.slice(key.indexOf(':') + 1);

/** With a capital at its beginning. */
export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What an order was for. */
export function purposeWords({ purpose, rule, by }: SavedOrder): string {
  if (by !== null) return DEALERS[by] ?? by;
  if (purpose === 'entry') return 'Entry';
  return purpose === 'protect' ? 'Stop at the exchange' : `Exit${rule === null ? '' : `, ${rule}`}`;
}

/** What it was sent as. */
export function sentWords({ kind, limit, trigger, by }: SavedOrder): string {
  if (kind === null) return by === null ? 'sent before this run' : 'no order of ours';
  if (kind === 'market') return 'at the market';
  const terms = [trigger === null ? '' : `stop ${priceText(trigger)}`, limit === null ? '' : `limit ${priceText(limit)}`];
  return terms.filter((term) => term !== '').join(', ');
}

/** How it ended. */
export const endWords = ({ status }: SavedOrder): string => ENDS[status] ?? status;

/** The numbers behind a signal: `fast 21612.10, slow 21611.44`. */
export const valueWords = (values: Readonly<Record<string, number>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name} ${Number.isInteger(value) ? value : value.toFixed(2)}`)
    .join(', ');

const DEALERS: Readonly<Record<string, string>> = {
  settlement: 'Settled by the exchange',
  autoSquareOff: 'Squared off by the broker',
  byHandAtBroker: 'By hand at the broker',
};

const ENDS: Readonly<Record<string, string>> = {
  refused: 'refused by the gate',
  withdrawn: 'withdrawn, not sent',
  neverReached: 'never reached the broker',
};
