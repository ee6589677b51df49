import type { Paise } from '@sauda/engine';

import { amount } from './amounts.js';
import type { SavedFigures, SavedTrip } from './saved-form.js';

type Kinds = NonNullable<SavedTrip['charges']>;

const KINDS: readonly (readonly [kind: keyof Kinds, name: string])[] = [
  ['brokeragePaise', 'brokerage'],
  ['sttPaise', 'STT'],
  ['exchangePaise', 'exchange fee'],
  ['sebiPaise', 'SEBI fee'],
  ['stampPaise', 'stamp duty'],
  ['gstPaise', 'GST'],
];

/** Charges by kind with their names, in the order of a contract note; what notes have adjusted comes last, where they have. */
export function chargeKinds(charges: Kinds | NonNullable<SavedFigures['charges']>): readonly (readonly [name: string, paise: Paise])[] {
  const kinds = KINDS.map(([kind, name]) => [name, charges[kind]] as const);
  const adjusted = 'adjustmentsPaise' in charges ? charges.adjustmentsPaise : 0;
  return adjusted === 0 ? kinds : [...kinds, ['contract notes', adjusted] as const];
}

/** The same in a line: `brokerage 40.00, STT 4.44, …`. */
export const chargeWords = (charges: Parameters<typeof chargeKinds>[0]): string =>
  chargeKinds(charges)
    .map(([name, paise]) => `${name} ${amount(paise)}`)
    .join(', ');
