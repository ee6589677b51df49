import { Script } from 'node:vm';

import { describe, expect, it } from 'vitest';

import { fixedReport } from '../cli.test-kit.js';
import { chartLibrary } from './chart-library.js';
import { reportOf } from './report.test-kit.js';
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
    const [table = ''] = tearsheet(reportOf(trips)).match(/<table class="sortable trips">[\s\S]*?<\/table>/) ?? [];
    expect(table.match(/<tr>/g)).toHaveLength(1 + 137);
    for (const { netPaise } of trips) expect(table).toContain(`data-value="${netPaise}"`);
    expect(page).toContain('<div>NIFTY11JAN2421650PE</div><div>NIFTY11JAN2421650CE</div>');
  });

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
      signals: [{ ...signal, set: EVIL, outcome: EVIL }],
      roundTrips: [
        {
          ...trip,
          set: EVIL,
          strategy: EVIL,
          underlying: EVIL,
          exitReason: EVIL,
          legs: trip.legs.map((leg) => ({ ...leg, instrument: EVIL })),
        },
      ],
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
