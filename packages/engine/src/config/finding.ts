import type { Mistake } from './mistake.js';
import type { PathStep } from './plain-value.js';

/** A mistake, or something that only deserves a warning. */
export interface Finding extends Mistake {
  readonly severity: 'error' | 'warning';
}

/** Something that stops. */
export const errorAt = (path: readonly PathStep[], message: string, remedy: string): Finding => ({
  path,
  message,
  remedy,
  severity: 'error',
});

/** Something that is shown while the work goes on. */
export const warningAt = (path: readonly PathStep[], message: string, remedy: string): Finding => ({
  path,
  message,
  remedy,
  severity: 'warning',
});
