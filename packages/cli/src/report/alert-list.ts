import { formatIst } from '@sauda/engine';

import { type Html, html, noHtml } from './html.js';
import type { SavedReport } from './saved-form.js';

type Alert = NonNullable<SavedReport['alerts']>[number];

/** The worst first. */
const SEVERITIES: readonly Alert['severity'][] = ['critical', 'warning', 'info'];

/** More alerts of a kind than this are folded away. */
const SHOWN_MAX = 5;

/** What people were told, critical alerts first; many are folded. */
export function alertList(alerts: readonly Alert[] = []): Html {
  if (alerts.length === 0) return noHtml;
  return html`<section>
<h2>Alerts</h2>
${SEVERITIES.map((severity) =>
  groupOf(
    severity,
    alerts.filter((alert) => alert.severity === severity),
  ),
)}</section>`;
}

function groupOf(severity: Alert['severity'], alerts: readonly Alert[]): Html {
  if (alerts.length === 0) return noHtml;
  const open = alerts.length <= SHOWN_MAX && severity !== 'info' ? html` open` : noHtml;
  return html`<details class="alerts"${open}>
<summary><b class="${severity}">${severity}</b> ${alerts.length}</summary>
<ul>
${alerts.map(
  ({ time, code, message, remedy }) =>
    html`<li><span class="faint">${formatIst(time)}</span> ${message} ${remedy === '' ? noHtml : html`<span class="faint">${remedy}</span> `}<code>${code}</code></li>\n`,
)}</ul>
</details>
`;
}
