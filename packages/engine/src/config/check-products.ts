import { errorAt, type Finding } from './finding.js';
import { fieldOf, itemsOf, type PathStep } from './plain-value.js';

/** Shares are delivered, futures and options are carried forward: brokers refuse the one for the other. */
export function checkProduct(set: unknown, path: readonly PathStep[]): readonly Finding[] {
  const product = fieldOf(set, 'product');
  const kind = fieldOf(itemsOf(fieldOf(set, 'legs'))[0], 'kind');
  const place = [...path, 'product'];
  if (product === 'CNC' && (kind === 'option' || kind === 'future')) {
    const what = kind === 'option' ? 'an option' : 'a future';
    return [
      errorAt(place, `CNC is delivery of shares, and the set trades ${what}.`, 'Write NRML to hold it overnight, or MIS for the day.'),
    ];
  }
  if (product === 'NRML' && kind === 'equity') {
    return [
      errorAt(
        place,
        'NRML carries futures and options forward, and the set trades shares.',
        'Write CNC to hold them overnight, or MIS for the day.',
      ),
    ];
  }
  return [];
}
