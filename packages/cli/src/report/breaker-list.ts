import { formatIst } from '@sauda/engine';

import { priceText, symbolOf } from './deal-words.js';
import { type Html, html, noHtml } from './html.js';
import { limitWords } from './limit-words.js';
import { rearmedWords } from './rearmed-words.js';
import type { SavedReport } from './saved-form.js';

type Breaker = NonNullable<SavedReport['breakers']>[number];

/** More breakers than this are folded. */
const SHOWN_MAX = 3;

/** The circuit breakers that tripped, each with its trail: limit, value, time, what closed the positions, how the account is re-armed and who did it. */
export function breakerList(breakers: readonly Breaker[] = []): Html {
  if (breakers.length === 0) return noHtml;
  return html`<section>
<h2>Circuit breakers</h2>
${breakers.map((breaker) => breakerOf(breaker, breakers.length <= SHOWN_MAX))}</section>`;
}

function breakerOf(breaker: Breaker, open: boolean): Html {
  const { account, code, reason, limit, value, time, closedBy, closedAt, rearm } = breaker;
  const facts: readonly (readonly [string, string])[] = [
    ['Tripped', formatIst(time)],
    ['Limit', limitWords(code, limit)],
    ['Found', limitWords(code, value)],
    ['Flat', closedAt === null ? 'not yet' : formatIst(closedAt)],
    ['Re-armed', rearmedWords(breaker)],
    ['To re-arm', rearm],
  ];
  return html`<details class="breaker"${open ? html` open` : noHtml}>
<summary><b>${account}</b> ${formatIst(time).slice(0, 16)} ${reason} <code>${code}</code></summary>
<dl class="facts">
${facts.map(([name, text]) => html`<div><dt>${name}</dt><dd>${text}</dd></div>\n`)}</dl>
${closedBy.length === 0 ? html`<p class="note">Nothing was held.</p>\n` : closedTable(closedBy)}</details>
`;
}

const closedTable = (closedBy: Breaker['closedBy']): Html => html`<p>Closed by</p>
<div class="scroll"><table class="short">
<thead><tr><th scope="col">Time</th><th scope="col">Order</th><th scope="col">Set</th><th scope="col">Instrument</th><th scope="col" class="number">Quantity</th><th scope="col" class="number">Price</th></tr></thead>
<tbody>
${closedBy.map(
  ({ time, orderId, set, instrument, side, quantity, price }) =>
    html`<tr><td>${formatIst(time)}</td><td>${orderId}</td><td>${set}</td><td>${symbolOf(instrument)}</td><td class="number">${side === 'buy' ? quantity : -quantity}</td><td class="number">${priceText(price)}</td></tr>\n`,
)}</tbody>
</table></div>
`;
