import type { Unit } from './unit.js';

/** Money that is added or kept: a whole number of paise. ₹1 is 100. */
export type Paise = Unit<number, 'Paise'>;

/** The whole number nearest to `value`; a half goes to the even neighbour, so that many roundings have no drift. */
export function roundHalfEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest < 0.5) return below;
  if (rest > 0.5) return below + 1;
  return below % 2 === 0 ? below : below + 1;
}

/** Rupees as paise, rounded once, half to even. The product is first cleaned of what binary fractions add: ₹1.005 is 100.5 paise. */
export function paiseFromRupees(rupees: number): Paise {
  return roundHalfEven(Number((rupees * 100).toPrecision(15)));
}

/** Paise as rupees, for people and for formulas; never to be added up. */
export const rupeesFromPaise = (paise: Paise): number => paise / 100;

/** Rupees with two decimals and Indian grouping: `₹1,23,456.70`, a minus sign before the rupee sign. */
export function formatRupees(paise: Paise): string {
  const sign = paise < 0 ? '-' : '';
  const whole = Math.floor(Math.abs(paise) / 100).toString();
  const fraction = (Math.abs(paise) % 100).toString().padStart(2, '0');
  return `${sign}₹${groupIndian(whole)}.${fraction}`;
}

/** The last three digits, then pairs: thousands, lakhs, crores. */
function groupIndian(digits: string): string {
  const head = digits.slice(0, -3);
  const tail = digits.slice(-3);
  return head === '' ? tail : `${head.replace(/\B(?=(\d{2})+$)/g, ',')},${tail}`;
}
