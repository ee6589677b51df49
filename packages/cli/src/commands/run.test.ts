import { type Alert, EngineError, type JournalRecord, openFileJournal, type runConfig } from '@sauda/engine';
import { describe, expect, it } from 'vitest';

import { fakeIo, fixedReport, folderWith, paperYaml } from '../cli.test-kit.js';
import { main } from '../main.js';
import { run } from './run.js';

const options = { json: false, quiet: false, stops: false };
const inFolder = (text: string) => fakeIo(folderWith({ 'sauda.config.yaml': text }));

describe('sauda run', () => {
  it('prints one JSON event a line, the end last', async () => {
    const io = inFolder(paperYaml);
    expect(await main(['run', '--json'], io)).toBe(0);
    const lines = io.printed.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({ sequence: 1, instance: 'nifty-ema|NSE_INDEX:NIFTY|main', kind: 'setStarted' });
    expect(lines.at(-1)).toMatchObject({ kind: 'runEnded', decisionHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it('tells people in words, and ends with the report', async () => {
    const io = inFolder(paperYaml);
    expect(await main(['run'], io)).toBe(0);
    expect(io.printed.out).toContain('EMA 9 crossed');
    expect(io.printed.out).toContain('Net profit');
  });

  it('stops in an orderly way when a person interrupts', async () => {
    let interrupt = () => {};
    const io = fakeIo(folderWith({ 'sauda.config.yaml': paperYaml }), {
      onInterrupt: (listener) => {
        interrupt = listener;
        return () => undefined;
      },
    });
    const stoppable: typeof runConfig = (_, { signal }) => {
      interrupt();
      return Promise.resolve({ report: fixedReport, interrupted: signal?.aborted === true, issues: [] });
    };
    expect(await run(undefined, options, io, stoppable)).toBe(130);
    expect(io.printed.err).toContain('Interrupted.');
  });

  it('replays a configuration for a backtest on paper, to the same decisions', async () => {
    const backtest = inFolder(paperYaml.replace('mode: paper', 'mode: backtest'));
    expect(await main(['backtest', '--json'], backtest)).toBe(0);
    const paper = inFolder(paperYaml.replace('mode: paper', 'mode: backtest'));
    expect(await main(['run', '--json'], paper)).toBe(0);
    const last = JSON.parse(paper.printed.out.trim().split('\n').at(-1) ?? '');
    expect(last).toMatchObject({ kind: 'runEnded', decisionHash: JSON.parse(backtest.printed.out).decisionHash });
  });
});

/** A run that tells this and ends. */
const telling =
  ({ records = [], alerts = [] }: { readonly records?: readonly JournalRecord[]; readonly alerts?: readonly Alert[] }): typeof runConfig =>
  (_, { onRecord, onAlert }) => {
    for (const record of records) onRecord?.(record);
    for (const alert of alerts) onAlert?.(alert);
    return Promise.resolve({ report: fixedReport, interrupted: false, issues: [] });
  };

const AT = 1_795_582_864_000;
const alertOf = (severity: Alert['severity']): Alert => ({
  severity,
  code: 'account/daily-loss',
  message: `A ${severity} thing.`,
  remedy: 'Look.',
  at: AT,
  account: 'main',
  instance: null,
});
const dayBegan: JournalRecord = {
  sequence: 1,
  at: AT,
  instance: 'account:main',
  events: [{ kind: 'accountDayStarted', date: '2026-11-25', equityPaise: 1_00_000_00, at: AT }],
};

describe('what sauda run tells', () => {
  const alerts = [alertOf('info'), alertOf('warning'), alertOf('critical')];

  it('has every alert in it', async () => {
    const io = inFolder(paperYaml);
    await run(undefined, options, io, telling({ records: [dayBegan], alerts }));
    expect(io.printed.out).toContain('account:main                    2026-11-25 begins with ₹1,00,000.00\n');
    expect(io.printed.out).toContain('account:main                    A warning thing. Look.\n');
    expect(io.printed.out).toContain('account:main                    CRITICAL A critical thing. Look.\n');
  });

  it('is with --quiet what is critical, and the end', async () => {
    const io = inFolder(paperYaml);
    await run(undefined, { ...options, quiet: true }, io, telling({ records: [dayBegan], alerts }));
    expect(io.printed.out).not.toContain('begins with');
    expect(io.printed.out).not.toContain('warning thing');
    expect(io.printed.out).toContain('CRITICAL A critical thing. Look.');
    expect(io.printed.out).toContain('Net profit');
  });

  it('is with --json nothing but the journal on standard output, words on the other', async () => {
    const io = inFolder(paperYaml);
    await run(undefined, { ...options, json: true }, io, telling({ records: [dayBegan], alerts }));
    const [first, last, ...more] = io.printed.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(first).toEqual({ sequence: 1, instance: 'account:main', ...dayBegan.events[0] });
    expect(last).toMatchObject({
      kind: 'runEnded',
      breakers: expect.any(Array),
      alerts: expect.any(Array),
      adjustments: expect.any(Array),
    });
    expect(more).toEqual([]);
    expect(io.printed.err).toContain('CRITICAL A critical thing. Look.');
  });

  it('says from where it goes on', async () => {
    const io = inFolder(`${paperYaml}store: { journal: ./run.db }\n`);
    const journal = await openFileJournal(`${io.workingDir}/run.db`, { runId: '', createdAt: 0 });
    journal.append(dayBegan);
    journal.close();
    await run(undefined, options, io, telling({}));
    expect(io.printed.out).toContain('going on from 2026-11-25 10:31:04, 1 decision, no position\n');
  });

  it('has a breaker before what the breaker closes', async () => {
    const tripped: JournalRecord = {
      sequence: 2,
      at: AT,
      instance: 'account:main',
      events: [
        { kind: 'breakerTripped', code: 'account/daily-loss', reason: '', limit: 1, value: 1, until: null, at: AT },
        { kind: 'closingRequested', instances: ['nifty-ema|NSE_INDEX:NIFTY|main'], at: AT },
      ],
    };
    const io = inFolder(paperYaml);
    await run(undefined, options, io, telling({ records: [dayBegan, tripped], alerts: [alertOf('critical')] }));
    const lines = io.printed.out.split('\n').map((line) => line.slice(48));
    const first = lines.indexOf('CRITICAL A critical thing. Look.');
    expect(first).toBeGreaterThan(0);
    expect(lines[first + 1]).toBe('closing nifty-ema|NSE_INDEX:NIFTY|main');
  });

  it('says at the start which accounts trade with real money', async () => {
    const live = paperYaml
      .replace('mode: paper', 'mode: live')
      .replace('capital: 100000', 'capital: 100000, live: true, broker: { use: sandbox }');
    const io = inFolder(`${live}store: { journal: ./run.db }\n`);
    await run(undefined, options, io, telling({}));
    expect(io.printed.out).toContain('LIVE on main 1 of 1 sets active. Type help');
  });

  it('says in capitals when trading is halted by the configuration', async () => {
    const io = inFolder(`${paperYaml}risk: { switch: halted }\n`);
    await run(undefined, options, io, telling({ records: [dayBegan] }));
    expect(io.printed.out).toContain('TRADING IS HALTED. To go on: switch active.\n');
    expect(io.printed.out).toContain('TRADING IS HALTED  2026-11-25 begins');
  });
});

/** Types these lines as soon as somebody listens. */
const typing = (text: string, lines: readonly string[]) =>
  fakeIo(folderWith({ 'sauda.config.yaml': text }), {
    onLine: (listener) => {
      for (const line of lines) listener(line);
      return () => undefined;
    },
  });

describe('lines that are typed into sauda run', () => {
  it('are carried out when trading begins, and journalled with who typed them', async () => {
    const io = typing(paperYaml, ['status', 'switch exits-only', 'rearm main', 'stop nifty', 'help']);
    expect(await main(['run', '--json'], io)).toBe(0);
    const events = io.printed.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.find(({ kind }) => kind === 'switchChanged')).toMatchObject({ to: 'exits-only', by: 'asha' });
    expect(events.some(({ kind }) => kind === 'setOpened')).toBe(false);
    expect(io.printed.err).toContain('2026-11-23 09:15:00  TRADING IS ACTIVE\n');
    expect(io.printed.err).toContain('switch exits-only: passed on, by asha.\n');
    expect(io.printed.err).toContain('rearm main: Account "main" is not stopped. Nothing has to be done.\n');
    expect(io.printed.err).toContain('stop nifty: There is no set "nifty". There is: nifty-ema.\n');
    expect(io.printed.err).toContain('adopt <account> <instrument>');
  });

  it('are given by whom --by names', async () => {
    const io = typing(paperYaml, ['switch halted']);
    expect(await main(['run', '--by', 'ravi'], io)).toBe(0);
    expect(io.printed.out).toContain('switch halted: passed on, by ravi.');
    expect(io.printed.out).toContain('CRITICAL TRADING IS HALTED by ravi.');
    expect(await main(['run', '--by', ' '], typing(paperYaml, []))).toBe(2);
  });

  it('end the run with quit, as an interrupt does', async () => {
    const io = typing(paperYaml, ['quit']);
    expect(await main(['run'], io)).toBe(130);
    expect(io.printed.err).toContain('Interrupted. Without store.journal nothing is kept');
  });

  it('are listed by --help', async () => {
    const io = fakeIo(folderWith({}));
    expect(await main(['run', '--help'], io)).toBe(0);
    expect(io.printed.out).toContain('rearm <account>');
  });

  it('are listened to until the run is over, and no longer', async () => {
    let listens = false;
    const io = fakeIo(folderWith({ 'sauda.config.yaml': paperYaml }), {
      onLine: () => {
        listens = true;
        return () => {
          listens = false;
        };
      },
    });
    const seen: boolean[] = [];
    await run(undefined, options, io, () => {
      seen.push(listens);
      return Promise.resolve({ report: fixedReport, interrupted: false, issues: [] });
    });
    expect([...seen, listens]).toEqual([true, false]);
  });
});

describe('the journal of sauda run', () => {
  const journalYaml = `${paperYaml}store: { journal: ./run.db }\n`;

  it('is made, and gone on with after a stop', async () => {
    const folder = folderWith({ 'sauda.config.yaml': journalYaml });
    let quit: (line: string) => void = () => undefined;
    const first = fakeIo(folder, {
      onLine: (listener) => {
        quit = listener;
        return () => undefined;
      },
    });
    const out = (text: string): void => {
      first.out(text);
      if (text.includes('bought')) quit('quit');
    };
    expect(await main(['run'], { ...first, out })).toBe(130);
    expect(first.printed.err).toMatch(
      /the state is saved in .*run\.db: 2026-11-23 \d\d:\d\d:\d\d, \d+ decisions, 1 position\. Start it again to go on\./,
    );

    const second = fakeIo(folder);
    expect(await main(['run'], second)).toBe(0);
    expect(second.printed.out).toMatch(/\ngoing on from 2026-11-23 \d\d:\d\d:\d\d, \d+ decisions, 1 position\n/);

    const journal = await openFileJournal(`${folder}/run.db`, { runId: '', createdAt: 0 });
    const orderIds = [...journal.read()].flatMap(({ events }) =>
      events.flatMap((event) => (event.kind === 'orderSubmitted' ? [event.orderId] : [])),
    );
    journal.close();
    expect(new Set(orderIds).size).toBe(orderIds.length);
  });

  it('leads to the same decisions when a person stops before trading has begun', async () => {
    const hashOf = ({ printed }: ReturnType<typeof fakeIo>) => JSON.parse(printed.out.trim().split('\n').at(-1) ?? '').decisionHash;
    const stopped = typing(journalYaml, ['quit']);
    expect(await main(['run'], stopped)).toBe(130);
    const [goneOn, whole] = [fakeIo(stopped.workingDir), inFolder(paperYaml)];
    for (const io of [goneOn, whole]) expect(await main(['run', '--json'], io)).toBe(0);
    expect(hashOf(goneOn)).toBe(hashOf(whole));
  });

  it('is nothing to go on from where nothing was decided', async () => {
    const io = inFolder(journalYaml);
    const interrupted: typeof runConfig = () => Promise.resolve({ report: fixedReport, interrupted: true, issues: [] });
    expect(await run(undefined, options, io, interrupted)).toBe(130);
    expect(io.printed.err).toBe('Interrupted before anything was decided.\n');
  });

  it('leads to the decisions of a run without one', async () => {
    const hashes = [];
    for (const text of [paperYaml, journalYaml]) {
      const io = inFolder(text);
      await main(['run', '--json'], io);
      hashes.push(JSON.parse(io.printed.out.trim().split('\n').at(-1) ?? '').decisionHash);
    }
    expect(hashes[0]).toBe(hashes[1]);
  });

  it('in use by another engine refuses the run, with exit code 4', async () => {
    const folder = folderWith({ 'sauda.config.yaml': journalYaml });
    const journal = await openFileJournal(`${folder}/run.db`, { runId: '', createdAt: 0 });
    const io = fakeIo(folder);
    expect(await main(['run', '--json'], io)).toBe(4);
    expect(JSON.parse(io.printed.out).problems).toMatchObject([{ path: 'store.journal', code: 'safety/journal-in-use', line: 14 }]);
    journal.close();
  });

  it('of live orders refuses a run on paper, with exit code 4', async () => {
    const folder = folderWith({ 'sauda.config.yaml': journalYaml });
    (await openFileJournal(`${folder}/run.db`, { runId: 'k3x9', createdAt: 0, mode: 'live' })).close();
    const io = fakeIo(folder);
    expect(await main(['run', '--json'], io)).toBe(4);
    expect(JSON.parse(io.printed.out).problems).toMatchObject([
      { path: 'store.journal', code: 'safety/journal-of-another-mode', line: 14 },
    ]);
  });

  it('is given free when the run fails', async () => {
    const io = inFolder(journalYaml);
    const failure = new EngineError('journal/write-failed', { message: 'The disk is full.', remedy: 'Make room.' });
    expect(await run(undefined, options, io, () => Promise.reject(failure))).toBe(1);
    const journal = await openFileJournal(`${io.workingDir}/run.db`, { runId: '', createdAt: 0 });
    journal.close();
  });
});
