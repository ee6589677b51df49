import { formatIst, type RunReport } from '@sauda/engine';

import { counted } from '../counted.js';
import { amount, NONE, tone } from './amounts.js';
import { chargeWords } from './charge-kinds.js';
import { endWords, priceText, purposeWords, sentWords, symbolOf, valueWords } from './deal-words.js';
import { type Html, html, noHtml } from './html.js';
import type { SavedOrder, SavedTrip } from './saved-form.js';
import { signalOf, slippageOf } from './trips.js';

/**
 * A round trip's journal, folded: the signal behind it, its orders with their fills and slippage, and its charges by kind.
 *
 * @param named whether its account is said: where there are several.
 */
export function orderTable(trip: SavedTrip, signals: RunReport['signals'], named: boolean): Html {
  const { orders, charges } = trip;
  if (orders === undefined) return noHtml;
  const signal = signalOf(trip, signals);
  return html`<details>
<summary><span class="narrow"><b class="${tone(trip.netPaise)}">${amount(trip.netPaise)}</b> ${trip.exitReason} · </span>${named ? `${trip.account} · ` : ''}${summaryOf(trip, orders, signal)}</summary>
${signal === undefined ? noHtml : html`<p>Signal of ${formatIst(signal.time)}: ${signal.direction}, ${signal.reason}${valuesOf(signal.values)}.</p>\n`}<div class="scroll"><table>
<thead><tr><th scope="col">Order</th><th scope="col">For</th><th scope="col">Deal</th><th scope="col">Sent as</th><th scope="col">Decided</th><th scope="col" class="number">At price</th><th scope="col">Filled</th><th scope="col" class="number">Slippage</th><th scope="col" class="number">Charges</th><th scope="col">End</th></tr></thead>
<tbody>
${orders.map(orderRow)}</tbody>
</table></div>
${charges === undefined ? noHtml : html`<p>Charges: ${chargeWords(charges)}.</p>\n`}</details>`;
}

function summaryOf(trip: SavedTrip, orders: readonly SavedOrder[], signal: ReturnType<typeof signalOf>): string {
  const slippage = slippageOf(trip);
  const parts = [
    counted(orders.length, 'order'),
    slippage === null ? '' : `slippage ${amount(slippage)}`,
    signal === undefined ? '' : signal.reason,
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function orderRow(order: SavedOrder): Html {
  const { id, side, quantity, instrument, decidedAt, decidedPrice, slippagePaise, fills } = order;
  const paid = fills.reduce((sum, { chargesPaise }) => sum + chargesPaise, 0);
  return html`<tr><td>${id}</td><td>${purposeWords(order)}</td><td>${side} ${quantity} ${symbolOf(instrument)}</td><td>${sentWords(order)}</td><td>${formatIst(decidedAt)}</td><td class="number">${decidedPrice === null ? NONE : priceText(decidedPrice)}</td><td>${fills.map(fillLine)}</td><td class="number">${amount(slippagePaise)}</td><td class="number">${amount(paid)}</td><td class="end">${endWords(order)}${saidOf(order)}</td></tr>\n`;
}

const saidOf = ({ reason = null }: SavedOrder): Html => (reason === null ? noHtml : html`<div class="faint">${reason}</div>`);

const fillLine = ({ time, quantity, price }: SavedOrder['fills'][number]): Html =>
  html`<div>${quantity} at ${priceText(price)}, ${formatIst(time).slice(11)}</div>`;

function valuesOf(values: Readonly<Record<string, number>>): string {
  const words = valueWords(values);
  return words === '' ? '' : ` (${words})`;
}
