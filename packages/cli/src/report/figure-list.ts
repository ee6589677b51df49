import { counted } from '../counted.js';
import { money, NONE, percent, ratio, tone } from './amounts.js';
import { type Html, html, noHtml } from './html.js';
import { ratioWords } from './ratio-words.js';
import type { SavedFigures, SavedReport } from './saved-form.js';

/** The figures of a report as tiles; `n/a` where the sample is too small. Below them, what the ratios were computed on. */
export function figureList(report: Pick<SavedReport, 'figures' | 'equity'>): Html {
  const { figures } = report;
  const tiles: readonly (readonly [name: string, value: string, className?: string])[] = [
    ['Net profit', money(figures.netPaise), tone(figures.netPaise)],
    ['Gross profit', money(figures.grossPaise), tone(figures.grossPaise)],
    ['Charges', money(figures.chargesPaise)],
    ['Round trips', String(figures.roundTrips)],
    ['Win rate', percent(figures.winRate)],
    ['Profit factor', ratio(figures.profitFactor)],
    ['Average win', money(figures.averageWinPaise)],
    ['Average loss', money(figures.averageLossPaise)],
    ['Expectancy', money(figures.expectancyPaise), tone(figures.expectancyPaise)],
    ['Longest losing streak', String(figures.longestLosingStreak)],
    ['Largest drawdown', money(figures.maxDrawdownPaise)],
    ['Largest drawdown, share', percent(figures.maxDrawdown, 2)],
    ['Longest drawdown', counted(figures.longestDrawdownDays, 'day')],
    ['Sharpe', ratio(figures.sharpe)],
    ['Sortino', ratio(figures.sortino)],
    ...activityOf(figures),
  ];
  const words = ratioWords(report);
  return html`<dl class="figures">
${tiles.map(([name, value, className]) => html`<div><dt>${name}</dt><dd class="${className ?? ''}">${value}</dd></div>\n`)}</dl>
${words === '' ? noHtml : html`<p class="note">${words}</p>`}`;
}

/** How much was done, where the document says. */
function activityOf({ exposure, tradedPaise, turnover }: SavedFigures): readonly (readonly [string, string])[] {
  const tiles: (readonly [string, string])[] = [];
  if (exposure !== undefined) tiles.push(['Exposure', percent(exposure)]);
  if (tradedPaise !== undefined) tiles.push(['Bought and sold', money(tradedPaise)]);
  if (turnover !== undefined) tiles.push(['Turnover', turnover === null ? NONE : `${turnover.toFixed(2)} times`]);
  return tiles;
}
