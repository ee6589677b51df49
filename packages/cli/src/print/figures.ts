import { formatRupees, type Paise, type RunReport } from '@sauda/engine';

import type { Style } from './style.js';

const NONE = 'n/a';

/** The figures of a report, two to a line, names left and values right. */
export function figureLines(figures: RunReport['figures'], style: Style): readonly string[] {
  const tone = figures.netPaise > 0 ? style.good : figures.netPaise < 0 ? style.bad : (text: string) => text;
  const pairs: readonly (readonly [string, string, ((text: string) => string)?])[] = [
    ['Net profit', formatRupees(figures.netPaise), tone],
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
    ['Longest drawdown', `${figures.longestDrawdownDays} ${figures.longestDrawdownDays === 1 ? 'day' : 'days'}`],
    ['Sharpe', ratio(figures.sharpe)],
    ['Sortino', ratio(figures.sortino)],
  ];
  const lines: string[] = [];
  for (let index = 0; index < pairs.length; index += 2) {
    const cells = pairs.slice(index, index + 2).map(([name, value, paint]) => {
      const padded = value.padStart(VALUE_WIDTH);
      return name.padEnd(NAME_WIDTH) + (paint === undefined ? padded : padded.replace(value, paint(value)));
    });
    lines.push(cells.join('    '));
  }
  return lines;
}

const NAME_WIDTH = 22;
const VALUE_WIDTH = 24;

const money = (paise: Paise | null): string => (paise === null ? NONE : formatRupees(Math.round(paise)));
const percent = (share: number | null): string => (share === null ? NONE : `${(share * 100).toFixed(1)} %`);
const ratio = (value: number | null): string => (value === null ? NONE : value.toFixed(2));
