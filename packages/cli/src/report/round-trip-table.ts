import { formatIst } from '@sauda/engine';

import { amount, amountCell } from './amounts.js';
import { priceText, symbolOf } from './deal-words.js';
import { type Html, html, noHtml } from './html.js';
import { orderTable } from './order-table.js';
import type { SavedReport, SavedTrip } from './saved-form.js';
import { entryOf, exitOf } from './trips.js';

type Leg = SavedTrip['legs'][number];

const COLUMNS: readonly (readonly [title: string, className: string])[] = [
  ['Entry', ''],
  ['Exit', ''],
  ['Set', ''],
  ['Instrument', ''],
  ['Quantity', 'number'],
  ['Entry price', 'number'],
  ['Exit price', 'number'],
  ['Reason', ''],
  ['Gross', 'number'],
  ['Charges', 'number'],
  ['Net', 'number'],
];

/** Every round trip, one row each, a line for each of its legs, and below it, folded, its signal and orders. Headings sort. */
export function roundTripTable({ roundTrips, signals }: Pick<SavedReport, 'roundTrips' | 'signals'>): Html {
  if (roundTrips.length === 0) return html`<section>\n<h2>Round trips</h2>\n<p class="note">There are none.</p>\n</section>`;
  const severalAccounts = new Set(roundTrips.map(({ account }) => account)).size > 1;
  return html`<section>
<h2>Round trips</h2>
<p class="note">Times are Indian. Sold quantities are negative; a price with * comes from the pricing model. A heading sorts.${hasOrders(roundTrips) ? ' Below each are its signal and orders.' : ''}</p>
${folded(
  roundTrips.length,
  html`<div class="scroll"><table class="sortable trips">
<thead><tr>${COLUMNS.map(([title, className]) => html`<th scope="col" class="${className}"><button type="button">${title}</button></th>`)}</tr></thead>
${roundTrips.map((trip) => html`<tbody>\n${row(trip)}${ordersRow(orderTable(trip, signals, severalAccounts))}</tbody>\n`)}</table></div>`,
)}
</section>`;
}

/** A browser needs half a minute to lay out some ten thousand rows; what is folded it leaves until somebody asks. */
const OPEN_MAX = 1_000;

const folded = (count: number, content: Html): Html =>
  count <= OPEN_MAX ? content : html`<details>\n<summary>All ${count} round trips</summary>\n${content}\n</details>`;

const hasOrders = (roundTrips: readonly SavedTrip[]): boolean => roundTrips.some(({ orders }) => orders !== undefined);

const ordersRow = (orders: Html): Html =>
  orders === noHtml ? noHtml : html`<tr class="orders"><td colspan="${COLUMNS.length}">${orders}</td></tr>\n`;

function row(trip: SavedTrip): Html {
  const [first] = trip.legs;
  return html`<tr>${timeCell(entryOf(trip))}${timeCell(exitOf(trip))}<td>${trip.set}</td><td>${lines(trip, ({ instrument }) => symbolOf(instrument))}</td><td class="number" data-value="${first === undefined ? 0 : signed(first)}">${lines(trip, (leg) => String(signed(leg)))}</td><td class="number" data-value="${first?.entryPrice ?? 0}">${lines(trip, (leg) => price(leg.entryPrice, leg))}</td><td class="number" data-value="${first?.exitPrice ?? 0}">${lines(trip, (leg) => price(leg.exitPrice, leg))}</td><td>${trip.exitReason}</td><td class="number" data-value="${trip.grossPaise}">${amount(trip.grossPaise)}</td><td class="number" data-value="${trip.chargesPaise}">${amount(trip.chargesPaise)}</td>${amountCell(trip.netPaise)}</tr>\n`;
}

const timeCell = (time: number): Html =>
  html`<td class="time" data-value="${time}" title="${formatIst(time)}">${formatIst(time).slice(0, 16)}</td>`;

const lines = ({ legs }: SavedTrip, textOf: (leg: Leg) => string): readonly Html[] => legs.map((leg) => html`<div>${textOf(leg)}</div>`);

const signed = ({ side, quantity }: Leg): number => (side === 'buy' ? quantity : -quantity);

const price = (value: number, { premium }: Leg): string => priceText(value) + (premium === 'model' ? '*' : '');
