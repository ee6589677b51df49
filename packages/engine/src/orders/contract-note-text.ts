import { formatRupees, type Paise } from '../primitives/money.js';
import type { Charges } from './charges.js';
import type { ContractNote, NoteSegment } from './contract-note.js';

/**
 * A contract note as plain text for people: a block for each segment with its orders and charges, then the note's own sums, and what is posted as
 * the day's adjustment. Lines end with a line feed; columns line up in a font of fixed width.
 */
export function contractNoteText(note: ContractNote): string {
  const lines = [`Contract note of ${note.on}`];
  for (const segment of note.segments) lines.push('', ...segmentLines(segment));
  lines.push('', 'All segments', ...turnoverLines(note));
  if (note.sttRoundingPaise !== 0) lines.push(amount('STT to the rupee', note.sttRoundingPaise));
  lines.push(...chargeLines(note.charges), amount(note.netPaise < 0 ? 'to be paid' : 'to be received', Math.abs(note.netPaise)));
  lines.push('', amount('charged fill by fill', note.accruedPaise), amount('adjustment', note.adjustmentPaise));
  return `${lines.join('\n')}\n`;
}

const SEGMENTS: Readonly<Record<NoteSegment['segment'], string>> = {
  equityDelivery: 'shares, delivery',
  equityIntraday: 'shares, intraday',
  futures: 'futures',
  options: 'options',
};

function segmentLines(segment: NoteSegment): readonly string[] {
  const orders = segment.orders.map(({ orderId, instrument, side, quantity, turnoverPaise, brokeragePaise }) => {
    const deal = `${side} ${quantity} ${instrument}`;
    return `  ${deal} for ${formatRupees(turnoverPaise)}, brokerage ${formatRupees(brokeragePaise)} (order ${orderId})`;
  });
  return [`${segment.market} ${SEGMENTS[segment.segment]}`, ...orders, ...turnoverLines(segment), ...chargeLines(segment.charges)];
}

const turnoverLines = ({ boughtPaise, soldPaise }: Pick<ContractNote, 'boughtPaise' | 'soldPaise'>): readonly string[] => [
  amount('bought', boughtPaise),
  amount('sold', soldPaise),
];

const chargeLines = (charges: Charges): readonly string[] => [
  amount('brokerage', charges.brokeragePaise),
  amount('STT', charges.sttPaise),
  amount('exchange fee', charges.exchangePaise),
  amount('SEBI fee', charges.sebiPaise),
  amount('stamp duty', charges.stampPaise),
  amount('GST', charges.gstPaise),
  amount('charges', charges.totalPaise),
];

const amount = (what: string, paise: Paise): string => `  ${what.padEnd(22)}${formatRupees(paise).padStart(18)}`;
