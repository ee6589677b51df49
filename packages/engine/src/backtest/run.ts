import { isAbsolute, resolve } from 'node:path';

import type { RunConfig } from '../config/run-config.js';
import type { Journal, JournalRecord } from '../journal/journal.js';
import { memoryJournal } from '../journal/memory-journal.js';
import { createRuleBook } from '../market/create-rule-book.js';
import type { RuleBook } from '../market/rule-book.js';
import type { DataIssue, Feed } from '../plugins/feed.js';
import type { Registry } from '../plugins/registry.js';
import { performanceFigures } from '../portfolio/statistics.js';
import { EngineError } from '../primitives/errors.js';
import { ProblemsError } from '../primitives/problem.js';
import { dayOfDate, type EpochMs, startOfIstDay, type TradingDate } from '../primitives/time.js';
import { Engine } from '../runtime/engine.js';
import type { Pacer } from '../runtime/pacer.js';
import { assumptionsOf } from './assumptions.js';
import { historyFrom } from './history-from.js';
import type { RunReport } from './report.js';
import { ReportRecorder } from './report-recorder.js';

/** What a run needs beside its configuration. */
export interface RunOptions {
  readonly registry: Registry;
  /** Relative file names in the configuration count from here; the working folder if absent. */
  readonly baseDir?: string;
  /** Feeds to use instead of the configuration's, for data that is in memory already. */
  readonly feeds?: readonly Feed[];
  /** Told at the end of each trading date. */
  readonly onProgress?: (progress: { readonly date: TradingDate; readonly candles: number }) => void;
  /** Told of each journalled decision. */
  readonly onRecord?: (record: JournalRecord) => void;
  /** Ends the run early; what was done until then is reported. */
  readonly signal?: AbortSignal;
  readonly journal?: Journal;
  /** Trading begins at this moment; what the market did before it warms the indicators. */
  readonly startAt?: EpochMs;
  /** Lets the market's time pass no faster than it should; as fast as it can without one. */
  readonly pacer?: Pacer;
}

/** A report, whether the run came to its end, and what was strange about the data. */
export interface RunResult {
  readonly report: RunReport;
  readonly interrupted: boolean;
  readonly issues: readonly DataIssue[];
}

/**
 * Runs a configuration over its feeds and reports what it did. A backtest and a paper run are the same loop, the same deciders and the same
 * simulated exchange; a paper run has a pace, and a journal on disk if asked for.
 *
 * @throws EngineError, ProblemsError for what is wrong with the configuration or its data.
 */
export async function runConfig(written: RunConfig, options: RunOptions): Promise<RunResult> {
  const { registry, baseDir = process.cwd(), onProgress, onRecord, signal = null, pacer = null } = options;
  const rules = createRuleBook({ calendar: written.calendar, instruments: written.instruments });
  const feeds = options.feeds ?? openFeeds(written, registry, rules, baseDir);
  if (feeds.length === 0) {
    throw new EngineError('feed/none', {
      message: 'The run has no feed: nothing would ever happen.',
      remedy: 'Add a feed to the configuration.',
    });
  }
  const config = { ...written, from: firstDate(written, feeds) };
  const journal = withListener(options.journal ?? memoryJournal(), onRecord);
  const startOfFrom = config.from === null ? -Infinity : startOfIstDay(dayOfDate(config.from));
  const tradeFrom = Math.max(startOfFrom, options.startAt ?? -Infinity);
  const recorder = new ReportRecorder({
    countFrom: startOfFrom,
    path: config.simulation.path,
    onDay: (date, candles) => onProgress?.({ date, candles }),
  });
  const readFrom = historyFrom(config, registry, rules);
  const engine = new Engine({ config, registry, rules, feeds, journal, observer: recorder, pacer, tradeFrom, readFrom, signal });
  const { interrupted } = await engine.run();
  await journal.close();
  const issues = feeds.flatMap((feed) => feed.issues());
  return { report: reportOf(config, { journal, recorder, rules, issues }), interrupted, issues };
}

/** Markets that begin on a date have a past for indicators, and nothing is traded in it. */
function firstDate({ from }: RunConfig, feeds: readonly Feed[]): TradingDate | null {
  let first: TradingDate | null = null;
  for (const { startsOn } of feeds) {
    if (startsOn === undefined) return from;
    if (first === null || startsOn < first) first = startsOn;
  }
  return first !== null && (from === null || from < first) ? first : from;
}

function openFeeds(config: RunConfig, registry: Registry, rules: RuleBook, baseDir: string): readonly Feed[] {
  return config.feeds.map(({ use, config: own }, index) => {
    const definition = registry.feeds.get(use);
    if (definition === undefined) {
      throw new EngineError('config/feed-unknown', {
        message: `feeds[${index}] uses "${use}", which no plug-in brings.`,
        remedy: `Use one of: ${[...registry.feeds.keys()].join(', ')}.`,
        context: { use },
      });
    }
    const parsed = definition.config.safeParse(own);
    if (!parsed.success) {
      throw new ProblemsError(
        'config/feed-invalid',
        `feeds[${index}] is wrong`,
        parsed.error.issues.map(({ path, message }) => ({
          path: `feeds[${index}].${pathOf(path)}`,
          found: undefined,
          message,
          remedy: 'See docs/guides/data.md.',
          severity: 'error',
        })),
      );
    }
    return definition.open(parsed.data, { rules, baseDir: isAbsolute(baseDir) ? baseDir : resolve(baseDir), calendar: config.calendar });
  });
}

function withListener(journal: Journal, onRecord: ((record: JournalRecord) => void) | undefined): Journal {
  if (onRecord === undefined) return journal;
  return {
    append(record) {
      onRecord(record);
      return journal.append(record);
    },
    hash: () => journal.hash(),
    close: () => journal.close(),
  };
}

function reportOf(
  config: RunConfig,
  {
    journal,
    recorder,
    rules,
    issues,
  }: { readonly journal: Journal; readonly recorder: ReportRecorder; readonly rules: RuleBook; readonly issues: readonly DataIssue[] },
): RunReport {
  const capitalPaise = config.accounts.reduce((sum, account) => sum + account.capitalPaise, 0);
  const { signals, roundTrips, trips, equity, candles, ticks, warnings } = recorder;
  return {
    decisionHash: journal.hash(),
    capitalPaise,
    candles,
    ticks,
    warnings: [
      ...issues.map(({ code, message }) => ({ code: `data/${code}`, message })),
      ...rules.notes().map(({ code, message }) => ({ code, message })),
      ...[...warnings].map(([code, message]) => ({ code: code.split(' ')[0] ?? code, message })),
    ],
    waivers: config.sets.flatMap(({ id, waive }) => waive.map((name) => `${id}: ${name}`)),
    assumptions: assumptionsOf(config, roundTrips),
    signals,
    roundTrips,
    figures: performanceFigures(trips, { startPaise: capitalPaise, days: equity }),
    equity,
  };
}

const pathOf = (path: readonly PropertyKey[]): string => path.map(String).join('.');
