import { describe, expect, it } from 'vitest';

import { defaultLimits } from '../risk/presets.js';
import { parseRunConfig } from './parse-run-config.js';
import { plainConfig, plainSet, registry } from './parse-run-config.test-kit.js';

const parse = (raw: unknown, environment = {}) => parseRunConfig(raw, { registry, environment });
const pathsOf = (raw: unknown, environment = {}) => parse(raw, environment).problems.map(({ path }) => path);
const withSet = (change: object) => ({ ...plainConfig, sets: [{ ...plainSet, ...change }] });
const withLimits = (limits: object) => ({ ...plainConfig, accounts: [{ id: 'main', capital: 100000, limits }] });

const specExample = {
  mode: 'backtest',
  from: '2024-01-01',
  to: '2024-05-31',
  accounts: [{ id: 'main', broker: { use: 'paper' }, capital: 100000, limits: { preset: 'option-buyer' } }],
  feeds: [{ use: 'csv', instrument: 'NSE_INDEX:NIFTY', files: ['a.csv.gz'], timeframe: '1m' }],
  premiums: { model: 'black-scholes', volatility: '14%', rate: '10%' },
  sets: [
    {
      id: 'nifty-ema',
      strategy: { use: 'ema-crossover', fast: 9, slow: 15 },
      underlying: 'NSE_INDEX:NIFTY',
      accounts: ['main'],
      chart: { type: 'candlestick', timeframe: '5m' },
      window: '09:20-15:15',
      legs: [{ kind: 'option', optionType: 'signal', side: 'buy', strike: 'ATM', expiry: 'nearest', lots: 1 }],
      exits: { stopLoss: '10%', target: '20%', trailing: { start: '10%', distance: '1%' }, squareOff: '15:15' },
    },
  ],
};

describe('parseRunConfig', () => {
  it('fills in every default and makes every unit plain', () => {
    const { config, problems } = parse(specExample);
    expect(problems).toEqual([]);
    expect(config).toEqual({
      mode: 'backtest',
      from: '2024-01-01',
      to: '2024-05-31',
      accounts: [{ id: 'main', broker: { use: 'paper', config: {} }, capitalPaise: 100_000_00, live: false, limits: defaultLimits }],
      feeds: [{ use: 'csv', config: { instrument: 'NSE_INDEX:NIFTY', files: ['a.csv.gz'], timeframe: '1m' } }],
      sets: [
        {
          id: 'nifty-ema',
          name: 'nifty-ema',
          active: true,
          note: '',
          strategy: { use: 'ema-crossover', params: { fast: 9, slow: 15 } },
          underlyings: ['NSE_INDEX:NIFTY'],
          accounts: ['main'],
          chart: { type: 'candlestick', timeframe: '5m' },
          window: { from: 560, to: 915 },
          weekdays: [0, 1, 2, 3, 4, 5, 6],
          checks: { entryEveryMs: null, exitEveryMs: null },
          product: 'MIS',
          legs: [
            {
              kind: 'option',
              optionType: 'signal',
              side: 'buy',
              strike: { kind: 'moneyness', stepsOutOfTheMoney: 0 },
              expiry: { cycle: 'nearest', minDays: 0 },
              size: [{ kind: 'lots', lots: 1 }],
            },
          ],
          exits: {
            stopLoss: { kind: 'percent', share: 0.1 },
            target: { kind: 'percent', share: 0.2 },
            trailing: { start: { kind: 'percent', share: 0.1 }, distance: { kind: 'percent', share: 0.01 }, step: null },
            timeInTradeMs: null,
            squareOff: 915,
            endOfDay: null,
            oppositeSignal: null,
            underlyingRange: null,
            daysBeforeExpiry: null,
            partial: [],
            set: { stopLoss: null, target: null, dayLossPaise: null },
          },
          reentry: { mode: 'signal', times: null, coolDownMs: 300_000 },
          warmup: null,
          staleAfterMs: 60_000,
          execution: { answerWithinMs: 5_000, entryWithinMs: 10_000, chaseEveryMs: 2_000, chases: 4, chaseWithin: null },
          protection: 'engine',
          approval: 'auto',
          waive: [],
        },
      ],
      premiums: { model: 'black-scholes', volatility: { kind: 'fixed', share: 0.14 }, rate: 0.1 },
      futures: null,
      vix: null,
      instruments: {},
      calendar: 'rules',
      chargesFrom: null,
      simulation: {
        latency: { kind: 'fixed', ms: 100 },
        slippage: { kind: 'ticks', ticks: 1 },
        fill: { kind: 'touch' },
        size: null,
        path: 'straight',
        priceBand: null,
        margin: true,
        autoSquareOff: 925,
        seed: 1,
        faults: [],
      },
      risk: {
        tradingSwitch: 'active',
        rearm: 'nextPeriod',
        feedStaleMs: null,
        brokerLostMs: 60_000,
        clockSkewMs: null,
        maxQuoteAgeMs: null,
        reconcileEveryMs: null,
      },
      contractNotes: false,
      clock: { speed: Number.POSITIVE_INFINITY },
      store: { journal: null, mongodb: null },
      plugins: [],
    });
  });

  it('lists each of twenty mistakes of one file, a wrong mode and wrong kinds included', () => {
    const { config, problems } = parse({
      mode: 'bcaktest',
      from: '2024-02-30',
      to: '2024-13-01',
      acounts: [],
      accounts: [
        { id: 'main', capital: '1,00,000', limits: { preset: 'option-byer', dailyLoss: 5000, maxMarginUse: '140%' } },
        { id: 'main', capital: 5 },
      ],
      feeds: [{ use: 'cvs', instrument: 'NSE_INDEX:NIFTY', files: ['a.csv'], timeframe: '1M' }],
      premiums: { volatility: 14 },
      simulation: { latency: 100, path: 'strait' },
      sets: [
        {
          id: 'nifty-ema',
          strategy: { use: 'ema-crossover', fsat: 9, slow: 1.5 },
          underlying: 'NIFTY',
          accounts: ['mian'],
          window: '15:15-09:20',
          legs: [{ kind: 'opton', side: 'buy', strike: 'OTM', lots: 0 }],
          exits: { stopLoss: 10, trailing: { start: '10', distnace: '1%' }, squareOff: 915 },
        },
      ],
    });
    expect(config).toBeNull();
    expect(problems.map(({ path }) => path).sort()).toEqual(
      [
        'mode',
        'from',
        'to',
        'acounts',
        'accounts[0].capital',
        'accounts[0].limits.preset',
        'accounts[0].limits.dailyLoss',
        'accounts[0].limits.maxMarginUse',
        'accounts[1].id',
        'feeds[0].use',
        'feeds[0].timeframe',
        'premiums.volatility',
        'simulation.latency',
        'simulation.path',
        'sets[0].strategy.fsat',
        'sets[0].strategy.slow',
        'sets[0].underlying',
        'sets[0].accounts[0]',
        'sets[0].window',
        'sets[0].legs[0].kind',
        'sets[0].legs[0].strike',
        'sets[0].legs[0].lots',
        'sets[0].exits.stopLoss',
        'sets[0].exits.trailing.start',
        'sets[0].exits.trailing.distnace',
        'sets[0].exits.squareOff',
      ].sort(),
    );
    expect(problems.every(({ message, remedy, severity }) => message !== '' && remedy !== '' && severity === 'error')).toBe(true);
    expect(problems.find(({ path }) => path === 'sets[0].exits.stopLoss')).toEqual({
      path: 'sets[0].exits.stopLoss',
      found: 10,
      message: '10 has no unit.',
      remedy: 'Write 10%, { points: 10 }, { price: 95 } or { money: 2000 }.',
      severity: 'error',
    });
  });

  it.each([
    [{ ...plainConfig, acounts: [] }, 'acounts', 'Did you mean "accounts"?'],
    [{ ...plainConfig, mode: 'papper' }, 'mode', 'Did you mean "paper"?'],
    [withSet({ strategy: { use: 'ema-crosover' } }), 'sets[0].strategy.use', 'Did you mean "ema-crossover"?'],
    [withSet({ strategy: { use: 'ema-crossover', fsat: 3 } }), 'sets[0].strategy.fsat', 'Did you mean "fast"?'],
    [withSet({ exits: { stoploss: '10%' } }), 'sets[0].exits.stoploss', 'Did you mean "stopLoss"?'],
    [withSet({ exits: { stopLoss: { point: 5 } } }), 'sets[0].exits.stopLoss.point', 'Did you mean "points"?'],
    [withSet({ accounts: ['mainn'] }), 'sets[0].accounts[0]', 'Did you mean "main"?'],
    [withSet({ underlying: 'BANKNIFTY' }), 'sets[0].underlying', 'Did you mean "NSE_INDEX:BANKNIFTY"?'],
    [withSet({ legs: [{ kind: 'futur' }] }), 'sets[0].legs[0].kind', 'Did you mean "future"?'],
    [withSet({ exits: { squareOff: 915 } }), 'sets[0].exits.squareOff', "Write HH:mm in quotes: '15:15'"],
    [withSet({ checks: { entry: 30 } }), 'sets[0].checks.entry', '30s'],
    [withSet({ universe: 'nifty-50', underlying: undefined }), 'sets[0].universe', 'Did you mean "nifty50"?'],
    [withSet({ execution: { answerWithin: 5 } }), 'sets[0].execution.answerWithin', '5s'],
    [withSet({ execution: { answerWithin: '0s' } }), 'sets[0].execution.answerWithin', '100ms or more'],
    [withSet({ execution: { chase: { every: '0s' } } }), 'sets[0].execution.chase.every', '100ms or more'],
    [{ ...plainConfig, risk: { reconcileEvery: '0s' } }, 'risk.reconcileEvery', '1s or more'],
    [
      { ...plainConfig, simulation: { faults: [{ kind: 'reject', account: 'mian' }] } },
      'simulation.faults[0].account',
      'Did you mean "main"?',
    ],
    [withSet({ execution: { entrywithin: '10s' } }), 'sets[0].execution.entrywithin', 'Did you mean "entryWithin"?'],
    [withSet({ execution: { chase: { times: 50 } } }), 'sets[0].execution.chase.times', 'at most 20'],
    [withSet({ execution: { chase: 'off' } }), 'sets[0].execution.chase', 'keys with values'],
    [withSet({ protection: 'broker' }), 'sets[0].protection', 'engine, exchange, both'],
    [withLimits({ adaptive: true }), 'accounts[0].limits.adaptive', 'keys with values'],
    [withLimits({ adaptive: { roundtrips: 10 } }), 'accounts[0].limits.adaptive.roundtrips', 'Did you mean "roundTrips"?'],
    [withLimits({ adaptive: { min: 0.5 } }), 'accounts[0].limits.adaptive.min', '0.5%'],
    [withLimits({ adaptive: { min: '150%' } }), 'accounts[0].limits.adaptive.min', 'not above max'],
    [withLimits({ rejectionsInARow: 0 }), 'accounts[0].limits.rejectionsInARow', 'more than 0'],
    [withLimits({ rejectionInARow: 5 }), 'accounts[0].limits.rejectionInARow', 'Did you mean "rejectionsInARow"?'],
    [{ ...plainConfig, risk: { switch: 'exit-only' } }, 'risk.switch', 'Did you mean "exits-only"?'],
    [{ ...plainConfig, risk: { rearm: 'calendar' } }, 'risk.rearm', 'byHand, nextPeriod'],
    [{ ...plainConfig, risk: { feedStale: 60 } }, 'risk.feedStale', '60s'],
    [{ ...plainConfig, risk: { brokerlost: '60s' } }, 'risk.brokerlost', 'Did you mean "brokerLost"?'],
    [{ ...plainConfig, contractNotes: 'yes' }, 'contractNotes', 'true or false'],
    [{ ...plainConfig, store: { jurnal: 'a.db' } }, 'store.jurnal', 'Did you mean "journal"?'],
  ])('says what was meant instead: case %#', (raw, path, remedy) => {
    const problem = parse(raw).problems.find((candidate) => candidate.path === path);
    expect(problem?.remedy).toContain(remedy);
  });

  it('reads a fast average that is not shorter than the slow one as a mistake of the strategy', () => {
    const { problems } = parse(withSet({ strategy: { use: 'ema-crossover', fast: 15, slow: 9 } }));
    expect(problems).toMatchObject([
      { path: 'sets[0].strategy.fast', found: 15, message: 'The fast average must be shorter than the slow one.' },
    ]);
  });

  it.each([
    ['dates in the wrong order', { ...plainConfig, from: '2024-05-01', to: '2024-01-01' }, ['to']],
    ['two sets with one id', { ...plainConfig, sets: [plainSet, plainSet] }, ['sets[1].id']],
    ['an underlying without a feed', withSet({ underlying: 'NSE_INDEX:BANKNIFTY' }), ['sets[0].underlying']],
    ['neither underlying nor universe', withSet({ underlying: undefined }), ['sets[0].underlying']],
    ['two legs', withSet({ legs: [...plainSet.legs, ...plainSet.legs] }), ['sets[0].legs']],
    ['a window that ends after the square-off', withSet({ window: '09:20-15:15', exits: { squareOff: '15:00' } }), ['sets[0].window']],
    ['approval by hand', withSet({ approval: 'manual' }), ['sets[0].approval']],
    [
      'live trading without a journal',
      {
        ...plainConfig,
        mode: 'live',
        accounts: [{ id: 'main', capital: 1, live: true, broker: { use: 'zerodha', apiKey: 'abcdefgh', apiSecret: 's' } }],
      },
      ['store.journal'],
    ],
    [
      'prices of the broker of an account that there is not',
      { ...plainConfig, feeds: [{ use: 'broker', account: 'mian' }] },
      ['feeds[0].account'],
    ],
    ['prices of a broker that brings none', { ...plainConfig, feeds: [{ use: 'broker', account: 'main' }] }, ['feeds[0].account']],
    ['no target to compare with', withSet({ exits: { endOfDay: {} } }), ['sets[0].exits.endOfDay']],
    ['no accounts', { ...plainConfig, accounts: undefined }, ['accounts', 'sets[0].accounts[0]']],
    ['a list where keys belong', { ...plainConfig, simulation: [] }, ['simulation']],
    ['nothing', null, ['']],
  ])('refuses %s', (_, raw, paths) => {
    const { config, problems } = parse(raw);
    expect(problems.map(({ path }) => path)).toEqual(paths);
    expect(config).toBeNull();
  });

  it.each([
    ['a warm-up shorter than the strategy asks for', withSet({ warmup: 15 }), ['sets[0].warmup']],
    ['a live run without a live account', { ...plainConfig, mode: 'live', store: { journal: './j.db' } }, ['mode']],
    ['a database that nothing is written to', { ...plainConfig, store: { mongodb: 'mongodb://localhost' } }, ['store.mongodb']],
    ['alerts that are not sent', { ...plainConfig, alerts: [{ use: 'telegram' }] }, ['alerts']],
    ['options without prices and volatility', { ...plainConfig, premiums: undefined }, ['premiums']],
  ])('warns of %s and goes on', (_, raw, paths) => {
    const { config, problems } = parse(raw);
    expect(problems.map(({ path, severity }) => [path, severity])).toEqual(paths.map((path) => [path, 'warning']));
    expect(config).not.toBeNull();
  });

  it('takes a journal, and a stop at the exchange, without a word', () => {
    const { config, problems } = parse({
      ...withSet({ protection: 'both', exits: { stopLoss: '10%' } }),
      store: { journal: './sauda.journal.db' },
    });
    expect(problems).toEqual([]);
    expect(config?.store).toEqual({ journal: './sauda.journal.db', mongodb: null });
    expect(config?.sets[0]?.protection).toBe('both');
  });

  it('ends the entry window at an earlier square-off when none is written', () => {
    expect(parse(withSet({ exits: { squareOff: '14:30' } })).config?.sets[0]?.window).toEqual({ from: 560, to: 870 });
  });

  it('makes one underlying of each symbol of a universe that has feeds', () => {
    const raw = { ...withSet({ underlying: undefined, universe: ['NSE_INDEX:NIFTY'] }) };
    expect(parse(raw).config?.sets[0]?.underlyings).toEqual(['NSE_INDEX:NIFTY']);
    expect(pathsOf(withSet({ underlying: undefined, universe: 'nifty50' }))).toEqual(['sets[0].universe']);
  });

  it('takes the underlying of a chain feed for a feed of the underlying', () => {
    const feeds = [{ use: 'chain-csv', underlying: 'NSE_INDEX:NIFTY', files: ['chain.csv'] }];
    expect(parse({ ...plainConfig, feeds, premiums: undefined }).problems).toEqual([]);
  });
});

describe('secrets', () => {
  const broker = { use: 'zerodha', apiKey: '${KEY}', apiSecret: '${SECRET}' };
  const secretConfig = { ...plainConfig, accounts: [{ id: 'main', capital: 1000, broker }] };

  it('come from the environment', () => {
    const { config } = parse(secretConfig, { KEY: 'abcdefgh', SECRET: 'hush' });
    expect(config?.accounts[0]?.broker).toEqual({ use: 'zerodha', config: { apiKey: 'abcdefgh', apiSecret: 'hush' } });
  });

  it('that are not set are problems, each with its name', () => {
    const { problems } = parse(secretConfig);
    expect(problems.filter(({ message }) => message.includes('is not set')).map(({ path, found }) => [path, found])).toEqual([
      ['accounts[0].broker.apiKey', '${KEY}'],
      ['accounts[0].broker.apiSecret', '${SECRET}'],
    ]);
  });

  it('appear in no problem, whatever is wrong with them', () => {
    const written = { ...secretConfig, mode: '${KEY}', sets: [{ ...plainSet, exits: { stopLoss: '${SECRET}' } }] };
    const spelledOut = {
      ...plainConfig,
      accounts: [{ id: 'main', capital: 1000, broker: { use: 'zerodha', apiKey: 'plainly written', apiSecret: 12345 } }],
    };
    const text = JSON.stringify([parse(written, { KEY: 'sesame-open', SECRET: 'hush-hush' }).problems, parse(spelledOut).problems]);
    expect(text).toContain('accounts[0].broker.apiKey');
    expect(text).toContain('accounts[0].broker.apiSecret');
    for (const secret of ['sesame-open', 'hush-hush', 'plainly written', '12345']) expect(text).not.toContain(secret);
  });

  it('of the optional database are only a warning', () => {
    const { config, problems } = parse({ ...plainConfig, store: { mongodb: '${MONGODB_URI}' } });
    expect(problems.map(({ path, severity }) => [path, severity])).toEqual([['store.mongodb', 'warning']]);
    expect(config?.store.mongodb).toBeNull();
  });
});
