import { basename } from 'node:path';

import {
  createRuleBook,
  type DataIssue,
  EngineError,
  type FeedDefinition,
  inspectFeed,
  type Registry,
  type RuleBook,
  type RunConfig,
  type TradingDate,
  tradingDate,
} from '@sauda/engine';

import { checkRules } from './check-rules.js';
import { checkTrailing, type PriceSample } from './check-trailing.js';
import { type LocatedProblem, problemsOf } from './located-problem.js';

/** So many days tell whether labels, zones and columns are right. */
const DAYS_LOOKED_AT = 5;

/** A feed as `validate` found it, for people. */
export interface FeedLook {
  readonly index: number;
  readonly use: string;
  readonly rows: number;
  readonly days: number;
  readonly firstBar: string | null;
  readonly lastBar: string | null;
}

/** Reads the first days of every feed and asks the dated tables what the run will ask them. */
export async function inspectData(
  config: RunConfig,
  { registry, baseDir }: { readonly registry: Registry; readonly baseDir: string },
): Promise<{ readonly problems: readonly LocatedProblem[]; readonly looks: readonly FeedLook[] }> {
  const rules = createRuleBook({ calendar: config.calendar, instruments: config.instruments });
  const problems: LocatedProblem[] = [];
  const looks: FeedLook[] = [];
  const samples = new Map<string, PriceSample>();
  let first: TradingDate | null = null;
  for (const [index, { use, config: written }] of config.feeds.entries()) {
    const definition = registry.feeds.get(use);
    if (definition === undefined) continue;
    try {
      const context = { rules, baseDir, calendar: config.calendar };
      const own: unknown = definition.config.parse(written);
      const { issues, summary } = await inspectFeed(definition, own, context, { days: DAYS_LOOKED_AT, from: config.from, to: config.to });
      looks.push({ index, use, rows: summary.rows, days: summary.days, firstBar: summary.firstBar, lastBar: summary.lastBar });
      const start = summary.first === null ? null : tradingDate(summary.first);
      if (start !== null && (first === null || start < first)) first = start;
      if (summary.rows === 0) problems.push(empty(index, config));
      problems.push(...issues.map((issue) => problemOfIssue(issue, index, summary.days)));
      const sample = await sampleOf(definition, own, { rules, baseDir, config, medianRange: summary.medianRange });
      if (sample !== null) samples.set(sample.instrument, sample);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      problems.push(...problemsOf(error, `feeds[${index}]`));
    }
  }
  const dates = [...new Set([config.from ?? first, config.to].filter((date): date is TradingDate => date !== null))];
  const all = [...problems, ...checkRules(config, rules, tradingDatesNear(dates, rules)), ...checkTrailing(config, samples)];
  return { problems: all.filter(firstOfItsKind), looks };
}

/** What the tables do not know is told once, not for every place and date that asks. */
const firstOfItsKind = ({ code, remedy }: LocatedProblem, index: number, all: readonly LocatedProblem[]): boolean =>
  code === undefined || code.startsWith('data/') || all.findIndex((other) => other.code === code && other.remedy === remedy) === index;

const empty = (index: number, { from, to }: RunConfig): LocatedProblem => ({
  path: `feeds[${index}]`,
  found: null,
  message: `It has nothing between ${from ?? 'its beginning'} and ${to ?? 'its end'}.`,
  remedy: 'Check the dates of the run and the files of the feed.',
  severity: 'error',
  code: 'data/empty',
});

/** A bar label that the days contradict would shift every signal by a candle; the data may still be right and the exchange have opened late. */
function problemOfIssue(issue: DataIssue, index: number, days: number): LocatedProblem {
  const isLabel = issue.code === 'bar-label-contradicted';
  const wrongLabel = isLabel && issue.count * 2 > days;
  return {
    path: `feeds[${index}]${isLabel ? '.barLabel' : ''}`,
    found: null,
    message: issue.message,
    remedy: wrongLabel ? 'Write the other label: start names the beginning of a candle, end its end.' : whatWasDone(issue),
    severity: 'warning',
    code: `data/${issue.code}`,
  };
}

const whatWasDone = ({ file, lines, count, action }: DataIssue): string => {
  if (action === 'kept')
    return `Nothing was changed${file === '' ? '' : ` in ${basename(file)}`}; correct the file if that is not what you want.`;
  const where = file === '' ? '' : ` in ${basename(file)}${lines.length === 0 ? '' : ` from line ${lines[0]}`}`;
  return `${count === 1 ? 'One row was' : `${count} rows were`} ${action}${where}; correct the file if that is not what you want.`;
};

/** A price of the underlying from the feed's first candles. */
async function sampleOf(
  definition: FeedDefinition<unknown>,
  own: unknown,
  {
    rules,
    baseDir,
    config,
    medianRange,
  }: { readonly rules: RuleBook; readonly baseDir: string; readonly config: RunConfig; readonly medianRange: number | null },
): Promise<(PriceSample & { readonly instrument: string }) | null> {
  if (medianRange === null) return null;
  const feed = definition.open(own, { rules, baseDir, calendar: config.calendar });
  for await (const block of feed.blocks({ from: config.from, to: config.to })) {
    if (block.kind !== 'candles') continue;
    const price = block.columns.close[0];
    return price === undefined ? null : { instrument: block.instrument, medianRange, price };
  }
  return null;
}

/** The tables are asked about trading days alone; where the calendar does not know, about the date itself. */
const tradingDatesNear = (dates: readonly TradingDate[], rules: RuleBook): readonly TradingDate[] =>
  dates.map((date, index) => {
    try {
      return rules.calendar.isTradingDay(date) ? date : rules.calendar.nextTradingDay(date, index === 0 ? 1 : -1);
    } catch (error) {
      if (error instanceof EngineError) return date;
      throw error;
    }
  });
