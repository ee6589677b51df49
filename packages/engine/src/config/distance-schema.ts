import { choice } from './spelling.js';
import { percent, percentLike, positive, rupees } from './units.js';

/** A share of something: `10%`. */
export const percentDistance = percent.transform((share) => ({ kind: 'percent', share }) as const);

const points = positive.transform((value) => ({ kind: 'points', points: value }) as const);
const price = positive.transform((value) => ({ kind: 'price', price: value }) as const);
const money = rupees.transform((paise) => ({ kind: 'money', paise }) as const);

const example = (found: unknown): number => (typeof found === 'number' && found > 0 ? found : 10);

/** How far away a stop or a target is: `10%`, `{ points: 30 }`, `{ price: 95 }` or `{ money: 2000 }`. */
export const exitDistance = choice({
  text: percentDistance,
  keys: { points, price, money },
  remedy: (found) => `Write ${percentLike(found)}, { points: ${example(found)} }, { price: 95 } or { money: 2000 }.`,
});

/** `10%` or `{ points: 10 }`, where a price or money makes no sense. */
export const simpleDistance = choice({
  text: percentDistance,
  keys: { points },
  remedy: (found) => `Write ${percentLike(found)} or { points: ${example(found)} }.`,
});

/** Exits of a whole set: `70%` of the net premium, or `{ money: 5000 }`. */
export const setDistance = choice({
  text: percentDistance,
  keys: { points, money },
  remedy: (found) => `Write ${percentLike(found)} of the net premium, { points: ${example(found)} } or { money: 5000 }.`,
});
