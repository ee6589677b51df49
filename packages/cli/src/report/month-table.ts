import { money, tone, wholeRupees } from './amounts.js';
import { type Html, html, noHtml } from './html.js';
import { monthlyNet } from './months.js';
import type { SavedReport } from './saved-form.js';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Net of each month and year in whole rupees, the deeper the colour the larger; the exact amount shows under the pointer. */
export function monthTable(roundTrips: SavedReport['roundTrips']): Html {
  const years = monthlyNet(roundTrips);
  if (years.length === 0) return noHtml;
  const largest = Math.max(1, ...years.flatMap(({ months }) => months.map((net) => Math.abs(net ?? 0))));
  const cell = (net: number | null): Html =>
    net === null
      ? html`<td class="number faint">–</td>`
      : html`<td class="number heat ${tone(net)}" style="--heat:${Math.round((Math.abs(net) / largest) * 100)}%" title="${money(net)}">${wholeRupees(net)}</td>`;
  return html`<section>
<h2>By month</h2>
<p class="note">Net of the round trips that ended in it, in whole rupees.</p>
<div class="scroll"><table class="months">
<thead><tr><th scope="col">Year</th>${MONTHS.map((month) => html`<th scope="col" class="number">${month}</th>`)}<th scope="col" class="number">Year’s net</th></tr></thead>
<tbody>
${years.map(
  ({ year, months, netPaise }) =>
    html`<tr><th scope="row">${year}</th>${months.map(cell)}<td class="number sum ${tone(netPaise)}" title="${money(netPaise)}">${wholeRupees(netPaise)}</td></tr>\n`,
)}</tbody>
</table></div>
</section>`;
}
