import type { Paise } from '@sauda/engine';

import { adjustmentWords } from './adjustment-words.js';
import { amount, money, NONE, percent } from './amounts.js';
import { chargeKinds } from './charge-kinds.js';
import { capitalised } from './deal-words.js';
import { type Html, html, noHtml } from './html.js';
import type { SavedReport } from './saved-form.js';
import { slippageOf, tradedOf } from './trips.js';

/** What the charges were, by kind, and how much that is beside what was dealt and earned; and what contract notes have adjusted. */
export function chargeTable(report: SavedReport): Html {
  const { roundTrips, figures, adjustments = [] } = report;
  if (roundTrips.length === 0 && adjustments.length === 0) return noHtml;
  return html`<section>
<h2>Charges</h2>
${figures.charges === undefined ? noHtml : kindTable(figures.charges, figures.chargesPaise)}<div class="scroll"><table class="short">
<tbody>
${rowsOf(report).map(([name, value]) => html`<tr><th scope="row">${name}</th><td class="number">${value}</td></tr>\n`)}</tbody>
</table></div>
${adjustmentTable(adjustments)}</section>`;
}

const kindTable = (charges: Parameters<typeof chargeKinds>[0], total: Paise): Html => html`<div class="scroll"><table class="short">
<thead><tr><th scope="col">Kind</th><th scope="col" class="number">Amount</th><th scope="col" class="number">Share</th></tr></thead>
<tbody>
${chargeKinds(charges).map(
  ([name, paise]) =>
    html`<tr><th scope="row">${capitalised(name)}</th><td class="number">${amount(paise)}</td><td class="number">${total === 0 ? NONE : percent(paise / total)}</td></tr>\n`,
)}</tbody>
</table></div>
`;

function rowsOf({ roundTrips, figures }: SavedReport): readonly (readonly [string, string])[] {
  const traded = figures.tradedPaise ?? roundTrips.reduce((sum, trip) => sum + tradedOf(trip), 0);
  const slippage = roundTrips.reduce<Paise | null>((sum, trip) => plus(sum, slippageOf(trip)), null);
  const rows: readonly (readonly [string, string])[] = [
    ['All charges', money(figures.chargesPaise)],
    ['For a round trip, on average', money(roundTrips.length === 0 ? null : figures.chargesPaise / roundTrips.length)],
    ['Bought and sold', money(traded)],
    ['Charges as a share of it', percent(traded > 0 ? figures.chargesPaise / traded : null, 3)],
    ['Charges as a share of the gross profit', percent(figures.grossPaise > 0 ? figures.chargesPaise / figures.grossPaise : null)],
  ];
  return slippage === null ? rows : [...rows, ['Slippage, in the gross profit already', money(slippage)]];
}

const plus = (left: Paise | null, right: Paise | null): Paise | null => (right === null ? left : (left ?? 0) + right);

function adjustmentTable(adjustments: NonNullable<SavedReport['adjustments']>): Html {
  if (adjustments.length === 0) return noHtml;
  return html`<details>
<summary>${adjustmentWords(adjustments)}</summary>
<div class="scroll"><table class="short">
<thead><tr><th scope="col">Day</th><th scope="col">Account</th><th scope="col" class="number">Adjustment</th></tr></thead>
<tbody>
${adjustments.map(
  ({ date, account, chargesPaise }) =>
    html`<tr><th scope="row">${date}</th><td>${account}</td><td class="number">${amount(chargesPaise)}</td></tr>\n`,
)}</tbody>
</table></div>
</details>
`;
}
