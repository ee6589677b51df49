import { formatIst } from '@sauda/engine';

import { counted } from '../counted.js';
import { amount } from '../report/amounts.js';
import { symbolOf } from '../report/deal-words.js';
import { ratioWords } from '../report/ratio-words.js';
import type { SavedReport } from '../report/saved-form.js';
import { equityCurve } from './equity-curve.js';
import { figureLines } from './figures.js';
import { groupTables } from './group-tables.js';
import { adjustmentLine, alertLine, breakerBlock } from './guard-lines.js';
import { ALL_ROUND_TRIPS, notShown } from './not-shown.js';
import { type Style, toneOf } from './style.js';
import { type Cell, type Column, table } from './table.js';

/** Which round trips are printed: the last so many, or all. */
export interface ReportView {
  readonly last: number | null;
  /** Only the figures, without round trips and curve. */
  readonly quiet: boolean;
}

/** So many round trips are printed when nothing is said about it. */
export const ROUND_TRIPS_USUAL = 40;

/** A report for people: what it rests on, each round trip, the figures, the equity, the breakers. At most 120 columns wide. */
export function printReport(report: SavedReport, { last, quiet }: ReportView, style: Style): string {
  const blocks = [
    report.waivers.map((waiver) => style.warn(`Waived: ${waiver}`)).join('\n'),
    quiet ? '' : roundTripBlock(report.roundTrips, last, style),
    [...figureLines(report.figures, style), ratioWords(report)].filter((line) => line !== '').join('\n'),
    ...(quiet ? [] : groupTables(report, style)),
    quiet ? '' : equityCurve(report.equity),
    breakerBlock(report, style),
    [alertLine(report), adjustmentLine(report)].filter((line) => line !== '').join('\n'),
    signalLine(report.signals),
    quiet ? '' : report.assumptions.map((line) => style.faint(`· ${line}`)).join('\n'),
    report.warnings.map(({ code, message }) => `${style.warn('warning')} ${message} ${style.faint(`(${code})`)}`).join('\n'),
    style.faint(
      `${report.candles > 0 ? `${report.candles} candles` : `${report.ticks} ticks`}, decisions ${report.decisionHash.slice(0, 16)}`,
    ),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** How many signals there were, and what became of them, most frequent first. */
function signalLine(signals: SavedReport['signals']): string {
  const counts = new Map<string, number>();
  for (const { outcome } of signals) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const outcomes = [...counts].sort(([, a], [, b]) => b - a).map(([outcome, count]) => `${count} ${outcome}`);
  return signals.length === 0 ? 'No signals.' : `${counted(signals.length, 'signal')}: ${outcomes.join(', ')}.`;
}

/** Where there are several sets, the set takes the place of the gross, which net and charges tell as well: a line has room for one of them. */
const columnsOf = (severalSets: boolean): readonly Column[] => [
  { title: 'Entry', align: 'left' },
  { title: 'Exit', align: 'left' },
  ...(severalSets ? [{ title: 'Set', align: 'left' } as const] : []),
  { title: 'Instrument', align: 'left' },
  { title: 'Qty', align: 'right' },
  { title: 'Prices', align: 'right' },
  { title: 'Reason', align: 'left' },
  ...(severalSets ? [] : [{ title: 'Gross', align: 'right' } as const]),
  { title: 'Charges', align: 'right' },
  { title: 'Net', align: 'right' },
];

/** So much of a set's name is printed in a table. */
const NAME_MAX = 14;

function roundTripBlock(roundTrips: SavedReport['roundTrips'], last: number | null, style: Style): string {
  if (roundTrips.length === 0) return 'No round trips.';
  const shown = last === null ? roundTrips : roundTrips.slice(Math.max(0, roundTrips.length - last));
  const left = roundTrips.length - shown.length;
  const severalSets = new Set(roundTrips.map(({ set }) => set)).size > 1;
  const rows = shown.flatMap((trip) => tripRows(trip, severalSets, style));
  const note = left === 0 ? [] : [style.faint(notShown(left, 'round trip', ALL_ROUND_TRIPS))];
  return [table(columnsOf(severalSets), rows), ...note].join('\n');
}

/** One line a leg; the money stands on the first. */
function tripRows(
  { set, legs, exitReason, grossPaise, chargesPaise, netPaise }: SavedReport['roundTrips'][number],
  severalSets: boolean,
  style: Style,
): readonly (readonly (string | Cell)[])[] {
  const gross = severalSets ? [] : [amount(grossPaise)];
  return legs.map((leg, index) => {
    const sign = leg.side === 'buy' ? '' : '-';
    const money =
      index === 0
        ? [exitReason, ...gross, amount(chargesPaise), { text: amount(netPaise), paint: toneOf(netPaise, style) }]
        : ['', ...gross.map(() => ''), '', ''];
    return [
      formatIst(leg.entryTime).slice(2, 16),
      exitTime(leg.entryTime, leg.exitTime),
      ...(severalSets ? [set.length > NAME_MAX ? `${set.slice(0, NAME_MAX - 1)}…` : set] : []),
      symbolOf(leg.instrument),
      `${sign}${leg.quantity}`,
      `${leg.entryPrice.toFixed(2)}→${leg.exitPrice.toFixed(2)}`,
      ...money,
    ];
  });
}

/** The time alone on the day of the entry, with month and day on a later one. */
function exitTime(entry: number, exit: number): string {
  const [entryText, exitText] = [formatIst(entry), formatIst(exit)];
  return entryText.slice(0, 10) === exitText.slice(0, 10) ? exitText.slice(11, 16) : exitText.slice(5, 16);
}
