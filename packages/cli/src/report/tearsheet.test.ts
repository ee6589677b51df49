import { Script } from 'node:vm';

import { describe, expect, it } from 'vitest';

import { fixedReport } from '../cli.test-kit.js';
import { chartLibrary } from './chart-library.js';
import { guardedReport, oldReport, reportOf } from './report.test-kit.js';
import { tearsheet } from './tearsheet.js';

const page = tearsheet(fixedReport);
const EVIL = `<script>alert("1")</script>'&`;

/** Elements that have no end tag. */
const VOID = ['meta', 'br'];

/** The tags that are opened and closed, without what scripts and styles hold; throws where they do not match. */
function tagsOf(text: string): readonly string[] {
  const open: string[] = [];
  const seen: string[] = [];
  const outside = text.replace(/(<(script|style)[^>]*>)[\s\S]*?(<\/\2>)/g, '$1$3').replace('<!doctype html>', '');
  for (const [tag, end, name = ''] of outside.matchAll(/<(\/?)([a-z][a-z0-9]*)(?:\s+[a-z-]+(?:="[^"<>]*")?)*>/g)) {
    if (end === '') {
      seen.push(name);
      if (!VOID.includes(name)) open.push(name);
    } else if (open.pop() !== name) throw new Error(`${tag} closes another element.`);
  }
  if (open.length > 0) throw new Error(`${open.join(', ')} stay open.`);
  const rest = outside.replace(/<\/?[a-z][a-z0-9]*(?:\s+[a-z-]+(?:="[^"<>]*")?)*>/g, '');
  if (/[<>]/.test(rest)) throw new Error(`A bracket is left over in ${rest.slice(rest.search(/[<>]/), 80)}`);
  return seen;
}

describe('tearsheet', () => {
  it('is well-formed', () => {
    const tags = tagsOf(page);
    expect(tags.filter((tag) => tag === 'h1')).toHaveLength(1);
    expect(tags.filter((tag) => tag === 'script')).toHaveLength(3);
  });

  it('names the sets, underlyings and dates', () => {
    expect(page).toContain('<h1>nifty-ema on NSE_INDEX:NIFTY</h1>');
    expect(page).toContain('2024-01-02 to 2024-01-04, 3 trading days');
  });

  it('says with how much money, and whose account each round trip is where there are several', () => {
    expect(page).toContain('<p class="note">Account main ₹10,00,000.00 (paper)</p>');
    expect(page).not.toContain('</span>main · ');
    const [trip] = fixedReport.roundTrips;
    if (trip === undefined) throw new Error('The fixed report has a round trip.');
    const accounts = [...fixedReport.accounts, { id: 'family', broker: 'paper', capitalPaise: 5_00_00_000 }];
    const roundTrips = [...fixedReport.roundTrips, { ...trip, account: 'family' }];
    const two = tearsheet({ ...fixedReport, accounts, roundTrips, capitalPaise: 15_00_00_000 });
    expect(two).toContain('Accounts main ₹10,00,000.00 (paper), family ₹5,00,000.00 (paper); together ₹15,00,000.00</p>');
    expect(two).toContain('</span>family · 2 orders');
    expect(two).toContain('<h2>By account</h2>');
    expect(page).not.toContain('<h2>By account</h2>');
  });

  it('says what Sharpe and Sortino were computed on', () => {
    expect(page).toContain('Sharpe and Sortino are those of 3 daily returns (2024-01-02 to 2024-01-04), for a year of 252 days.');
    const [day] = fixedReport.equity;
    if (day === undefined) throw new Error('The fixed report has days.');
    expect(tearsheet({ ...fixedReport, equity: [day] })).toContain('are those of 1 daily return (2024-01-02), for a year');
    expect(tearsheet({ ...fixedReport, equity: [] })).not.toContain('Sharpe and Sortino');
  });

  it('has waivers and warnings before the figures', () => {
    expect(page.indexOf('<b>Waived</b> nifty-ema: globalStability')).toBeGreaterThan(0);
    expect(page.indexOf('2 missing candles')).toBeLessThan(page.indexOf('Net profit'));
  });

  it('writes money in Indian grouping, and n/a where a sample is too small', () => {
    expect(page).toContain('<dt>Net profit</dt><dd class="bad">-₹2,02,164.18</dd>');
    expect(page).toContain('<dt>Sharpe</dt><dd class="">n/a</dd>');
  });

  it('has every round trip, and every leg of it', () => {
    const trips = Array.from({ length: 137 }, (_, index) => ({ netPaise: 100_003 + index, exitTime: 1.7e12 + index * 6e7 }));
    const [table = ''] = tearsheet(reportOf(trips)).match(/<table class="sortable trips">[\s\S]*?<\/section>/) ?? [];
    expect(table.match(/<td class="time"/g)).toHaveLength(2 * 137);
    expect(table.match(/<tr class="orders">/g)).toHaveLength(137);
    for (const { netPaise } of trips) expect(table).toContain(`data-value="${netPaise}"`);
    expect(page).toContain('<div>NIFTY11JAN2421650PE</div><div>NIFTY11JAN2421650CE</div>');
  });

  it('folds a table of more round trips than a browser lays out at once', () => {
    const trips = Array.from({ length: 1001 }, (_, index) => ({ netPaise: 1, exitTime: 1.7e12 + index * 6e7 }));
    const many = tearsheet(reportOf(trips));
    expect(tagsOf(many).filter((tag) => tag === 'h2').length).toBeGreaterThan(5);
    expect(many).toContain('<details>\n<summary>All 1001 round trips</summary>\n<div class="scroll"><table class="sortable trips">');
    expect(tearsheet(reportOf(trips.slice(1)))).not.toContain('<summary>All ');
  });

  it('folds the signal, orders, fills and charges of a round trip away below it', () => {
    expect(page).toContain(
      '<summary><span class="narrow"><b class="good">1,125.41</b> target · </span>2 orders · slippage 10.00 · EMA 9 crossed above EMA 15</summary>',
    );
    expect(page).toContain('<p>Signal of 2024-01-02 12:20:00: bullish, EMA 9 crossed above EMA 15 (fast 21612.10, slow 21611.44).</p>');
    expect(page).toContain(
      '<tr><td>S0O2</td><td>Exit, target</td><td>sell 50 NIFTY04JAN2421650CE</td><td>at the market</td><td>2024-01-02 13:00:12</td>' +
        '<td class="number">142.20</td><td><div>50 at 142.05, 13:00:12</div></td><td class="number">7.50</td><td class="number">32.28</td><td class="end">filled</td></tr>',
    );
    expect(page).toContain('<p>Charges: brokerage 40.00, STT 4.44, exchange fee 6.57, SEBI fee 0.01, stamp duty 0.18, GST 8.39.</p>');
  });

  it('has the charges by kind, and what was dealt', () => {
    expect(page).toContain('<tr><th scope="row">STT</th><td class="number">604.44</td><td class="number">54.0 %</td></tr>');
    expect(page).toContain('<dt>Exposure</dt><dd class="">41.0 %</dd>');
    expect(page).toContain('<dt>Turnover</dt><dd class="">4.75 times</dd>');
  });

  it('has each breaker with its trail, critical alerts first, and what contract notes asked for', () => {
    const guarded = tearsheet(guardedReport);
    expect(tagsOf(guarded)).toContain('details');
    expect(guarded).toContain('<dt>Limit</dt><dd>₹5,000.00</dd>');
    expect(guarded).toContain('<dt>Found</dt><dd>200 s</dd>');
    expect(guarded).toContain('<dt>Re-armed</dt><dd>2024-01-04 09:15:00 by the calendar</dd>');
    expect(guarded).toContain('<dt>To re-arm</dt><dd>rearm main</dd>');
    expect(guarded).toContain(
      '<td>S0O5</td><td>nifty-ema</td><td>NIFTY11JAN2421650PE</td><td class="number">1800</td><td class="number">1,230.15</td>',
    );
    expect(guarded.indexOf('Account main is stopped.')).toBeLessThan(guarded.indexOf('Account main holds nothing.'));
    expect(guarded).toContain('<summary>2 contract notes ask for ₹0.36 more than was charged fill by fill</summary>');
    expect(guarded).toContain('<tr><th scope="row">2024-01-04</th><td>main</td><td class="number">-0.20</td></tr>');
    const less = { ...guardedReport.figures, charges: { ...guardedReport.figures.charges, adjustmentsPaise: -5 } };
    expect(tearsheet({ ...guardedReport, figures: less })).toContain('<td class="number">-0.05</td><td class="number">0.0 %</td>');
  });

  it('folds many alerts and breakers, and information always', () => {
    const [breaker] = guardedReport.breakers;
    const alert = guardedReport.alerts.find(({ severity }) => severity === 'critical');
    if (breaker === undefined || alert === undefined) throw new Error('The guarded report has both.');
    const many = tearsheet({
      ...guardedReport,
      breakers: Array.from({ length: 4 }, () => breaker),
      alerts: [...guardedReport.alerts, ...Array.from({ length: 5 }, () => alert)],
    });
    expect(many).not.toContain('class="breaker" open');
    expect(many).not.toContain('class="alerts" open');
    const few = tearsheet(guardedReport);
    expect(few.match(/class="breaker" open/g)).toHaveLength(2);
    expect(few.match(/class="alerts" open/g)).toHaveLength(1);
  });

  it('says of an old document what it has, and makes nothing up', () => {
    const old = tearsheet(oldReport());
    expect(tagsOf(old)).not.toContain('details');
    expect(old).not.toMatch(/Exposure|Turnover|Circuit breakers|<h2>Alerts|Brokerage/);
    expect(old).toContain('Bought and sold');
  });

  it('is the same for equal reports', () => expect(tearsheet(structuredClone(guardedReport))).toBe(tearsheet(guardedReport)));

  it('splits by strategy where the report names it', () => {
    const known = { ...fixedReport, roundTrips: fixedReport.roundTrips.map((trip) => ({ ...trip, strategy: 'ema-crossover' })) };
    expect(page).not.toContain('<h2>By strategy</h2>');
    expect(tearsheet(known)).toContain('<h2>By strategy</h2>');
  });

  it('asks nothing of a network, and may not', () => {
    expect(page).not.toMatch(/(?:src|href|action)\s*=\s*["']?\s*(?:https?:)?\/\//i);
    expect(page).not.toMatch(/https?:\/\/|@import|url\(/i);
    expect(page).toContain('default-src &#39;none&#39;');
  });

  it('escapes all that comes from the data', () => {
    const [trip] = fixedReport.roundTrips;
    const [signal] = fixedReport.signals;
    if (trip === undefined || signal === undefined) throw new Error('The fixed report has both.');
    const evil = tearsheet({
      ...fixedReport,
      decisionHash: EVIL,
      waivers: [EVIL],
      warnings: [{ code: EVIL, message: EVIL }],
      assumptions: [EVIL],
      signals: [{ ...signal, set: EVIL, outcome: EVIL, reason: EVIL, values: { [EVIL]: 1 } }],
      roundTrips: [
        {
          ...trip,
          set: EVIL,
          strategy: EVIL,
          underlying: EVIL,
          exitReason: EVIL,
          legs: trip.legs.map((leg) => ({ ...leg, instrument: EVIL })),
          signal: 0,
          orders: trip.orders.map((order) => ({ ...order, id: EVIL, instrument: EVIL, rule: EVIL, by: EVIL, status: EVIL, reason: EVIL })),
        },
      ],
      breakers: guardedReport.breakers.map((breaker) => ({
        ...breaker,
        account: EVIL,
        code: EVIL,
        reason: EVIL,
        rearm: EVIL,
        rearmedBy: EVIL,
        closedBy: breaker.closedBy.map((fill) => ({ ...fill, orderId: EVIL, set: EVIL, instrument: EVIL })),
      })),
      alerts: guardedReport.alerts.map((alert) => ({ ...alert, code: EVIL, message: EVIL, remedy: EVIL })),
      adjustments: [{ account: EVIL, date: EVIL, chargesPaise: 1 }],
      equity: [{ date: EVIL, equityPaise: 1 }],
    });
    expect(evil).not.toContain('<script>alert');
    expect(evil).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;');
    expect(tagsOf(evil).filter((tag) => tag === 'script')).toHaveLength(3);
  });

  it('brings scripts that parse, and the licence of the chart library', () => {
    const scripts = [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, source]) => new Script(source ?? ''));
    expect(scripts).toHaveLength(2);
    expect(chartLibrary().script).toContain('Permission is hereby granted');
  });

  it('stands without round trips, signals and days', () => {
    const empty = tearsheet({ ...fixedReport, roundTrips: [], signals: [], equity: [], warnings: [], waivers: [] });
    expect(tagsOf(empty)).not.toContain('table');
    expect(empty).toContain('There are none.');
  });
});
