import { formatRupees } from '@sauda/engine';

import { counted } from '../counted.js';
import { money, NONE, percent, ratio } from '../report/amounts.js';
import { chargeKinds } from '../report/charge-kinds.js';
import type { SavedFigures } from '../report/saved-form.js';
import { type Style, toneOf } from './style.js';

/** The figures of a report, two to a line, names left and values right, and below them the charges by kind. */
export function figureLines(figures: SavedFigures, style: Style): readonly string[] {
  const pairs: readonly (readonly [string, string, ((text: string) => string)?])[] = [
    ['Net profit', formatRupees(figures.netPaise), toneOf(figures.netPaise, style)],
    ['Round trips', String(figures.roundTrips)],
    ['Gross profit', formatRupees(figures.grossPaise)],
    ['Win rate', percent(figures.winRate)],
    ['Charges', formatRupees(figures.chargesPaise)],
    ['Profit factor', ratio(figures.profitFactor)],
    ['Average win', money(figures.averageWinPaise)],
    ['Average loss', money(figures.averageLossPaise)],
    ['Expectancy', money(figures.expectancyPaise)],
    ['Longest losing streak', String(figures.longestLosingStreak)],
    ['Largest drawdown', `${formatRupees(figures.maxDrawdownPaise)} (${percent(figures.maxDrawdown)})`],
    ['Longest drawdown', counted(figures.longestDrawdownDays, 'day')],
    ['Sharpe', ratio(figures.sharpe)],
    ['Sortino', ratio(figures.sortino)],
    ...activityOf(figures),
  ];
  const lines: string[] = [];
  for (let index = 0; index < pairs.length; index += 2) {
    const cells = pairs.slice(index, index + 2).map(([name, value, paint]) => {
      const padded = value.padStart(VALUE_WIDTH);
      return name.padEnd(NAME_WIDTH) + (paint === undefined ? padded : padded.replace(value, paint(value)));
    });
    lines.push(cells.join('    '));
  }
  return [...lines, ...chargeLines(figures)];
}

/** How much was done, where the document says. */
function activityOf({ exposure, tradedPaise, turnover, chargesPaise }: SavedFigures): readonly (readonly [string, string])[] {
  if (exposure === undefined || tradedPaise === undefined || turnover === undefined) return [];
  return [
    ['Bought and sold', formatRupees(tradedPaise)],
    ['Charges, share of it', percent(tradedPaise > 0 ? chargesPaise / tradedPaise : null, 3)],
    ['Turnover', turnover === null ? NONE : `${turnover.toFixed(2)} times`],
    ['Exposure', percent(exposure)],
  ];
}

/** The charges by kind in a sentence of two lines, where the document has them and anything was charged. */
function chargeLines({ charges, chargesPaise }: SavedFigures): readonly string[] {
  if (charges === undefined || chargesPaise === 0) return [];
  const kinds = chargeKinds(charges).map(([name, paise]) => `${name} ${formatRupees(paise)}`);
  return [`Charges are ${kinds.slice(0, KINDS_A_LINE).join(', ')},`, `            ${kinds.slice(KINDS_A_LINE).join(', ')}.`];
}

const KINDS_A_LINE = 3;
const NAME_WIDTH = 22;
const VALUE_WIDTH = 24;
