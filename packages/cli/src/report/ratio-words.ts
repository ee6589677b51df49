import type { SavedReport } from './saved-form.js';

/** What Sharpe and Sortino were computed on; empty where there is no day. */
export function ratioWords({ equity }: Pick<SavedReport, 'equity'>): string {
  const [first, last] = [equity[0]?.date, equity.at(-1)?.date];
  if (first === undefined || last === undefined) return '';
  const returns = equity.length === 1 ? `1 daily return (${first})` : `${equity.length} daily returns (${first} to ${last})`;
  return `Sharpe and Sortino are those of ${returns}, for a year of 252 days.`;
}
