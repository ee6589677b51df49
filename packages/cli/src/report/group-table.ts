import { groupBy, type RoundTrip } from '@sauda/engine';

import { amount, amountCell, percent, ratio } from './amounts.js';
import { capitalised } from './deal-words.js';
import { type Html, html, noHtml } from './html.js';

type Grouping = Parameters<typeof groupBy>[1];

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** The round trips by one of the engine's groupings, as a table; the net comes first, for a phone shows few columns. Nothing when no group has a name: then the report does not say. */
export function groupTable(trips: readonly RoundTrip[], grouping: Grouping, title: string): Html {
  const groups = groupBy(trips, grouping).filter(({ key }) => key !== '');
  if (groups.length === 0) return noHtml;
  return html`<section>
<h2>By ${title}</h2>
<div class="scroll"><table class="groups">
<thead><tr><th scope="col">${capitalised(title)}</th><th scope="col" class="number">Net</th><th scope="col" class="number">Round trips</th><th scope="col" class="number">Win rate</th><th scope="col" class="number">Profit factor</th><th scope="col" class="number">Expectancy</th><th scope="col" class="number">Gross</th><th scope="col" class="number">Charges</th></tr></thead>
<tbody>
${groups.map(
  ({ key, figures }) =>
    html`<tr><th scope="row">${nameOf(key, grouping)}</th>${amountCell(figures.netPaise)}<td class="number">${figures.roundTrips}</td><td class="number">${percent(figures.winRate)}</td><td class="number">${ratio(figures.profitFactor)}</td>${amountCell(figures.expectancyPaise)}<td class="number">${amount(figures.grossPaise)}</td><td class="number">${amount(figures.chargesPaise)}</td></tr>\n`,
)}</tbody>
</table></div>
</section>`;
}

function nameOf(key: string, grouping: Grouping): string {
  if (grouping === 'weekday') return WEEKDAYS[Number(key)] ?? key;
  return grouping === 'hour' ? `${key}:00–${key}:59` : key;
}
