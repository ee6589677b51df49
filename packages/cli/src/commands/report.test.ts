import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { fakeIo, fixedReport, folderWith, paperYaml } from '../cli.test-kit.js';
import { main } from '../main.js';
import { guardedReport, oldReport } from '../report/report.test-kit.js';

const saved = JSON.stringify(fixedReport);
const written = (io: { readonly workingDir: string }): string => readFileSync(join(io.workingDir, 'report.html'), 'utf8');

describe('sauda report', () => {
  it('prints what was saved', async () => {
    const io = fakeIo(folderWith({ 'run.json': saved }));
    expect(await main(['report', 'run.json'], io)).toBe(0);
    expect(io.printed.out).toContain('NIFTY04JAN2421650CE');
    expect(io.printed.out).toContain('-₹2,02,164.18');
  });

  it('prints the document again with --json', async () => {
    const io = fakeIo(folderWith({ 'run.json': saved }));
    expect(await main(['report', 'run.json', '--json'], io)).toBe(0);
    expect(JSON.parse(io.printed.out)).toEqual(fixedReport);
  });

  it('makes a page instead with --html', async () => {
    const io = fakeIo(folderWith({ 'run.json': saved }));
    expect(await main(['report', 'run.json', '--html', 'report.html'], io)).toBe(0);
    expect(io.printed).toEqual({ out: '', err: 'Tearsheet: report.html\n' });
    expect(written(io)).toContain('NIFTY11JAN2421650PE');
  });

  it.each([
    ['none.json', 2, 'cli/report-missing', 'There is no file "none.json"'],
    ['events.json', 3, 'data/report-unreadable', '"events.json" is not one JSON document'],
    ['failed.json', 3, 'data/report-unreadable', 'holds the problems of a command'],
    ['other.json', 3, 'data/report-invalid', 'Invalid input'],
  ])('of %s ends with %i and %s', async (name, exitCode, code, message) => {
    const files = {
      'events.json': '{"sequence":1}\n{"sequence":2}\n',
      'failed.json': '{"ok":false,"problems":[]}',
      'other.json': '{"figures":{}}',
    };
    const io = fakeIo(folderWith(files));
    expect(await main(['report', name, '--json'], io)).toBe(exitCode);
    const { ok, problems } = JSON.parse(io.printed.out);
    expect(ok).toBe(false);
    expect(problems[0]).toMatchObject({ code, message: expect.stringContaining(message), remedy: expect.stringMatching(/\w/) });
  });

  it('names the place of what is wrong in a report', async () => {
    const io = fakeIo(folderWith({ 'run.json': saved.replace('"netPaise":112541', '"netPaise":"112541"') }));
    expect(await main(['report', 'run.json'], io)).toBe(3);
    expect(io.printed.err).toContain('roundTrips.0.netPaise');
  });

  it('prints the trade journal instead with --journal, the contract notes with --notes, and both after each other', async () => {
    const printed = async (...options: readonly string[]) => {
      const io = fakeIo(folderWith({ 'run.json': saved }));
      expect(await main(['report', 'run.json', ...options], io)).toBe(0);
      return io.printed.out;
    };
    const [journal, notes, both] = [await printed('--journal'), await printed('--notes'), await printed('--journal', '--notes')];
    expect(journal).toMatch(/^#1 {2}nifty-ema/);
    expect(journal).not.toContain('Net profit');
    expect(notes).toMatch(/^Account main\nContract note of 2024-01-02\n/);
    expect(both).toBe(`${journal}\n${notes}`);
  });

  it.each(['journal', 'notes'] as const)('has no %s of a document of an earlier version, and says what to do', async (what) => {
    const io = fakeIo(folderWith({ 'run.json': JSON.stringify(oldReport()) }));
    expect(await main(['report', 'run.json', `--${what}`], io)).toBe(3);
    expect(io.printed.err).toContain('Run it again with this version: sauda backtest --json > run.json.');
  });

  it.each([
    ['of this version', guardedReport],
    ['of an earlier version, to which it adds nothing', oldReport()],
  ])('reads a document %s', async (_, document) => {
    const io = fakeIo(folderWith({ 'run.json': JSON.stringify(document) }));
    expect(await main(['report', 'run.json', '--json'], io)).toBe(0);
    expect(JSON.parse(io.printed.out)).toEqual(document);
  });

  it('needs a file', async () => expect(await main(['report'], fakeIo(folderWith({})))).toBe(2));
});

describe('sauda backtest --notes', () => {
  const run = async (...options: readonly string[]) => {
    const io = fakeIo(folderWith({ 'sauda.config.yaml': paperYaml }));
    expect(await main(['backtest', ...options], io)).toBe(0);
    return io.printed;
  };

  it('prints the contract notes of the run after its report', async () => {
    const [{ out: report }, { out }] = [await run(), await run('--notes')];
    expect(out.startsWith(`${report}\nAccount main\nContract note of 2026-11-23\n`)).toBe(true);
    expect(report).not.toContain('Contract note');
  });

  it('prints them to standard error with --json, the same that the saved document gives', async () => {
    const { out, err } = await run('--notes', '--json');
    const io = fakeIo(folderWith({ 'run.json': out }));
    expect(await main(['report', 'run.json', '--notes'], io)).toBe(0);
    expect(io.printed.out).toMatch(/^Account main\nContract note of 2026-11-23\n/);
    expect(err).toContain(io.printed.out);
  });
});

describe('sauda backtest --html', () => {
  it('writes a page about the run, with all its round trips', async () => {
    const io = fakeIo(folderWith({ 'sauda.config.yaml': paperYaml }));
    expect(await main(['backtest', '--json', '--html', 'report.html'], io)).toBe(0);
    const report = JSON.parse(io.printed.out);
    const page = written(io);
    expect(report.roundTrips.length).toBeGreaterThan(0);
    for (const { netPaise } of report.roundTrips) expect(page).toContain(`data-value="${netPaise}"`);
    expect(page).toContain(report.decisionHash);
    expect(page).toContain('<h2>By strategy</h2>');
    expect(page).toContain('"fromStart":true');
  });

  it('says before the run that the page cannot be written', async () => {
    const io = fakeIo(folderWith({ 'sauda.config.yaml': paperYaml }));
    expect(await main(['backtest', '--json', '--html', 'none/report.html'], io)).toBe(2);
    expect(JSON.parse(io.printed.out).problems).toMatchObject([{ code: 'cli/html-not-writable' }]);
  });
});
