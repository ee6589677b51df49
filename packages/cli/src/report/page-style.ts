/** How the page looks: in light and in dark, on a screen and on paper. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ground: #fff; --text: #1b1f24; --faint: #5d6671; --line: #dfe3e8; --tile: #f5f7f9; --good: #0b7a45; --bad: #b3261e; --warn: #8a5a00; --warn-ground: #fff6e0; --curve: #1f5fbf; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #14171b; --text: #e4e7eb; --faint: #98a2ae; --line: #2c323a; --tile: #1c2127; --good: #4fc58a; --bad: #ff7b72; --warn: #f0b849; --warn-ground: #2b2412; --curve: #6ea8fe; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1200px; padding: 24px; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
h1 { margin: 0; font-size: 26px; line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin: 36px 0 8px; font-size: 18px; }
p { margin: 4px 0; }
summary { cursor: pointer; }
details > .scroll { margin-top: 6px; }
.scroll + .scroll, .scroll + details, .alerts + .alerts { margin-top: 12px; }
.note, .faint, dt, footer { color: var(--faint); }
.good { color: var(--good); }
.bad { color: var(--bad); }
.notices { margin: 16px 0 0; padding: 10px 14px; list-style: none; border-left: 4px solid var(--warn); background: var(--warn-ground); overflow-wrap: anywhere; }
.notices b { color: var(--warn); }
.figures { display: grid; grid-template-columns: repeat(5, 1fr); gap: 8px; margin: 20px 0 0; }
.figures + .note { margin-top: 8px; }
.figures div { padding: 10px 12px; background: var(--tile); border-radius: 6px; }
.figures dt { font-size: 13px; }
.figures dd { margin: 0; font-size: 18px; font-weight: 600; font-variant-numeric: tabular-nums; white-space: nowrap; }
.narrow { display: none; }
.breaker:not([open]) + .breaker:not([open]) { margin-top: 2px; }
.breaker:not([open]) { padding-top: 3px; padding-bottom: 3px; }
.breaker { margin: 8px 0; padding: 8px 14px; background: var(--tile); border-left: 4px solid var(--bad); border-radius: 0 6px 6px 0; overflow-wrap: anywhere; }
.facts { display: flex; flex-wrap: wrap; gap: 4px 28px; margin: 6px 0; }
.facts dt { font-size: 13px; }
.facts dd { margin: 0; font-variant-numeric: tabular-nums; }
.alerts ul { margin: 6px 0 0; padding-left: 20px; overflow-wrap: anywhere; }
.critical { color: var(--bad); }
.warning { color: var(--warn); }
.info { color: var(--faint); }
.chart { width: 100%; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; }
.scroll table { min-width: 100%; }
.scroll table.groups { table-layout: fixed; min-width: 900px; width: 100%; }
.groups th:first-child { width: 24%; }
.groups tbody th { overflow-wrap: anywhere; white-space: normal; }
.scroll table.short { min-width: min(100%, 480px); }
.scroll th, .scroll td { padding: 4px 10px; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; white-space: nowrap; }
.scroll th { font-weight: 600; }
.scroll tbody th { font-weight: 400; }
.scroll thead th { color: var(--faint); font-size: 13px; }
.scroll .number { text-align: right; }
.scroll .months th, .scroll .months td { padding: 4px 7px; }
.trips { font-size: 13px; }
.scroll .trips th, .scroll .trips td { padding: 4px 6px; }
.scroll .trips > tbody > tr:first-child:not(:last-child) > td { border-bottom: 0; }
.scroll .trips .orders > td { padding-top: 0; white-space: normal; }
.orders summary { color: var(--faint); font-size: 12px; }
.orders details[open] { margin-bottom: 8px; padding: 4px 10px 8px; background: var(--tile); border-radius: 6px; }
.scroll .orders table { min-width: 0; font-size: 12px; }
.sum { font-weight: 600; }
.heat.good { background: color-mix(in srgb, var(--good) calc(var(--heat) * 0.35), transparent); color: var(--text); }
.heat.bad { background: color-mix(in srgb, var(--bad) calc(var(--heat) * 0.35), transparent); color: var(--text); }
th button { all: unset; cursor: pointer; }
th button:focus-visible { outline: 2px solid var(--curve); }
th[aria-sort=ascending] button::after { content: " ▲"; }
th[aria-sort=descending] button::after { content: " ▼"; }
code { font-size: 13px; overflow-wrap: anywhere; }
footer { margin-top: 36px; padding-top: 12px; border-top: 1px solid var(--line); }
.u-legend { color: var(--faint); }
.scroll .orders .end { min-width: 90px; max-width: 260px; white-space: normal; }
@media (max-width: 800px) {
  body { padding: 12px; }
  h1 { font-size: 20px; }
  .figures { grid-template-columns: repeat(2, 1fr); }
  .figures dd { font-size: 16px; }
  .notices { font-size: 13px; }
  .narrow { display: inline; }
  .scroll th, .scroll td { padding: 4px 6px; }
  .scroll table.groups { table-layout: auto; min-width: 100%; }
  .groups th:first-child, .months th:first-child { position: sticky; left: 0; width: auto; background: var(--ground); }
  .groups th:first-child { min-width: 110px; overflow-wrap: break-word; }
  .short tbody th { white-space: normal; }
  /* What is folded stays on the screen while its table is moved. */
  .orders details { position: sticky; left: 6px; max-width: calc(100vw - 36px); }
}
@media print { body { max-width: none; } .scroll { overflow: visible; } }
`;
