export { type EmaCrossoverParams, emaCrossover } from './ema-crossover.js';
