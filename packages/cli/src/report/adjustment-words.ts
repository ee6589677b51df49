import { counted } from '../counted.js';
import { money } from './amounts.js';
import type { SavedReport } from './saved-form.js';

/** What contract notes asked for beside what was charged fill by fill, without a full stop. */
export function adjustmentWords(adjustments: NonNullable<SavedReport['adjustments']>): string {
  const total = adjustments.reduce((sum, { chargesPaise }) => sum + chargesPaise, 0);
  const notes = counted(adjustments.length, 'contract note asks', 'contract notes ask');
  return `${notes} for ${money(Math.abs(total))} ${total < 0 ? 'less' : 'more'} than was charged fill by fill`;
}
