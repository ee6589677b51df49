import { z } from 'zod';

import type { LatencyConfig } from './run-config.js';
import { duration } from './units.js';

const uniform = z
  .strictObject({ from: duration, to: duration })
  .refine(({ from, to }) => from <= to, { path: ['to'], error: 'Write a duration that is not shorter than from.' })
  .transform(({ from, to }): LatencyConfig => ({ kind: 'uniform', fromMs: from, toMs: to }));

const logNormal = z
  .strictObject({ median: duration.refine((ms) => ms > 0, { error: 'Write a duration above 0ms.' }), p95: duration })
  .refine(({ median, p95 }) => median <= p95, { path: ['p95'], error: 'Write a duration that is not shorter than median.' })
  .transform(({ median, p95 }): LatencyConfig => ({ kind: 'logNormal', medianMs: median, p95Ms: p95 }));

/** `100ms`, `{ from: 50ms, to: 400ms }`, or `{ median: 80ms, p95: 400ms }`. */
export const latency = z.union([duration.transform((ms): LatencyConfig => ({ kind: 'fixed', ms })), uniform, logNormal], {
  error: 'Write 100ms, { from: 50ms, to: 400ms } or { median: 80ms, p95: 400ms }.',
});
