import type { Measured, Trial } from './measure.js';

/** In standard errors. Of fair games, one in 15,000 lies farther from nothing. */
export const Z_MAX = 4;

/**
 * What a measurement says. On the straight path nothing is won and nothing lost, but for tight trailing stops, of which every report warns;
 * on the pessimistic path nothing is won.
 */
export function judge({ path, rules, z }: Trial & Pick<Measured, 'z'>): 'fair' | 'favoured' | 'unfair' {
  if (path === 'straight' && rules.tight) return z > Z_MAX ? 'favoured' : 'fair';
  return (path === 'straight' ? Math.abs(z) : z) <= Z_MAX ? 'fair' : 'unfair';
}
