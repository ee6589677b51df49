import { describe, expect, it } from 'vitest';

import { chartSchema } from './chart-schema.js';
import { exitsSchema } from './exits-schema.js';
import { expirySchema, lotsSchema, strikeSchema } from './leg-schemas.js';
import { chargesSchema, premiumsSchema, simulationSchema } from './market-schemas.js';
import { readWith } from './mistake.js';
import { plainConfig, plainSet } from './parse-run-config.test-kit.js';
import { runSchema } from './run-schema.js';
import { legSchema } from './set-schema.js';

const runWith = (change: object) => runSchema.parse({ ...plainConfig, ...change });
const setWith = (change: object) => runWith({ sets: [{ ...plainSet, ...change }] }).sets[0];
const exits = (written: unknown) => exitsSchema.parse(written);

describe('a strike', () => {
  it.each([
    ['ATM', { kind: 'moneyness', stepsOutOfTheMoney: 0 }],
    ['OTM 2', { kind: 'moneyness', stepsOutOfTheMoney: 2 }],
    ['otm2', { kind: 'moneyness', stepsOutOfTheMoney: 2 }],
    ['ITM 1', { kind: 'moneyness', stepsOutOfTheMoney: -1 }],
    ['ITM 0', { kind: 'moneyness', stepsOutOfTheMoney: 0 }],
    [{ delta: 0.3 }, { kind: 'delta', delta: 0.3 }],
    [{ delta: -0.3 }, { kind: 'delta', delta: 0.3 }],
    [{ premium: 120 }, { kind: 'premium', premium: 120 }],
    [{ percent: '2%' }, { kind: 'percent', share: 0.02 }],
    [24500, { kind: 'fixed', strike: 24500 }],
  ])('is written %j', (written, rule) => {
    expect(strikeSchema.parse(written)).toEqual(rule);
  });

  it.each(['OTM', 'ATM 1', { delta: 0 }, { delta: 1.2 }, { premium: -1 }, { delta: 0.3, premium: 120 }, {}, true, -5, undefined])(
    'is not written %j',
    (written) => {
      expect(strikeSchema.safeParse(written).success).toBe(false);
    },
  );
});

describe('a size', () => {
  it.each([
    [2, [{ kind: 'lots', lots: 2 }]],
    [{ capital: 20000 }, [{ kind: 'capital', capitalPaise: 20_000_00 }]],
    [{ risk: 2000 }, [{ kind: 'risk', riskPaise: 2_000_00 }]],
    [{ risk: '1%' }, [{ kind: 'riskShare', share: 0.01 }]],
    [{ risk: '0.5 %' }, [{ kind: 'riskShare', share: 0.005 }]],
    [{ marginShare: '50%' }, [{ kind: 'marginShare', share: 0.5 }]],
    [
      [2, { capital: 20000 }],
      [
        { kind: 'lots', lots: 2 },
        { kind: 'capital', capitalPaise: 20_000_00 },
      ],
    ],
  ])('is written %j', (written, rules) => {
    expect(lotsSchema.parse(written)).toEqual(rules);
  });

  it.each([
    ['1', 'Write 1% of the capital, or rupees as a plain number: 2000.'],
    ['0%', 'Write more than 0%.'],
    ['140%', 'Write at most 100%.'],
    [-5, 'Write 1% of the capital, or rupees as a plain number: 2000.'],
  ])('by risk is not written %j', (risk, words) => {
    const reading = readWith(lotsSchema, { risk });
    expect(reading).toMatchObject({ ok: false, mistakes: [{ path: ['risk'], remedy: words }] });
  });

  it.each([0, 1.5, [], '2', { capital: '20000' }, [{ capital: 0 }]])('is not written %j', (written) => {
    expect(lotsSchema.safeParse(written).success).toBe(false);
  });
});

describe('an expiry', () => {
  it.each([
    ['nearest', { cycle: 'nearest', minDays: 0 }],
    ['next-monthly', { cycle: 'next-monthly', minDays: 0 }],
    [
      { cycle: 'monthly', minDays: 15 },
      { cycle: 'monthly', minDays: 15 },
    ],
    [{ minDays: 1 }, { cycle: 'nearest', minDays: 1 }],
  ])('is written %j', (written, rule) => {
    expect(expirySchema.parse(written)).toEqual(rule);
  });
});

describe('a leg', () => {
  it.each([
    [
      { kind: 'future', side: 'signal', expiry: 'monthly', lots: 1 },
      { kind: 'future', side: 'signal', expiry: { cycle: 'monthly', minDays: 0 }, size: [{ kind: 'lots', lots: 1 }] },
    ],
    [
      { kind: 'equity', side: 'signal', quantity: 100 },
      { kind: 'equity', side: 'signal', size: [{ kind: 'units', quantity: 100 }] },
    ],
    [
      { kind: 'equity', quantity: { capital: 5000 } },
      { kind: 'equity', side: 'signal', size: [{ kind: 'capital', capitalPaise: 5_000_00 }] },
    ],
  ])('is written %j', (written, leg) => {
    expect(legSchema.parse(written)).toEqual(leg);
  });

  it('of a wrong kind is read as the kind that knows its keys', () => {
    const reading = readWith(legSchema, { kind: 'share', side: 'up', quantity: 0 });
    expect(reading.ok ? [] : reading.mistakes.map(({ path }) => path.join('.'))).toEqual(['kind', 'side', 'quantity']);
  });
});

describe('exits', () => {
  it.each([
    ['10%', { kind: 'percent', share: 0.1 }],
    [{ points: 30 }, { kind: 'points', points: 30 }],
    [{ price: 95 }, { kind: 'price', price: 95 }],
    [{ money: 2000 }, { kind: 'money', paise: 2_000_00 }],
    ['off', null],
    [false, null],
  ])('have a stop or a target written %j', (written, distance) => {
    expect(exits({ stopLoss: written, target: written })).toMatchObject({ stopLoss: distance, target: distance });
  });

  it.each([
    [{}, { start: { kind: 'percent', share: 0.1 }, distance: { kind: 'percent', share: 0.01 }, step: null }],
    [true, { start: { kind: 'percent', share: 0.1 }, distance: { kind: 'percent', share: 0.01 }, step: null }],
    [
      { start: { points: 20 }, distance: '2%', step: { points: 0.5 } },
      { start: { kind: 'points', points: 20 }, distance: { kind: 'percent', share: 0.02 }, step: { kind: 'points', points: 0.5 } },
    ],
    ['off', null],
  ])('have a trailing stop written %j', (written, trailing) => {
    expect(exits({ trailing: written }).trailing).toEqual(trailing);
  });

  it('of the whole set are written under set', () => {
    expect(exits({ set: { stopLoss: { money: 5000 }, target: '70%', dayLoss: { money: 8000 } } }).set).toEqual({
      stopLoss: { kind: 'money', paise: 5_000_00 },
      target: { kind: 'percent', share: 0.7 },
      dayLossPaise: 8_000_00,
    });
  });

  it('tell a day loss without its unit', () => {
    const reading = readWith(exitsSchema, { set: { dayLoss: 8000 } });
    expect(reading).toMatchObject({ mistakes: [{ path: ['set', 'dayLoss'], remedy: 'Write { money: 8000 }, in rupees.' }] });
  });

  it.each([
    ['exit', 'exit'],
    ['reverse', 'reverse'],
    ['off', null],
    [false, null],
  ])('on an opposite signal are written %j', (written, value) => {
    expect(exits({ oppositeSignal: written }).oppositeSignal).toBe(value);
  });

  it('know times, ranges, days and parts', () => {
    expect(
      exits({
        squareOff: 'off',
        timeInTrade: '45m',
        endOfDay: {},
        target: '20%',
        underlyingRange: { below: 24000 },
        daysBeforeExpiry: 1,
        partial: [{ at: '10%', share: '50%' }],
      }),
    ).toMatchObject({
      squareOff: null,
      timeInTradeMs: 2_700_000,
      endOfDay: { onlyIfTargetShare: 0.5 },
      underlyingRange: { below: 24000, above: null },
      daysBeforeExpiry: 1,
      partial: [{ at: { kind: 'percent', share: 0.1 }, share: 0.5 }],
    });
  });
});

describe('the rest', () => {
  it.each([
    [{ timeframe: '1M' }, { type: 'candlestick', timeframe: '1M' }],
    [
      { type: 'heikin-ashi', timeframe: '1m' },
      { type: 'heikin-ashi', timeframe: '1m' },
    ],
    [
      { type: 'renko', brick: { points: 20 } },
      { type: 'renko', timeframe: '5m', brick: { kind: 'points', points: 20 } },
    ],
    [
      { type: 'renko', brick: '0.1%' },
      { type: 'renko', timeframe: '5m', brick: { kind: 'percent', share: 0.001 } },
    ],
    [
      { type: 'renko', brick: { atr: 14 } },
      { type: 'renko', timeframe: '5m', brick: { kind: 'atr', period: 14 } },
    ],
  ])('charts are written %j', (written, chart) => {
    expect(chartSchema.parse(written)).toEqual(chart);
  });

  it.each([
    [{ volatility: '14%' }, { kind: 'fixed', share: 0.14 }],
    [{ volatility: 'NSE_INDEX:INDIAVIX' }, { kind: 'instrument', instrument: 'NSE_INDEX:INDIAVIX', elseShare: null }],
    [
      { volatility: 'NSE_INDEX:INDIAVIX', else: '14%' },
      { kind: 'instrument', instrument: 'NSE_INDEX:INDIAVIX', elseShare: 0.14 },
    ],
    [
      { volatility: { instrument: 'NSE_INDEX:INDIAVIX', else: '14%' } },
      { kind: 'instrument', instrument: 'NSE_INDEX:INDIAVIX', elseShare: 0.14 },
    ],
    [{}, { kind: 'instrument', instrument: 'NSE_INDEX:INDIAVIX', elseShare: null }],
  ])('premiums are written %j', (written, volatility) => {
    expect(premiumsSchema.parse(written)).toEqual({ model: 'black-scholes', volatility, rate: 0.1 });
  });

  it.each([
    [{ ticks: 1 }, { kind: 'ticks', ticks: 1 }],
    [{ spread: '50%' }, { kind: 'spread', share: 0.5 }],
    [{ price: '0.1%' }, { kind: 'price', share: 0.001 }],
    ['0.1%', { kind: 'price', share: 0.001 }],
    ['none', { kind: 'none' }],
    ['off', { kind: 'none' }],
  ])('slippage is written %j', (written, slippage) => {
    expect(simulationSchema.parse({ slippage: written }).slippage).toEqual(slippage);
  });

  it('the simulated exchange is as it always was unless more is written', () => {
    expect(simulationSchema.parse({ latency: '250ms', slippage: { ticks: 2 }, fill: 'through', path: 'pessimistic' })).toEqual({
      latency: { kind: 'fixed', ms: 250 },
      slippage: { kind: 'ticks', ticks: 2 },
      fill: { kind: 'through' },
      size: null,
      path: 'pessimistic',
      priceBand: null,
      margin: true,
      autoSquareOff: 925,
      seed: 1,
      faults: [],
    });
    expect(simulationSchema.parse({})).toMatchObject({
      latency: { kind: 'fixed', ms: 100 },
      slippage: { kind: 'ticks', ticks: 1 },
      fill: { kind: 'touch' },
    });
  });

  it.each([
    [{ latency: { from: '50ms', to: '400ms' } }, { latency: { kind: 'uniform', fromMs: 50, toMs: 400 } }],
    [{ latency: { median: '80ms', p95: '0.4s' } }, { latency: { kind: 'logNormal', medianMs: 80, p95Ms: 400 } }],
    [{ fill: { queue: 1500 } }, { fill: { kind: 'queue', ahead: 1500 } }],
    [{ size: 'off' }, { size: null }],
    [{ size: { units: 900 } }, { size: { kind: 'units', units: 900 } }],
    [{ size: { volume: '10%' } }, { size: { kind: 'volume', share: 0.1 } }],
    [{ priceBand: '10%' }, { priceBand: 0.1 }],
    [{ priceBand: false }, { priceBand: null }],
    [{ margin: false }, { margin: false }],
    [{ margin: 'off' }, { margin: false }],
    [{ autoSquareOff: '15:20' }, { autoSquareOff: 920 }],
    [{ autoSquareOff: 'off' }, { autoSquareOff: null }],
    [{ seed: 7 }, { seed: 7 }],
    [{ faults: 'off' }, { faults: [] }],
    [
      { faults: [{ kind: 'disconnect' }] },
      { faults: [{ kind: 'disconnect', chance: 1, from: null, to: null, times: null, account: null }] },
    ],
    [
      { faults: [{ kind: 'reject', chance: '10%', from: '10:30', to: '11:00', times: 5, account: 'main' }] },
      { faults: [{ kind: 'reject', chance: 0.1, from: 630, to: 660, times: 5, account: 'main' }] },
    ],
  ])('the simulated exchange is written %j', (written, part) => {
    expect(simulationSchema.parse(written)).toMatchObject(part);
  });

  it.each([
    [{ latency: 100 }, 'latency', '100 does not fit here.', 'Write 100ms, { from: 50ms, to: 400ms } or { median: 80ms, p95: 400ms }.'],
    [{ latency: { from: '5ms', to: '1ms' } }, 'latency.to', '"1ms" does not fit here.', 'Write a duration that is not shorter than from.'],
    [{ latency: { median: '0ms', p95: '1ms' } }, 'latency.median', '"0ms" does not fit here.', 'Write a duration above 0ms.'],
    [
      { latency: { median: '5ms', p95: '4ms' } },
      'latency.p95',
      '"4ms" does not fit here.',
      'Write a duration that is not shorter than median.',
    ],
    [{ fill: 'tuoch' }, 'fill', '"tuoch" is none of the choices.', 'Write touch, through or { queue: 1500 }, in units ahead.'],
    [{ fill: { queue: -1 } }, 'fill.queue', '-1 does not fit here.', 'Write a number of at least 0.'],
    [{ size: 100 }, 'size', '100 has no unit.', 'Write off, { units: 100 } or { volume: 10% }.'],
    [{ size: { volume: '0%' } }, 'size.volume', '"0%" does not fit here.', 'Write a share above 0%.'],
    [{ priceBand: 10 }, 'priceBand', '10 is not a percentage.', 'Write it with the sign: 10%.'],
    [{ margin: 'no' }, 'margin', '"no" does not fit here.', 'Write true or false.'],
    [
      { autoSquareOff: 925 },
      'autoSquareOff',
      '925 is not a time of day.',
      "Write HH:mm in quotes: '15:25' (some YAML readers take 15:25 for the number 925).",
    ],
    [{ seed: 1.5 }, 'seed', '1.5 does not fit here.', 'Write a whole number.'],
    [{ faults: [{ kind: 'reject', from: '10:30', to: '10:00' }] }, 'faults.0.to', '"10:00" does not fit here.', 'Write a time after from.'],
    [{ faults: [{ kind: 'reject', times: 0 }] }, 'faults.0.times', '0 does not fit here.', 'Write a number of more than 0.'],
    [{ faults: [{ kind: 'reject', chance: 10 }] }, 'faults.0.chance', '10 is not a percentage.', 'Write it with the sign: 10%.'],
  ])('the simulated exchange is not written %j', (written, path, message, remedy) => {
    const reading = readWith(simulationSchema, written);
    expect(reading.ok ? [] : reading.mistakes.map((mistake) => ({ ...mistake, path: mistake.path.join('.') }))).toEqual([
      { path, message, remedy },
    ]);
  });

  it('a fault of no known kind names those that are', () => {
    const reading = readWith(simulationSchema, { faults: [{ kind: 'silnce' }] });
    expect(reading.ok ? [] : reading.mistakes).toMatchObject([
      { path: ['faults', 0, 'kind'], remedy: expect.stringContaining('Did you mean "silence"?') },
    ]);
  });

  it.each([
    [undefined, { mode: 'signal', times: null, coolDownMs: 300_000 }],
    ['off', { mode: 'off', times: null, coolDownMs: 0 }],
    [{ coolDown: '90s' }, { mode: 'signal', times: null, coolDownMs: 90_000 }],
    [
      { mode: 'sameDirection', times: 2, coolDown: 'off' },
      { mode: 'sameDirection', times: 2, coolDownMs: 0 },
    ],
  ])('re-entry is written %j', (reentry, value) => {
    expect(setWith({ reentry })?.reentry).toEqual(value);
  });

  it('sets know warm-up, checks, weekdays and waivers', () => {
    expect(
      setWith({ warmup: 15, checks: { entry: '30s', exit: '5s' }, weekdays: ['Mon', 'Fri'], waive: ['globalStability'] }),
    ).toMatchObject({
      warmup: 15,
      checks: { entryEveryMs: 30_000, exitEveryMs: 5_000 },
      weekdays: [1, 5],
      waive: ['globalStability'],
    });
  });

  it('a run knows futures, VIX, charges, instruments and the speed of its clock', () => {
    const run = runWith({
      mode: 'paper',
      futures: { model: 'costOfCarry', rate: '6.5%' },
      vix: '14%',
      charges: 'from 2024-10-01',
      instruments: { 'NSE_INDEX:NIFTY': { lotSize: 50, strikeStep: 50 } },
      calendar: 'fromData',
      premiums: {},
    });
    expect(run).toMatchObject({
      futures: { model: 'costOfCarry', rate: 0.065 },
      vix: 0.14,
      chargesFrom: '2024-10-01',
      instruments: { 'NSE_INDEX:NIFTY': { lotSize: 50, strikeStep: 50 } },
      calendar: 'fromData',
      clock: { speed: 1 },
      premiums: { volatility: { elseShare: 0.14 } },
    });
    expect(runWith({ clock: { speed: 60 } }).clock.speed).toBe(60);
    expect(runWith({ mode: 'paper', clock: { speed: 'max' } }).clock.speed).toBe(Number.POSITIVE_INFINITY);
    expect(chargesSchema.safeParse('2024-10-01').success).toBe(false);
  });
});
