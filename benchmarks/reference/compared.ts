import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { formatIst, runConfig } from '@sauda/engine';

import { readConfig, registry } from '../read-config.js';
import { feedOf, type Recording } from '../recordings.js';

/** Days of a recording that were shorter than others, as `2013-10-14=09:15-10:12,11:25-15:30`. */
export interface ReferenceOptions {
  readonly days?: readonly string[];
}

/** Signals of one recording by the engine and by other means: lines of time and direction. */
export interface Compared {
  readonly name: string;
  readonly candles: { readonly engine: number; readonly reference: number };
  readonly signals: number;
  /** Lines that only one of the two has. */
  readonly onlyEngine: readonly string[];
  readonly onlyReference: readonly string[];
}

const SCRIPT = fileURLToPath(new URL('./signals.py', import.meta.url));

/** Whether there is a Python to compare with. */
export const hasPython = (): boolean => spawnSync('python3', ['--version']).status === 0;

/** Runs EMA 9 and EMA 15 on five-minute candles of a recording twice: through the engine, and through `signals.py`. */
export async function compared(recording: Recording, options: ReferenceOptions = {}): Promise<Compared> {
  const engine = await engineSignals(recording);
  const reference = referenceSignals(recording, options);
  return {
    name: recording.name,
    candles: { engine: engine.candles, reference: reference.candles },
    signals: engine.lines.length,
    onlyEngine: without(engine.lines, reference.lines),
    onlyReference: without(reference.lines, engine.lines),
  };
}

interface Signals {
  readonly candles: number;
  readonly lines: readonly string[];
}

async function engineSignals(recording: Recording): Promise<Signals> {
  const config = readConfig({
    mode: 'backtest',
    accounts: [{ id: 'main', capital: 100_000 }],
    feeds: [feedOf(recording)],
    premiums: { volatility: '14%' },
    instruments: { [recording.instrument]: { lotSize: 50, strikeStep: 50 } },
    calendar: recording.calendar,
    charges: 'from 2024-10-01',
    sets: [
      {
        id: 'ema',
        strategy: { use: 'ema-crossover', fast: 9, slow: 15 },
        underlying: recording.instrument,
        accounts: ['main'],
        chart: { type: 'candlestick', timeframe: '5m' },
        // Nothing is bought: this is about signals.
        window: '00:00-00:01',
        legs: [{ kind: 'option', optionType: 'signal', side: 'buy' }],
      },
    ],
  });
  const { report } = await runConfig(config, { registry });
  return {
    candles: report.candles,
    lines: report.signals.map(({ time, direction }) => `${formatIst(time).slice(0, 16)} ${direction}`),
  };
}

function referenceSignals({ file, barLabel }: Recording, { days = [] }: ReferenceOptions): Signals {
  const options = days.flatMap((day) => ['--day', day]);
  const { status, stdout, stderr } = spawnSync('python3', [SCRIPT, file, '--bar-label', barLabel, '--count', ...options], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (status !== 0) throw new Error(`signals.py failed: ${stderr}`);
  const [count, ...lines] = stdout.trimEnd().split('\n');
  return { candles: Number(count), lines };
}

function without(lines: readonly string[], others: readonly string[]): readonly string[] {
  const known = new Set(others);
  return lines.filter((line) => !known.has(line));
}
