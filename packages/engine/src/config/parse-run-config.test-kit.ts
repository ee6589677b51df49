import { EMPTY } from 'rxjs';
import { z } from 'zod';

import { defineBroker } from '../plugins/broker.js';
import { defineFeed } from '../plugins/feed.js';
import { createRegistry } from '../plugins/registry.js';
import { defineStrategy } from '../plugins/strategy.js';

const nothing = () => {
  throw new Error('A configuration is only read here.');
};

/** Plug-ins as small as their schemas. */
export const registry = createRegistry([
  defineStrategy({
    name: 'ema-crossover',
    summary: 'Crossings of two averages.',
    params: z
      .object({ fast: z.int().positive().default(9), slow: z.int().positive().default(15) })
      .refine(({ fast, slow }) => fast < slow, { error: 'The fast average must be shorter than the slow one.', path: ['fast'] }),
    warmup: ({ params }) => params.slow * 4,
    signals: () => EMPTY,
  }),
  defineFeed({
    name: 'csv',
    config: z.strictObject({ instrument: z.string(), files: z.array(z.string()), timeframe: z.enum(['1m', '5m']) }),
    open: nothing,
  }),
  defineFeed({ name: 'chain-csv', config: z.strictObject({ underlying: z.string(), files: z.array(z.string()) }), open: nothing }),
  defineBroker({
    name: 'zerodha',
    simulated: false,
    config: z.strictObject({ apiKey: z.string().length(8), apiSecret: z.string() }),
    connect: nothing,
  }),
]);

/** The smallest set that can run. */
export const plainSet = {
  id: 'nifty-ema',
  strategy: { use: 'ema-crossover' },
  underlying: 'NSE_INDEX:NIFTY',
  accounts: ['main'],
  legs: [{ kind: 'option', side: 'buy' }],
};

/** The smallest configuration that can run. */
export const plainConfig = {
  mode: 'backtest',
  accounts: [{ id: 'main', capital: 100000 }],
  feeds: [{ use: 'csv', instrument: 'NSE_INDEX:NIFTY', files: ['a.csv'], timeframe: '1m' }],
  premiums: { volatility: '14%' },
  sets: [plainSet],
};
