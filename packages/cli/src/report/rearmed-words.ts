import { formatIst } from '@sauda/engine';

import type { SavedReport } from './saved-form.js';

type Breaker = NonNullable<SavedReport['breakers']>[number];

/** When an account was re-armed, and by whom. */
export function rearmedWords({ rearmedAt, rearmedBy }: Pick<Breaker, 'rearmedAt' | 'rearmedBy'>): string {
  if (rearmedAt === null) return 'not yet';
  return `${formatIst(rearmedAt)} by ${rearmedBy === 'calendar' ? 'the calendar' : (rearmedBy ?? 'nobody')}`;
}
