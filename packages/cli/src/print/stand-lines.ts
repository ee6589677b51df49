import { formatIst } from '@sauda/engine';

import type { JournalStand } from '../run-journal.js';

/** Where a journal stands, in words: `2026-11-25 10:31:04, 214 decisions, 1 position`. */
export const standInWords = ({ at, decisions, positions }: JournalStand): string =>
  `${formatIst(at)}, ${counted(decisions, 'decision')}, ${positions.length === 0 ? 'no position' : counted(positions.length, 'position')}`;

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
