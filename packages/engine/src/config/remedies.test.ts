import { describe, expect, it } from 'vitest';

import { parseRunConfig } from './parse-run-config.js';
import { plainConfig, plainSet, registry } from './parse-run-config.test-kit.js';

const inSet = (change: object) => ({ ...plainConfig, sets: [{ ...plainSet, ...change }] });
const inLimits = (limits: object) => ({ ...plainConfig, accounts: [{ id: 'main', capital: 100000, limits }] });
const inSimulation = (simulation: object) => ({ ...plainConfig, simulation });

describe('a remedy', () => {
  it.each<[object, string, string]>([
    [inSimulation({ slippage: 1 }), 'simulation.slippage', 'Write none, { ticks: 1 }, { spread: 50% } or { price: 0.1% }.'],
    [inSimulation({ slippage: 'nothing' }), 'simulation.slippage', 'Write none, { ticks: 1 }, { spread: 50% } or { price: 0.1% }.'],
    [inSimulation({ slippage: { tick: 1 } }), 'simulation.slippage.tick', 'Did you mean "ticks"? Known are ticks, spread, price.'],
    [
      inSet({ reentry: 'always' }),
      'sets[0].reentry',
      'Write off, { mode: signal, coolDown: 5m } or { mode: sameDirection, times: 2, coolDown: 5m }.',
    ],
    [inSet({ exits: { trailing: '10%' } }), 'sets[0].exits.trailing', 'Write { start: 10%, distance: 1% }, or true for these.'],
    [inLimits({ profitTargets: 5000 }), 'accounts[0].limits.profitTargets', 'Write { week: 5000 }, { month: 5000 }, or both in one.'],
    [inLimits({ adaptive: true }), 'accounts[0].limits.adaptive', 'Write keys with values: roundTrips, min, max.'],
    [inSimulation({ faults: 'reject' }), 'simulation.faults', 'Write a list, for instance [{ kind: reject, times: 5 }], or off.'],
    [inSimulation({ autoSquareOff: 1525 }), 'simulation.autoSquareOff', "Write HH:mm in quotes: '15:25'."],
    [
      { ...plainConfig, simulation: [] },
      'simulation',
      'Write keys with values: latency, slippage, fill, size, path, priceBand, margin, autoSquareOff, seed, faults.',
    ],
  ])('names all the ways to write it: case %#', (raw, path, remedy) => {
    const { problems } = parseRunConfig(raw, { registry });
    expect(problems.filter((problem) => problem.path === path).map((problem) => problem.remedy)).toEqual([remedy]);
  });

  it.each<[object, string, string]>([
    [inLimits({ maxDrawdown: 0.15 }), 'accounts[0].limits.maxDrawdown', 'Write it with the sign: 15% (or 0.15%, if so little is meant).'],
    [inLimits({ maxDrawdown: 15 }), 'accounts[0].limits.maxDrawdown', 'Write it with the sign: 15%.'],
    [inLimits({ maxMarginUse: 40 }), 'accounts[0].limits.maxMarginUse', 'Write it with the sign: 40%.'],
    [inLimits({ maxMarginUse: 400 }), 'accounts[0].limits.maxMarginUse', 'Write it with the sign, at most 100%.'],
    [inLimits({ maxMarginUse: '40' }), 'accounts[0].limits.maxMarginUse', 'Write it with the sign: 40%.'],
    [
      inLimits({ dailyLoss: 0.05 }),
      'accounts[0].limits.dailyLoss',
      'Write 5% (or 0.05%, if so little is meant) of the capital, or { money: 5000 } in rupees.',
    ],
    [inSimulation({ priceBand: 10 }), 'simulation.priceBand', 'Write it with the sign: 10%.'],
    [inSimulation({ faults: [{ kind: 'reject', chance: 2 }] }), 'simulation.faults[0].chance', 'Write it with the sign: 2%.'],
    [
      inSet({ exits: { stopLoss: 0.1 } }),
      'sets[0].exits.stopLoss',
      'Write 10% (or 0.1%, if so little is meant), { points: 0.1 }, { price: 95 } or { money: 2000 }.',
    ],
  ])('for a percentage has the value that was found: case %#', (raw, path, remedy) => {
    const { problems } = parseRunConfig(raw, { registry });
    expect(problems.filter((problem) => problem.path === path).map((problem) => problem.remedy)).toEqual([remedy]);
  });

  it.each([
    ['1 crore', '10000000'],
    ['2.5 lakh', '250000'],
    ['₹1,00,000', '100000'],
    ['50k', '50000'],
  ])('for money reads %s as people write it', (written, rupees) => {
    const { problems } = parseRunConfig({ ...plainConfig, accounts: [{ id: 'main', capital: written }] }, { registry });
    expect(problems).toMatchObject([{ path: 'accounts[0].capital', remedy: `Write rupees as a plain number: ${rupees}.` }]);
  });

  it.each([0, -5, 'plenty'])('for money that is none suggests no amount as if it were meant: %s', (written) => {
    const { problems } = parseRunConfig({ ...plainConfig, accounts: [{ id: 'main', capital: written }] }, { registry });
    expect(problems).toMatchObject([{ path: 'accounts[0].capital', remedy: 'Write rupees as a plain number, for instance 20000.' }]);
  });
});
