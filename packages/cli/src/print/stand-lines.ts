import { formatIst } from '@sauda/engine';

import { counted } from '../counted.js';
import type { JournalStand } from '../run-journal.js';

/** Where a journal stands, in words: `2026-11-25 10:31:04, 214 decisions, 1 position`. */
export const standInWords = ({ at, decisions, positions }: JournalStand): string =>
  `${formatIst(at)}, ${counted(decisions, 'decision')}, ${positions.length === 0 ? 'no position' : counted(positions.length, 'position')}`;
