import { EngineError, type RunResult, type runConfig } from '@sauda/engine';
import { describe, expect, it } from 'vitest';

import { fakeIo, fixedReport, folderWith, paperYaml, wrongYaml } from './cli.test-kit.js';
import { backtest } from './commands/backtest.js';
import { main } from './main.js';

const options = { json: false, quiet: false, all: false, last: null };
const inFolder = (text: string) => fakeIo(folderWith({ 'sauda.config.yaml': text }));
const answering =
  (result: Partial<RunResult>): typeof runConfig =>
  () =>
    Promise.resolve({ report: fixedReport, interrupted: false, issues: [], ...result });
const throwing =
  (error: Error): typeof runConfig =>
  () =>
    Promise.reject(error);
const errorOf = (code: string) => new EngineError(code, { message: 'It is wrong.', remedy: 'Correct it.' });

describe('exit codes', () => {
  it.each([
    ['config/feed-unknown', 2],
    ['charges/unknown-date', 2],
    ['feed/column-missing', 3],
    ['safety/journal-locked', 4],
    ['runtime/stuck', 1],
  ])('of %s is %i, and --json says what is wrong', async (code, exitCode) => {
    const io = inFolder(paperYaml);
    expect(await backtest(undefined, { ...options, json: true }, io, throwing(errorOf(code)))).toBe(exitCode);
    expect(JSON.parse(io.printed.out)).toEqual({
      ok: false,
      problems: [{ path: '', found: null, message: 'It is wrong.', remedy: 'Correct it.', severity: 'error', code }],
    });
  });

  it('is 130 for an interrupted run, which still reports', async () => {
    const io = inFolder(paperYaml);
    expect(await backtest(undefined, options, io, answering({ interrupted: true }))).toBe(130);
    expect(io.printed.out).toContain('Net profit');
    expect(io.printed.err).toContain('Interrupted: the report ends on 2024-01-04.');
  });

  it.each([
    [['validate', 'none.yaml'], 2],
    [['backtset'], 2],
    [['backtest', '--last', 'few'], 2],
    [['--help'], 0],
    [['schema'], 0],
  ])('of %j is %i', async (args, exitCode) => {
    expect(await main(args, fakeIo(folderWith({})))).toBe(exitCode);
  });

  it('of wrong arguments with --json still prints one document', async () => {
    const io = fakeIo(folderWith({}));
    expect(await main(['backtest', '--fast', '--json'], io)).toBe(2);
    expect(JSON.parse(io.printed.out)).toMatchObject({ ok: false, problems: [{ message: expect.stringContaining('--fast') }] });
  });
});

describe('sauda validate', () => {
  it('lists every problem with file and line', async () => {
    const io = inFolder(wrongYaml);
    expect(await main(['validate'], io)).toBe(2);
    expect(io.printed.out).toBe('');
    expect(io.printed.err).toMatchInlineSnapshot(`
      "error sauda.config.yaml:1 mode
        "papper" is none of the choices.
        Did you mean "paper"? Known are backtest, paper, live.
      error sauda.config.yaml:8 sets[0].strategy.fsat
        "fsat" is not known here.
        Did you mean "fast"? Known are fast, slow, rsi.
      error sauda.config.yaml:13 sets[0].exits.stopLoss
        10 has no unit.
        Write 10%, { points: 10 }, { price: 95 } or { money: 2000 }.
      3 errors
      "
    `);
  });

  it('prints one document for programs', async () => {
    const io = inFolder(wrongYaml);
    expect(await main(['validate', '--json'], io)).toBe(2);
    expect(io.printed.err).toBe('');
    expect(JSON.parse(io.printed.out).problems).toContainEqual({
      path: 'sets[0].exits.stopLoss',
      found: 10,
      message: '10 has no unit.',
      remedy: 'Write 10%, { points: 10 }, { price: 95 } or { money: 2000 }.',
      severity: 'error',
      line: 13,
    });
  });

  it('looks at the data and finds nothing wrong with it', async () => {
    const io = inFolder(paperYaml);
    expect(await main(['validate', '--json'], io)).toBe(0);
    expect(JSON.parse(io.printed.out)).toEqual({ ok: true, problems: [] });
  });

  it('names the nearest file when one is missing', async () => {
    const feed = `  - use: csv
    instrument: NSE_INDEX:NIFTY
    files: [nifty_2024.csv]
    timeframe: 1m
    barLabel: start
    timeZone: Asia/Kolkata
    columns: { timestamp: t, open: o, high: h, low: l, close: c }\n`;
    const text = paperYaml.replace(/ {2}- \{ use: synthetic.*\n/, feed).replace('mode: paper', 'mode: backtest\nvix: 14%');
    const io = fakeIo(folderWith({ 'sauda.config.yaml': text, 'nifty_2024.csv.gz': '' }));
    expect(await main(['validate', '--json'], io)).toBe(3);
    expect(JSON.parse(io.printed.out).problems).toMatchObject([
      { path: 'feeds[0]', code: 'feed/file-missing', remedy: 'Did you mean "nifty_2024.csv.gz", which is in that folder?', line: 6 },
    ]);
  });
});

describe('sauda backtest', () => {
  it('prints exactly the report with --json', async () => {
    const io = inFolder(paperYaml);
    expect(await backtest(undefined, { ...options, json: true }, io, answering({}))).toBe(0);
    expect(JSON.parse(io.printed.out)).toEqual(fixedReport);
  });

  it('tells of its progress every few seconds where no terminal is', async () => {
    const io = inFolder(paperYaml);
    const slow: typeof runConfig = (_, { onProgress }) => {
      for (let day = 1; day <= 12; day += 1) onProgress?.({ date: `2024-01-${day}`, candles: day * 375 });
      return Promise.resolve({ report: fixedReport, interrupted: false, issues: [] });
    };
    await backtest(undefined, options, io, slow);
    expect(io.printed.err).toBe('2024-01-5  1875 candles\n2024-01-10  3750 candles\n');
  });

  it('runs the same configuration twice with equal decisions', async () => {
    const hashes = [];
    for (let time = 0; time < 2; time += 1) {
      const io = inFolder(paperYaml);
      expect(await main(['backtest', '--json'], io)).toBe(0);
      hashes.push(JSON.parse(io.printed.out).decisionHash);
    }
    expect(hashes[0]).toBe(hashes[1]);
  });
});

describe('a journal', () => {
  const journalYaml = `${paperYaml}store: { journal: ./run.db }\n`;

  it('is left alone by a backtest, with a warning', async () => {
    const io = inFolder(journalYaml);
    expect(await backtest(undefined, options, io, answering({}))).toBe(0);
    expect(io.printed.err).toContain('A backtest keeps no journal');
    expect(io.printed.err).toContain('sauda.config.yaml:14 store.journal');
  });

  it('in a folder that is not there is told by validate', async () => {
    const io = inFolder(journalYaml.replace('./run.db', './none/run.db'));
    expect(await main(['validate', '--json'], io)).toBe(2);
    expect(JSON.parse(io.printed.out).problems).toMatchObject([
      {
        path: 'store.journal',
        found: './none/run.db',
        severity: 'error',
        message: expect.stringContaining('none" of the journal is not there.'),
      },
    ]);
  });
});
