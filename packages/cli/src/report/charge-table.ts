import type { RunReport } from '@sauda/engine';

import { money, percent } from './amounts.js';
import { type Html, html, noHtml } from './html.js';
import { tradedPaise } from './trips.js';

/** What the charges were, and how much that is beside what was traded and earned. */
export function chargeTable({ roundTrips, figures }: RunReport): Html {
  if (roundTrips.length === 0) return noHtml;
  const traded = roundTrips.reduce((sum, trip) => sum + tradedPaise(trip), 0);
  const rows: readonly (readonly [string, string])[] = [
    ['All charges', money(figures.chargesPaise)],
    ['For a round trip, on average', money(figures.chargesPaise / roundTrips.length)],
    ['Bought and sold', money(traded)],
    ['Charges as a share of it', percent(traded > 0 ? figures.chargesPaise / traded : null, 3)],
    ['Charges as a share of the gross profit', percent(figures.grossPaise > 0 ? figures.chargesPaise / figures.grossPaise : null)],
  ];
  return html`<section>
<h2>Charges</h2>
<div class="scroll"><table class="short">
<tbody>
${rows.map(([name, value]) => html`<tr><th scope="row">${name}</th><td class="number">${value}</td></tr>\n`)}</tbody>
</table></div>
</section>`;
}
