import { describe, expect, it } from 'vitest';

import { plainConfig } from '../config/parse-run-config.test-kit.js';
import { runSchema } from '../config/run-schema.js';
import { assumptionsOf } from './assumptions.js';

/** The assumptions of a run with this written under `simulation`. */
const of = (simulation: object): readonly string[] => assumptionsOf(runSchema.parse({ ...plainConfig, simulation }), []);

describe('the assumptions of a report', () => {
  it('say how orders meet the market', () => {
    expect(of({})).toEqual([
      'Candles are replayed on a straight path: open, the nearer extreme, the other one, close.',
      'Orders arrive 100 ms after their decision; slippage: 1 tick; limit orders fill at touch.',
      'The broker closes at 15:25, or five minutes before the close if that is earlier, what is held intraday (MIS), and refuses what the account has no margin for by an estimate.',
    ]);
  });

  it.each<[object, string]>([
    [{ latency: { from: '50ms', to: '400ms' } }, 'Orders arrive 50 to 400 ms after their decision'],
    [
      { latency: { median: '80ms', p95: '400ms' } },
      'Orders arrive 80 ms at the median and 400 ms at most in 95 % of cases after their decision',
    ],
    [{ fill: 'through' }, 'limit orders fill when the market trades through them.'],
    [
      { fill: { queue: 1500 } },
      'limit orders wait behind 1500 units at their price, and where no feed tells the volume they fill only when',
    ],
    [{ size: { units: 900 } }, 'At each point of the market 900 units can be had.'],
    [
      { size: { volume: '10%' } },
      'Orders get 10 % of the volume that is traded while they wait; everything, where no feed tells the volume.',
    ],
    [{ priceBand: '10%' }, 'Prices of orders lie within 10 % of the first price of the day.'],
    [{ autoSquareOff: 'off', margin: false }, 'The broker does not close what is held intraday (MIS), and asks for no margin.'],
    [
      { faults: [{ kind: 'silence' }, { kind: 'reject' }, { kind: 'silence', from: '10:00' }] },
      'Things were made to go wrong: silence, reject.',
    ],
  ])('say %j', (simulation, words) => {
    expect(of(simulation).join('\n')).toContain(words);
  });

  it('leave the simulation out where no account meets it', () => {
    const account = { id: 'main', capital: 100_000, live: true, broker: { use: 'elsewhere' } };
    const live = { ...plainConfig, mode: 'live', accounts: [account], store: { journal: './journal.db' } };
    expect(assumptionsOf(runSchema.parse(live), [])).toHaveLength(1);
    const beside = { ...live, accounts: [account, { ...account, id: 'paper', live: false }] };
    expect(assumptionsOf(runSchema.parse(beside), []).join(' ')).toContain('Orders arrive');
  });
});
