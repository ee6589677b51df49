import { contractNoteText, type Fill } from '@sauda/engine';

import { type AccountNote, contractNotes } from '../report/contract-notes.js';
import { priceText } from '../report/deal-words.js';
import type { SavedReport } from '../report/saved-form.js';
import type { Style } from './style.js';

/**
 * The contract note of each day and account, made again from the fills of a run's round trips.
 *
 * @throws EngineError `data/report-without-orders` for a document of a version that did not write down what notes need.
 */
export function printNotes(report: SavedReport, style: Style): string {
  const notes = contractNotes(report);
  if (notes.length === 0) return 'No contract notes: nothing was dealt.\n';
  const unbooked = notes.some(({ note }) => note.adjustmentPaise !== 0) && (report.adjustments ?? []).length === 0;
  const last = unbooked
    ? [
        `${style.warn('warning')} The run has not booked these adjustments: its figures are those of the charges fill by fill. To book them: contractNotes: true.\n`,
      ]
    : [];
  return [...notes.map((note) => noteBlock(note, style)), ...last].join('\n');
}

const noteBlock = ({ account, note, settled }: AccountNote, style: Style): string =>
  [
    `${style.strong(`Account ${account}`)}\n`,
    contractNoteText(note),
    ...(note.segments.some(({ segment }) => segment === 'futures') ? [FUTURES] : []),
    ...settled.map(settledLine),
  ].join('');

/** What is to be paid for futures is not what stands on a note. */
const FUTURES = "  futures stand with their contract value; what is paid for them is each day's mark to market\n";

const settledLine = ({ side, quantity, instrument, price, orderId }: Fill): string =>
  `  settled by the exchange: ${side === 'buy' ? 'bought' : 'sold'} ${quantity} ${instrument} at ${priceText(price)} (${orderId})\n`;
