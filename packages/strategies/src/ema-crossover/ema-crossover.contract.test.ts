import { strategyContract } from '@sauda/engine/testing';
import { describe, it } from 'vitest';

import { emaCrossover } from './ema-crossover.js';

describe('with its defaults', () => {
  for (const { name, run } of strategyContract(emaCrossover)) it(name, run);
});

describe('with short averages', () => {
  for (const { name, run } of strategyContract(emaCrossover, { params: { fast: 2, slow: 4 } })) it(name, run);
});

describe('with a required RSI', () => {
  const params = { fast: 2, slow: 4, rsi: { period: 3, bullishAbove: 55, bearishBelow: 45 } };
  for (const { name, run } of strategyContract(emaCrossover, { params })) it(name, run);
});
