import { PassThrough } from 'node:stream';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { type LineStream, typedLines } from './typed-lines.js';

function listening(stream: LineStream) {
  const lines: string[] = [];
  const typed = typedLines(() => stream);
  const stop = typed.onLine((line) => lines.push(line));
  return { lines, stop, typed };
}

/** What was written has been read when the streams have had their turn. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('typed lines', () => {
  it('come one by one, however they are cut up on their way', async () => {
    const stream = new PassThrough();
    const { lines } = listening(stream);
    for (const part of ['rea', 'rm main\r\nsta', 'tus\n\nhelp']) {
      stream.write(part);
      await turn();
    }
    expect(lines).toEqual(['rearm main', 'status', '']);
    stream.end();
    await turn();
    expect(lines).toEqual(['rearm main', 'status', '', 'help']);
  });

  it('keep letters whole that are cut up', async () => {
    const stream = new PassThrough();
    const { lines } = listening(stream);
    const bytes = Buffer.from('सौदा\n');
    stream.write(bytes.subarray(0, 4));
    await turn();
    stream.write(bytes.subarray(4));
    await turn();
    expect(lines).toEqual(['सौदा']);
  });

  it('come no more when nobody listens', async () => {
    const stream = new PassThrough();
    const { lines, stop } = listening(stream);
    stop();
    stream.write('status\n');
    await turn();
    expect(lines).toEqual([]);
    expect(stream.isPaused()).toBe(true);
  });

  it('come no more from a stream that fails, and nobody is hurt', async () => {
    const stream = new PassThrough();
    const { lines } = listening(stream);
    stream.write('status\nhel');
    await turn();
    stream.destroy(new Error('EIO'));
    await turn();
    expect(lines).toEqual(['status', 'hel']);
  });

  it('are cut where no command is that long', async () => {
    const stream = new PassThrough();
    const { lines } = listening(stream);
    for (let part = 0; part < 100; part += 1) stream.write('x'.repeat(1_000));
    stream.write('\nstatus\n');
    await turn();
    expect(lines[0]?.length).toBe(1_000);
    expect(lines[1]).toBe('status');
  });

  it('let the process end that waits for nothing else', () => {
    const unref = vi.fn();
    listening(Object.assign(new PassThrough(), { unref }));
    expect(unref).toHaveBeenCalled();
  });
});

describe('what lies ready', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('has been handed on', async () => {
    const stream = new PassThrough();
    stream.end('rearm main\nstatus\n');
    const { lines, typed } = listening(stream);
    await typed.atHand();
    expect(lines).toEqual(['rearm main', 'status']);
  });

  it('is not waited for at a terminal', async () => {
    const { typed } = listening(Object.assign(new PassThrough(), { isTTY: true }));
    await typed.atHand();
  });

  it('is waited for a tenth of a second where a pipe is silent', async () => {
    const { typed } = listening(new PassThrough());
    let over = false;
    const waiting = typed.atHand().then(() => {
      over = true;
    });
    await vi.advanceTimersByTimeAsync(99);
    expect(over).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await waiting;
    expect(over).toBe(true);
  });

  it('is nothing where nobody listens', () => typedLines(() => new PassThrough()).atHand());
});
