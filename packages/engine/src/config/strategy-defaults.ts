import type { Registry } from '../plugins/registry.js';
import { fieldOf, isRecord } from './plain-value.js';

/**
 * What a strategy brings along for its sets, where a set does not say otherwise. A key that a set writes counts as a whole: exits of its own replace
 * the strategy's, they are not mixed with them.
 */
export function withStrategyDefaults(written: unknown, registry: Registry): unknown {
  if (!isRecord(written) || !Array.isArray(written['sets'])) return written;
  return { ...written, sets: written['sets'].map((set: unknown) => withDefaults(set, registry)) };
}

function withDefaults(set: unknown, { strategies }: Registry): unknown {
  const strategy = fieldOf(set, 'strategy');
  const name = typeof strategy === 'string' ? strategy : fieldOf(strategy, 'use');
  if (!isRecord(set) || typeof name !== 'string') return set;
  return { ...strategies.get(name)?.set, ...set };
}
