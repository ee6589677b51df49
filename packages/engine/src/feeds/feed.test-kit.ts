import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

import { createRuleBook } from '../market/create-rule-book.js';
import type { DataIssue, DayBlock, Feed, FeedContext, TickBlock } from '../plugins/feed.js';
import { formatIst, type TradingDate } from '../primitives/time.js';

/** Recordings lie beside the repository; tests that read them are skipped, visibly, where they do not. */
export const RECORDINGS = fileURLToPath(new URL('../../../../../shared/data/', import.meta.url));
export const hasRecordings = existsSync(RECORDINGS);

/** A feed's context over the real rules. */
export const contextOf = (
  baseDir: string,
  calendar: FeedContext['calendar'] = 'rules',
  overrides: Parameters<typeof createRuleBook>[0]['instruments'] = {},
): FeedContext => ({
  rules: createRuleBook({ calendar, instruments: overrides }),
  baseDir,
  calendar,
});

/** A folder of text files for one test file. */
export function scratchFolder(): {
  readonly path: string;
  write(name: string, text: string): string;
  writeGzip(name: string, text: string): string;
  remove(): void;
} {
  const path = mkdtempSync(join(tmpdir(), 'sauda-feeds-'));
  const put = (name: string, content: string | Uint8Array): string => {
    writeFileSync(join(path, name), content);
    return name;
  };
  return { path, write: put, writeGzip: (name, text) => put(name, gzipSync(text)), remove: () => rmSync(path, { recursive: true }) };
}

export interface Candle {
  readonly at: string;
  readonly closeAt: string;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** Everything that a feed brings. */
export interface Reading {
  readonly days: readonly DayBlock[];
  readonly candles: readonly Candle[];
  readonly ticks: readonly TickBlock[];
  readonly issues: readonly DataIssue[];
}

export async function readFeed(feed: Feed, range: { readonly from?: TradingDate; readonly to?: TradingDate } = {}): Promise<Reading> {
  const days: DayBlock[] = [];
  const candles: Candle[] = [];
  const ticks: TickBlock[] = [];
  for await (const block of feed.blocks({ from: range.from ?? null, to: range.to ?? null })) {
    if (block.kind === 'day') days.push(block);
    else if (block.kind === 'ticks') ticks.push(block);
    else {
      const { columns } = block;
      for (let row = 0; row < columns.length; row += 1) {
        candles.push({
          // Put into words when asked: a recording has hundreds of thousands of them.
          get at() {
            return formatIst(columns.openTime[row] ?? 0).slice(0, 16);
          },
          get closeAt() {
            return formatIst(columns.closeTime[row] ?? 0).slice(0, 16);
          },
          open: columns.open[row] ?? Number.NaN,
          high: columns.high[row] ?? Number.NaN,
          low: columns.low[row] ?? Number.NaN,
          close: columns.close[row] ?? Number.NaN,
          volume: columns.volume[row] ?? Number.NaN,
        });
      }
    }
  }
  return { days, candles, ticks, issues: feed.issues() };
}

/** The issue with a code, and `undefined` where nothing of the kind was found. */
export const issueWith = (code: string, issues: readonly DataIssue[]): DataIssue | undefined => issues.find((issue) => issue.code === code);
