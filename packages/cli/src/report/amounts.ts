import { formatRupees, type Paise } from '@sauda/engine';

import { type Html, html } from './html.js';

/** What stands where a sample is too small for a figure. */
export const NONE = 'n/a';

/** Rupees and paise in Indian grouping; an average of paise is rounded here and nowhere else. */
export const money = (paise: Paise | null): string => (paise === null ? NONE : formatRupees(Math.round(paise)));

/** The same for a column, in which a rupee sign would only repeat itself. */
export const amount = (paise: Paise | null): string => money(paise).replace('₹', '');

/** Whole rupees, for tables with many columns. */
export const wholeRupees = (paise: Paise): string => amount(Math.round(paise / 100) * 100).replace(/\.00$/, '');

/** A share as a percentage; what rounds to nothing has no sign. */
export const percent = (share: number | null, digits = 1): string =>
  share === null ? NONE : `${(share * 100).toFixed(digits).replace(/^-(?=[0.]+$)/, '')} %`;

/** A quotient with two decimals. */
export const ratio = (value: number | null): string => (value === null ? NONE : value.toFixed(2));

/** The class that colours a number by its sign. */
export const tone = (value: number | null): string => (value === null || value === 0 ? '' : value > 0 ? 'good' : 'bad');

/** An amount as a cell of a table, coloured by its sign. */
export const amountCell = (paise: Paise | null): Html =>
  html`<td class="number ${tone(paise)}" data-value="${paise ?? ''}">${amount(paise)}</td>`;
