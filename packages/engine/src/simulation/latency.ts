import type { LatencyConfig } from '../config/run-config.js';
import type { SeededRandom } from '../primitives/seeded-random.js';
import type { DurationMs } from '../primitives/time.js';

/** 95 % of a standard normal distribution lie below it. */
const NORMAL_P95 = 1.6448536269514722;

/** Gives the latency of one request after the other, in whole milliseconds. Only distributions draw on chance. */
export function latencies(config: LatencyConfig, random: SeededRandom): () => DurationMs {
  switch (config.kind) {
    case 'fixed':
      return () => config.ms;
    case 'uniform':
      return () => config.fromMs + random.below(config.toMs - config.fromMs + 1);
    case 'logNormal': {
      const spread = Math.log(config.p95Ms / config.medianMs) / NORMAL_P95;
      return () => Math.round(config.medianMs * Math.exp(spread * random.normal()));
    }
  }
}
