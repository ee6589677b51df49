import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { RunConfigInput } from '@sauda/engine';

/** Recorded market data lies beside the repository where it is there at all; it is not ours to hand on. */
const DATA = fileURLToPath(new URL('../../shared/data/', import.meta.url));

/** A recorded file of one-minute candles, with what must be known to read it. */
export interface Recording {
  readonly name: string;
  readonly file: string;
  readonly instrument: string;
  readonly barLabel: 'start' | 'end';
  /** Names of its columns in the order in which a reader needs them. */
  readonly columns: {
    readonly date: string;
    readonly time: string;
    readonly open: string;
    readonly high: string;
    readonly low: string;
    readonly close: string;
  };
  readonly calendar: 'rules' | 'fromData';
}

const lowerCase = { date: 'date', time: 'time', open: 'open', high: 'high', low: 'low', close: 'close' };
const capital = { date: 'Date', time: 'Time', open: 'Open', high: 'High', low: 'Low', close: 'Close' };
const in2024 = { barLabel: 'start', columns: capital, calendar: 'rules' } as const;

export const nifty2013: Recording = {
  name: 'NIFTY 2013–2015',
  file: join(DATA, 'index-intraday', 'nifty_1min_2013-2015.csv.gz'),
  instrument: 'NSE_INDEX:NIFTY',
  barLabel: 'end',
  columns: lowerCase,
  calendar: 'fromData',
};

export const nifty2024: Recording = {
  ...in2024,
  name: 'NIFTY 2024',
  file: join(DATA, 'index-intraday', 'nifty_1min_2024-01_2024-05.csv.gz'),
  instrument: 'NSE_INDEX:NIFTY',
};

export const bankNifty2024: Recording = {
  ...in2024,
  name: 'BANKNIFTY 2024',
  file: join(DATA, 'index-intraday', 'banknifty_1min_2024-01_2024-05.csv.gz'),
  instrument: 'NSE_INDEX:BANKNIFTY',
};

/** A morning of NIFTY's option chain, with the options' own prices. */
export const chain2026 = join(DATA, 'option-chain-2026', 'nifty_chain_1min_20260819.csv.gz');

export const isThere = ({ file }: Pick<Recording, 'file'>): boolean => existsSync(file);

/** The feed of a recording, as a configuration names it. */
export const feedOf = ({ file, instrument, barLabel, columns }: Recording): RunConfigInput['feeds'][number] => ({
  use: 'csv',
  instrument,
  files: [file],
  timeframe: '1m',
  barLabel,
  timeZone: 'Asia/Kolkata',
  columns,
  formats: { date: 'yyyyMMdd', time: 'HH:mm' },
});
