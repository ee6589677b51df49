import { alertList } from './alert-list.js';
import { money } from './amounts.js';
import { breakerList } from './breaker-list.js';
import { chargeTable } from './charge-table.js';
import { type ChartLibrary, chartLibrary } from './chart-library.js';
import { curvesOf } from './curves.js';
import { figureList } from './figure-list.js';
import { groupTable } from './group-table.js';
import { type Html, html, jsonSource, noHtml, ownSource } from './html.js';
import { monthTable } from './month-table.js';
import { PAGE_SCRIPT } from './page-script.js';
import { PAGE_STYLE } from './page-style.js';
import { roundTripTable } from './round-trip-table.js';
import type { SavedReport } from './saved-form.js';
import { tripsOf } from './trips.js';

/** The page may run what it brought and load nothing: it reads the same without a network, and tells nobody that it was read. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

/**
 * A run on one HTML page that needs no network: what it rests on, figures, curves, breakers and alerts, results by month, hour, weekday, set,
 * strategy and underlying, charges by kind, and every round trip with its orders. Equal reports give equal pages. Everything that comes from the report is escaped.
 */
export function tearsheet(report: SavedReport, library: ChartLibrary = chartLibrary()): string {
  const title = titleOf(report);
  const trips = tripsOf(report);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${ownSource(library.style + PAGE_STYLE)}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p class="note">${datesOf(report)}</p>
${accountsOf(report)}
${notices(report)}
</header>
<main>
${figureList(report)}
${charts(report)}
${breakerList(report.breakers)}
${alertList(report.alerts)}
${monthTable(report.roundTrips)}
${groupTable(trips, 'hour', 'hour of entry')}
${groupTable(trips, 'weekday', 'weekday of entry')}
${chargeTable(report)}
${groupTable(trips, 'set', 'set')}
${groupTable(trips, 'strategy', 'strategy')}
${groupTable(trips, 'underlying', 'underlying')}
${new Set(trips.map(({ account }) => account)).size > 1 ? groupTable(trips, 'account', 'account') : noHtml}
${signals(report.signals)}
${roundTripTable(report)}
${assumptions(report.assumptions)}
</main>
<footer>
<p>${report.candles} candles, ${report.ticks} points of the market.</p>
<p>Decisions <code>${report.decisionHash}</code></p>
</footer>
<script type="application/json" id="curves">${jsonSource(curvesOf(report))}</script>
<script>${ownSource(library.script)}</script>
<script>${ownSource(PAGE_SCRIPT)}</script>
</body>
</html>
`;
  return page.markup;
}

/** So many names stand in a title. */
const NAMES_MAX = 4;

function titleOf({ signals, roundTrips }: SavedReport): string {
  const from = [...roundTrips, ...signals];
  if (from.length === 0) return 'A run without signals';
  return `${named(from.map(({ set }) => set))} on ${named(from.map(({ underlying }) => underlying))}`;
}

function named(names: readonly string[]): string {
  const all = [...new Set(names)];
  const more = all.length - NAMES_MAX;
  return all.slice(0, NAMES_MAX).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function datesOf({ equity }: SavedReport): string {
  const [first, last] = [equity[0]?.date, equity.at(-1)?.date];
  if (first === undefined || last === undefined) return 'No trading day.';
  return first === last ? first : `${first} to ${last}, ${equity.length} trading days`;
}

/** With how much money, where the document says. */
function accountsOf({ accounts = [], capitalPaise }: SavedReport): Html {
  if (accounts.length === 0) return noHtml;
  const each = accounts.map((account) => `${account.id} ${money(account.capitalPaise)} (${account.broker})`).join(', ');
  if (accounts.length === 1) return html`<p class="note">Account ${each}</p>`;
  return html`<p class="note">Accounts ${each}${capitalPaise === undefined ? '' : `; together ${money(capitalPaise)}`}</p>`;
}

function notices({ waivers, warnings }: SavedReport): Html {
  if (waivers.length + warnings.length === 0) return noHtml;
  return html`<ul class="notices">
${waivers.map((waiver) => html`<li><b>Waived</b> ${waiver}</li>\n`)}${warnings.map(
  ({ code, message }) => html`<li><b>Warning</b> ${message} <span class="faint">(${code})</span></li>\n`,
)}</ul>`;
}

const charts = ({ equity }: SavedReport): Html =>
  equity.length === 0
    ? noHtml
    : html`<section>
<h2>Equity</h2>
<div class="chart" id="equity"></div>
<h2>Drawdown</h2>
<div class="chart" id="drawdown"></div>
</section>`;

function signals(all: SavedReport['signals']): Html {
  if (all.length === 0) return noHtml;
  const counts = new Map<string, number>();
  for (const { outcome } of all) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const rows = [...counts].sort(([, left], [, right]) => right - left);
  return html`<section>
<h2>What became of the signals</h2>
<div class="scroll"><table class="short">
<thead><tr><th scope="col">Outcome</th><th scope="col" class="number">Signals</th></tr></thead>
<tbody>
${rows.map(([outcome, count]) => html`<tr><th scope="row">${outcome}</th><td class="number">${count}</td></tr>\n`)}</tbody>
</table></div>
</section>`;
}

const assumptions = (lines: readonly string[]): Html =>
  lines.length === 0
    ? noHtml
    : html`<section>
<h2>What the numbers rest on</h2>
<ul>
${lines.map((line) => html`<li>${line}</li>\n`)}</ul>
</section>`;
