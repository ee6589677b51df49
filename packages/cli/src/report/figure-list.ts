import type { RunReport } from '@sauda/engine';

import { money, percent, ratio, tone } from './amounts.js';
import { type Html, html } from './html.js';

/** The figures of a report as tiles; `n/a` where the sample is too small. */
export function figureList(figures: RunReport['figures']): Html {
  const days = figures.longestDrawdownDays;
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
    ['Longest drawdown', `${days} ${days === 1 ? 'day' : 'days'}`],
    ['Sharpe', ratio(figures.sharpe)],
    ['Sortino', ratio(figures.sortino)],
  ];
  return html`<dl class="figures">
${tiles.map(([name, value, className]) => html`<div><dt>${name}</dt><dd class="${className ?? ''}">${value}</dd></div>\n`)}</dl>`;
}
