import type { RunConfig } from '../config/run-config.js';
import { type DurableJournal, isDurable } from '../journal/durable-journal.js';
import type { Journal, JournalRecord } from '../journal/journal.js';
import { memoryJournal } from '../journal/memory-journal.js';
import { createRuleBook } from '../market/create-rule-book.js';
import type { RuleBook } from '../market/rule-book.js';
import type { DataIssue, Feed } from '../plugins/feed.js';
import type { Registry } from '../plugins/registry.js';
import { EngineError } from '../primitives/errors.js';
import { dayOfDate, type EpochMs, formatIst, MINUTE_MS, startOfIstDay, type TradingDate } from '../primitives/time.js';
import type { Alert } from '../runtime/alert.js';
import { ChargeBook } from '../runtime/charge-book.js';
import { Engine } from '../runtime/engine.js';
import { openFeeds } from '../runtime/open-feeds.js';
import type { Pacer } from '../runtime/pacer.js';
import type { RunControl } from '../runtime/run-control.js';
import { assumptionsOf } from './assumptions.js';
import { historyFrom } from './history-from.js';
import type { RunReport } from './report.js';
import { reportFigures } from './report-figures.js';
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
  /** Where decisions are kept; memory if absent. One that has records already is gone on with from where it ends. */
  readonly journal?: Journal | DurableJournal;
  /** Trading begins at this moment; what the market did before it warms the indicators. */
  readonly startAt?: EpochMs;
  /** Lets the market's time pass no faster than it should; as fast as it can without one. */
  readonly pacer?: Pacer;
  /** The way of people's commands into the run. */
  readonly control?: RunControl;
  /** Told when a person has to be told something. */
  readonly onAlert?: (alert: Alert) => void;
  /**
   * What client order ids begin with: letters and digits. It has to differ between runs that trade on one exchange, as with a real broker; empty, as
   * for runs with an exchange of their own, if absent.
   */
  readonly runId?: string;
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
  const { registry, baseDir = process.cwd(), onProgress, onRecord = () => undefined, signal = null, pacer = null } = options;
  const rules = createRuleBook({ calendar: written.calendar, instruments: written.instruments });
  const { calendar, accounts } = written;
  const feeds = options.feeds ?? (await openFeeds(written.feeds, { registry, rules, baseDir, calendar, accounts }));
  if (feeds.length === 0) {
    throw new EngineError('feed/none', {
      message: 'The run has no feed: nothing would ever happen.',
      remedy: 'Add a feed to the configuration.',
    });
  }
  refuseOldPrices(written, feeds);
  const config = { ...written, from: firstDate(written, feeds) };
  const journal = options.journal ?? memoryJournal();
  const startOfFrom = config.from === null ? -Infinity : startOfIstDay(dayOfDate(config.from));
  // What a live feed brings of before it was opened is history, also for a run that goes on.
  const liveSince = Math.max(-Infinity, ...feeds.map(({ live }) => live?.since ?? -Infinity));
  const decidedUntil = lastDecision(journal);
  refuseEarlierMarket(decidedUntil, liveSince);
  const tradeFrom = Math.max(startOfFrom, options.startAt ?? -Infinity, decidedUntil, liveSince);
  const recorder = new ReportRecorder({
    countFrom: Math.max(startOfFrom, liveSince),
    path: config.simulation.path,
    charges: new ChargeBook(config),
    rules,
    onDay: (date, candles) => onProgress?.({ date, candles }),
    onAlert: (alert) => options.onAlert?.(alert),
  });
  const readFrom = historyFrom(config, registry, rules);
  const { control = null, runId = '' } = options;
  const engine = new Engine({
    config,
    registry,
    rules,
    feeds,
    journal,
    observer: recorder,
    pacer,
    tradeFrom,
    readFrom,
    signal,
    control,
    runId,
    onRecord,
  });
  const recordsBefore = isDurable(journal) ? journal.lastSequence : 0;
  try {
    const { interrupted } = await engine.run();
    if (recorder.needsPast && isDurable(journal)) recorder.recall(firstRecords(journal, recordsBefore));
    const issues = feeds.flatMap((feed) => feed.issues());
    return { report: reportOf(config, { journal, recorder, rules, issues }), interrupted, issues };
  } finally {
    await journal.close();
  }
}

/** Orders for real money are not decided on prices that were recorded, or made up. */
function refuseOldPrices({ mode, accounts }: RunConfig, feeds: readonly Feed[]): void {
  const old = feeds.find(({ live }) => live === undefined);
  if (mode !== 'live' || !accounts.some(({ live }) => live) || old === undefined) return;
  throw new EngineError('safety/feed-not-live', {
    message: `The feed "${old.name}" does not bring prices as they happen, and an account is live.`,
    remedy: 'Take the prices of a broker: feeds: [{ use: broker, account: … }]; or write mode: paper.',
    context: { feed: old.name },
  });
}

/** What was decided at a time that a live market has not come to was decided in another one, or by a wrong clock. */
function refuseEarlierMarket(decidedUntil: EpochMs, liveSince: EpochMs): void {
  if (liveSince === -Infinity || decidedUntil <= liveSince + MINUTE_MS) return;
  throw new EngineError('safety/journal-ahead', {
    message: `The journal's last decision is of ${formatIst(decidedUntil)}, and the market is only at ${formatIst(liveSince)}.`,
    remedy:
      'If it is a sandbox that was started anew, take another journal: its exchange has forgotten what this one remembers. Else set the clock.',
    context: { decidedUntil, liveSince },
  });
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

/** Where a journal's last run had come to; a run that goes on decides nothing before that again. */
function lastDecision(journal: Journal | DurableJournal): EpochMs {
  if (!isDurable(journal) || journal.lastSequence === 0) return -Infinity;
  let at = -Infinity;
  for (const record of journal.read({ after: journal.lastSequence - 1 })) at = record.at;
  return at;
}

/** What a journal had kept before this run. */
function* firstRecords(journal: DurableJournal, count: number): Generator<JournalRecord> {
  if (count === 0) return;
  for (const record of journal.read()) {
    yield record;
    if (record.sequence >= count) return;
  }
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
  const { signals, roundTrips, equity, candles, ticks, warnings } = recorder;
  const { breakers, alerts, adjustments } = recorder.guard;
  return {
    decisionHash: journal.hash(),
    capitalPaise,
    accounts: config.accounts.map(({ id, broker, capitalPaise }) => ({ id, broker: broker.use, capitalPaise })),
    chargesFrom: config.chargesFrom,
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
    figures: reportFigures(recorder, { startPaise: capitalPaise, adjustments, calendar: rules.calendar }),
    breakers,
    alerts,
    adjustments,
    equity,
  };
}
