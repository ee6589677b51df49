import { map } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { anAccount } from '../config/plain-run.test-kit.js';
import { defineStrategy } from '../plugins/strategy.js';
import { time as at, MONDAY } from '../primitives/mondays.test-kit.js';
import type { SetConfig } from '../sets/set-config.js';
import { SHARE } from '../sets/ten-shares.test-kit.js';
import { dayOf, flat } from './market-day.test-kit.js';
import { configOf, eventsOf, run, setOf } from './run.test-kit.js';
import { signalsAt } from './scripted.test-kit.js';

const bought = (id: string, lots: number, changes: Partial<SetConfig> = {}): SetConfig =>
  setOf({
    id,
    strategy: signalsAt([at('09:16'), 'bullish']),
    legs: [{ kind: 'equity', side: 'signal', size: [{ kind: 'lots', lots }] }],
    ...changes,
  });

const rising = dayOf({ '09:15': flat(1000), '09:16': flat(1000), '09:17': flat(1010), '09:18': flat(1012) });

const instanceOf = (set: string, account = 'main'): string => `${set}|${SHARE}|${account}`;

describe('two sets in one instrument', () => {
  it('have a position each: the exit of one leaves the other alone', async () => {
    const long = bought('long', 10);
    const { exits } = long;
    const { report } = await run(
      configOf([
        { ...long, exits: { ...exits, target: { kind: 'points', points: 10 } } },
        bought('short', 4, { strategy: signalsAt([at('09:16'), 'bearish']) }),
      ]),
      rising,
    );
    expect(
      report.roundTrips.map(({ set, legs, exitReason, grossPaise }) => [set, legs[0]?.side, legs[0]?.quantity, exitReason, grossPaise]),
    ).toEqual([
      ['long', 'buy', 10, 'target', 10_000],
      ['short', 'sell', 4, 'endOfData', -4_800],
    ]);
    const net = report.roundTrips.reduce((sum, { netPaise }) => sum + netPaise, 0);
    expect(report.equity).toEqual([{ date: MONDAY, equityPaise: 10_00_000_00 + net }]);
    expect(report.figures.netPaise).toBe(net);
  });

  it('count their orders apart, so that fills find their set', async () => {
    const { events } = await run(configOf([bought('one', 1), bought('two', 2)]), rising);
    const fills = eventsOf(events, 'legFilled').map(({ fill }) => [fill.orderId, fill.quantity]);
    expect(fills).toEqual([
      ['S0O1', 1],
      ['S1O1', 2],
      ['S0O2', 1],
      ['S1O2', 2],
    ]);
  });
});

describe('two accounts', () => {
  it('take the same signals, each within its own slots and with its own money', async () => {
    const sets = [bought('one', 1, { accounts: ['wide', 'narrow'] }), bought('two', 2, { accounts: ['wide', 'narrow'] })];
    const { report, records } = await run(
      configOf(sets, { accounts: [anAccount('wide'), anAccount('narrow', { maxOpenSets: 1 })] }),
      rising,
    );
    expect(report.roundTrips.map(({ set, account }) => [set, account])).toEqual([
      ['one', 'wide'],
      ['one', 'narrow'],
      ['two', 'wide'],
    ]);
    const refused = records.filter(({ events }) => events.some(({ kind }) => kind === 'entryRefused'));
    expect(refused.map(({ instance }) => instance)).toEqual([instanceOf('two', 'narrow')]);
    expect(eventsOf(refused[0]?.events ?? [], 'entryRefused')).toMatchObject([{ by: 'risk', code: 'account/slots' }]);
    expect(report.signals.map(({ set, account, outcome }) => `${set} ${account} ${outcome}`)).toEqual([
      'one wide entered',
      'one narrow entered',
      'two wide entered',
      'two narrow account/slots',
    ]);
  });

  it('give a refused entry its slot back', async () => {
    const sets = [
      bought('one', 1, { strategy: signalsAt([at('09:16'), 'bullish'], [at('09:17'), 'neutral', 'exit']) }),
      bought('two', 1, { strategy: signalsAt([at('09:16'), 'bullish'], [at('09:18'), 'bullish']) }),
    ];
    const { report } = await run(configOf(sets, { accounts: [anAccount('main', { maxOpenSets: 1 })] }), rising);
    expect(report.signals.map(({ outcome }) => outcome)).toEqual(['entered', 'account/slots', 'exited', 'entered']);
  });

  it('refuse what costs more than an entry may', async () => {
    const account = anAccount('main', { capitalPerTradePaise: 100_00 });
    const { report, events } = await run(configOf([bought('one', 10)], { accounts: [account] }), rising);
    expect(report.roundTrips).toEqual([]);
    expect(eventsOf(events, 'entryRefused')).toMatchObject([{ code: 'account/capital-per-trade' }]);
    expect(report.equity).toEqual([{ date: MONDAY, equityPaise: 10_00_000_00 }]);
  });
});

describe('a strategy that fails', () => {
  const failing = (name: string, fails: 'at once' | 'at 09:17') =>
    defineStrategy({
      name,
      summary: 'Fails.',
      params: z.object({}),
      warmup: () => 0,
      signals: ({ market, set }) =>
        market.candles(set.underlying, set.chart).pipe(
          map(({ closeTime }) => {
            if (fails === 'at once' || closeTime === at('09:17')) throw new Error('I divided by nothing.');
            return { kind: 'enter', direction: 'bullish', at: closeTime, reason: 'a candle', values: {} } as const;
          }),
        ),
    });

  it('halts its own set, with the reason in the journal, and leaves the other running', async () => {
    const { records, report } = await run(
      configOf([setOf({ id: 'bad', strategy: { use: 'failing', params: {} } }), bought('good', 10)]),
      rising,
      { plugins: [failing('failing', 'at 09:17')] },
    );
    const halted = records.filter(({ events }) => eventsOf(events, 'setHalted').length > 0);
    expect(halted).toMatchObject([
      { instance: instanceOf('bad'), at: at('09:17'), events: [{ by: 'strategy failing', reason: 'I divided by nothing.' }] },
    ]);
    // What it holds, it goes on holding, and leaves by its rules.
    expect(report.roundTrips.map(({ set, exitReason }) => [set, exitReason])).toEqual([
      ['bad', 'endOfData'],
      ['good', 'endOfData'],
    ]);
    expect(report.warnings).toContainEqual({
      code: 'set/halted',
      message: expect.stringContaining('was halted by strategy failing: I divided by nothing.'),
    });
  });

  it('does so for each of its instances, and enters on nothing more', async () => {
    const { events, report } = await run(
      configOf([setOf({ id: 'bad', strategy: { use: 'failing', params: {} }, accounts: ['a', 'b'] })], {
        accounts: [anAccount('a'), anAccount('b')],
      }),
      rising,
      { plugins: [failing('failing', 'at once')] },
    );
    expect(eventsOf(events, 'setHalted').map(({ at: time }) => time)).toEqual([at('09:16'), at('09:16')]);
    expect(report.signals).toEqual([]);
  });

  it('halts its set too where it fails before its first candle', async () => {
    const early = defineStrategy({
      name: 'early',
      summary: 'Fails when it is asked for its signals.',
      params: z.object({}),
      warmup: () => 0,
      signals: () => {
        throw new Error('I do not know this instrument.');
      },
    });
    const { events, report } = await run(
      configOf([setOf({ id: 'bad', strategy: { use: 'early', params: {} } }), bought('good', 10)]),
      rising,
      { plugins: [early] },
    );
    expect(eventsOf(events, 'setHalted')).toMatchObject([{ reason: 'I do not know this instrument.' }]);
    expect(report.roundTrips.map(({ set }) => set)).toEqual(['good']);
  });
});
