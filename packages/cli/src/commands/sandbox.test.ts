import { describe, expect, it } from 'vitest';

import { fakeIo, folderWith } from '../cli.test-kit.js';
import { main } from '../main.js';

const MARKET = 'feeds:\n  - { use: synthetic, seed: 7, start: 2026-11-25, chain: false }\n';
const FREE_PORT = `port: 0\nhistoryDays: 0\n${MARKET}`;

/** A person who interrupts as soon as something is printed. */
function interruptedAt(text: string, config: string) {
  let interrupt: () => void = () => undefined;
  const io = fakeIo(folderWith({ 'sandbox.config.yaml': config }), {
    onInterrupt: (listener) => {
      interrupt = listener;
      return () => undefined;
    },
  });
  const out = (printed: string): void => {
    io.out(printed);
    if (io.printed.out.includes(text)) setImmediate(interrupt);
  };
  return { ...io, out };
}

describe('sauda sandbox', () => {
  it('says where it listens and what happens, and what an interrupt costs', async () => {
    const io = interruptedAt('The market is open.', FREE_PORT);
    expect(await main(['sandbox'], io)).toBe(130);
    expect(io.printed.out).toMatch(
      /^The sandbox listens at 127\.0\.0\.1:\d+, in real time\. Ctrl-C stops\.\n11-25 09:15:00 {2}The market is open\.\n/,
    );
    expect(io.printed.err).toBe('Stopping: what the exchange had in memory is gone with it.\n');
  });

  it('prints an event a line for programs', async () => {
    const io = interruptedAt('The market is open.', FREE_PORT);
    expect(await main(['sandbox', '--json'], io)).toBe(130);
    const lines = io.printed.out.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { event: 'listening', host: '127.0.0.1', port: expect.any(Number), speed: 1 },
      { event: 'The market is open.', at: 1_795_578_300_000 },
    ]);
  });

  it('lists what is wrong with its configuration', async () => {
    const io = fakeIo(folderWith({ 'sandbox.config.yaml': `clock: { speed: max }\n${MARKET}` }));
    expect(await main(['sandbox'], io)).toBe(2);
    expect(io.printed.err).toContain('error sandbox.config.yaml:1 clock.speed\n  "max" does not fit here.\n');
  });

  it('says how it is given its configuration where there is none', async () => {
    const io = fakeIo(folderWith({}));
    expect(await main(['sandbox'], io)).toBe(2);
    expect(io.printed.err).toContain('Name a file: sauda sandbox path/to/config.yaml.');
  });
});
