import { formatIst } from '@sauda/engine';

import { counted } from '../counted.js';
import { adjustmentWords } from '../report/adjustment-words.js';
import { priceText, symbolOf } from '../report/deal-words.js';
import { limitWords } from '../report/limit-words.js';
import { rearmedWords } from '../report/rearmed-words.js';
import type { SavedReport } from '../report/saved-form.js';
import { notShown } from './not-shown.js';
import type { Style } from './style.js';

type Breaker = NonNullable<SavedReport['breakers']>[number];

/** Of each breaker so many of the fills that closed positions are printed; the page and the document have all. */
const FILLS_SHOWN_MAX = 6;

/** So many breakers are printed, the last ones. */
const BREAKERS_SHOWN_MAX = 5;

/** Each circuit breaker that tripped with its trail: limit, value, time, what closed the positions, how the account is re-armed and who did it. */
export function breakerBlock({ breakers = [] }: SavedReport, style: Style): string {
  const left = breakers.length - BREAKERS_SHOWN_MAX;
  const trails = breakers.slice(Math.max(0, left)).flatMap((breaker) => trailOf(breaker, style));
  return [...trails, ...(left > 0 ? [style.faint(notShown(left, 'breaker', 'the page has every one (--html report.html)'))] : [])].join(
    '\n',
  );
}

function trailOf(breaker: Breaker, style: Style): readonly string[] {
  const { account, code, reason, limit, value, time, closedAt, rearm } = breaker;
  return [
    `${style.bad('breaker')} ${style.strong(`${formatIst(time)}  ${account}`)}  ${reason}`,
    `  ${code}: limit ${limitWords(code, limit)}, found ${limitWords(code, value)}; flat ${closedAt === null ? 'not yet' : formatIst(closedAt)}`,
    ...closedLines(breaker),
    `  re-armed ${rearmedWords(breaker)} ${style.faint(`(${rearm})`)}`,
  ];
}

function closedLines({ closedBy }: Breaker): readonly string[] {
  const left = closedBy.length - FILLS_SHOWN_MAX;
  const lines = closedBy
    .slice(0, FILLS_SHOWN_MAX)
    .map(
      ({ time, orderId, side, quantity, instrument, price }) =>
        `  ${formatIst(time).slice(11)}  ${side === 'buy' ? 'bought' : 'sold'} ${quantity} ${symbolOf(instrument)} at ${priceText(price)}, order ${orderId}`,
    );
  return left > 0 ? [...lines, `  and ${left} more`] : lines;
}

/** How many alerts there were. What a critical one said stands among breakers and warnings, and on the page. */
export function alertLine({ alerts = [] }: SavedReport): string {
  if (alerts.length === 0) return '';
  const kinds = (['critical', 'warning', 'info'] as const).map((severity) => {
    const count = alerts.filter((alert) => alert.severity === severity).length;
    return count === 0 ? '' : `${count} ${severity}`;
  });
  return `${counted(alerts.length, 'alert')}: ${kinds.filter((words) => words !== '').join(', ')}.`;
}

/** What contract notes asked for beside what was charged fill by fill. */
export function adjustmentLine({ adjustments = [] }: SavedReport): string {
  return adjustments.length === 0 ? '' : `${adjustmentWords(adjustments)}; it is among the charges.`;
}
