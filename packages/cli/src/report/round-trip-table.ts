import { formatIst, type RunReport } from '@sauda/engine';

import { amount, amountCell } from './amounts.js';
import { type Html, html } from './html.js';
import { entryOf, exitOf, type ReportedTrip } from './trips.js';

type Leg = ReportedTrip['legs'][number];

const COLUMNS: readonly (readonly [title: string, className: string])[] = [
  ['Entry', ''],
  ['Exit', ''],
  ['Set', ''],
  ['Instrument', ''],
  ['Quantity', 'number'],
  ['Bought or sold at', 'number'],
  ['Left at', 'number'],
  ['Reason', ''],
  ['Gross', 'number'],
  ['Charges', 'number'],
  ['Net', 'number'],
];

/** Every round trip, one row each, a line for each of its legs. Headings sort. */
export function roundTripTable(roundTrips: RunReport['roundTrips']): Html {
  if (roundTrips.length === 0) return html`<section>\n<h2>Round trips</h2>\n<p class="note">There are none.</p>\n</section>`;
  return html`<section>
<h2>Round trips</h2>
<p class="note">Times are Indian. Sold quantities are negative; a price with * comes from the pricing model. A heading sorts.</p>
<div class="scroll"><table class="sortable trips">
<thead><tr>${COLUMNS.map(([title, className]) => html`<th scope="col" class="${className}"><button type="button">${title}</button></th>`)}</tr></thead>
<tbody>
${roundTrips.map(row)}</tbody>
</table></div>
</section>`;
}

function row(trip: ReportedTrip): Html {
  const [first] = trip.legs;
  return html`<tr>${timeCell(entryOf(trip))}${timeCell(exitOf(trip))}<td>${trip.set}</td><td>${lines(trip, ({ instrument }) => symbolOf(instrument))}</td><td class="number" data-value="${first === undefined ? 0 : signed(first)}">${lines(trip, (leg) => String(signed(leg)))}</td><td class="number" data-value="${first?.entryPrice ?? 0}">${lines(trip, (leg) => price(leg.entryPrice, leg))}</td><td class="number" data-value="${first?.exitPrice ?? 0}">${lines(trip, (leg) => price(leg.exitPrice, leg))}</td><td>${trip.exitReason}</td><td class="number" data-value="${trip.grossPaise}">${amount(trip.grossPaise)}</td><td class="number" data-value="${trip.chargesPaise}">${amount(trip.chargesPaise)}</td>${amountCell(trip.netPaise)}</tr>\n`;
}

const timeCell = (time: number): Html =>
  html`<td class="time" data-value="${time}" title="${formatIst(time)}">${formatIst(time).slice(0, 16)}</td>`;

const lines = ({ legs }: ReportedTrip, textOf: (leg: Leg) => string): readonly Html[] => legs.map((leg) => html`<div>${textOf(leg)}</div>`);

const signed = ({ side, quantity }: Leg): number => (side === 'buy' ? quantity : -quantity);

const price = (value: number, { premium }: Leg): string => amount(value * 100) + (premium === 'model' ? '*' : '');

const symbolOf = (key: string): string => key.slice(key.indexOf(':') + 1);
