import { defineFeed, type Feed, type FeedContext, type FeedRange, type MarketBlock } from '../plugins/feed.js';
import { dateOfDay, dayOfDate } from '../primitives/time.js';
import { type ChainCsvConfig, chainCsvConfig } from './chain-csv-config.js';
import { chainDay } from './chain-day.js';
import { chainLayout } from './chain-rows.js';
import { coverage } from './coverage.js';
import { type CsvSource, csvDays } from './csv-days.js';
import { issueLog } from './issue-log.js';

/**
 * Recorded option chains, one snapshot after the other, from CSV files, plain or gzip: `use: chain-csv`.
 *
 * Brings the underlying's price too, where the file has it: in each snapshot it comes first. What the file calls the underlying does not matter, the
 * configuration does.
 */
export const chainCsvFeed = defineFeed<ChainCsvConfig>({ name: 'chain-csv', config: chainCsvConfig, open: openChainCsvFeed });

function openChainCsvFeed(config: ChainCsvConfig, context: FeedContext): Feed {
  const { underlying, files } = config;
  const source: CsvSource = { ...config, baseDir: context.baseDir, layout: chainLayout(config) };
  let log = issueLog();

  async function* blocks({ from, to, tradedFrom = from }: FeedRange): AsyncGenerator<MarketBlock> {
    log = issueLog();
    const calendar = context.calendar === 'rules' ? context.rules.calendar : null;
    const covered = coverage({ calendar, from: tradedFrom, to, file: files[0] ?? '', log });
    const range = {
      from: from === null ? Number.NEGATIVE_INFINITY : dayOfDate(from),
      to: to === null ? Number.POSITIVE_INFINITY : dayOfDate(to),
    };
    for await (const rows of csvDays(source, range, log)) {
      covered.day(dateOfDay(rows.day));
      yield* chainDay(rows, { underlying, units: config.units, files, rules: context.rules, calendar: context.calendar, log });
    }
    covered.end();
  }

  return { name: `chain-csv:${underlying}`, instruments: [underlying], blocks, issues: () => log.issues() };
}
