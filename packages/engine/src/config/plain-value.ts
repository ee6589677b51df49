/** A step into a value: a key of an object or a place in a list. */
export type PathStep = string | number;

/** A value with keys that are not known before; lists are none. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** The items of a list; of anything else none. */
export const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** What an object has under a key; `undefined` where it has no such key or is no object. */
export const fieldOf = (value: unknown, key: string): unknown => (isRecord(value) ? value[key] : undefined);

/** What lies at a path; `undefined` where it leads nowhere. */
export function valueAt(root: unknown, path: readonly PathStep[]): unknown {
  let value = root;
  for (const step of path) value = Array.isArray(value) ? value[Number(step)] : fieldOf(value, String(step));
  return value;
}

/** A path as people write it: `sets[0].exits.stopLoss`. Keys that are no plain names stand in quotes: `instruments["NSE:TCS"]`. */
export const formatPath = (path: readonly PathStep[]): string =>
  path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      if (!/^[\w$-]+$/.test(step)) return `[${JSON.stringify(step)}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join('');

/** A value in a sentence: text in quotes, objects and lists shortened. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return `"${shortened(value)}"`;
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (value instanceof Date) return `the date value ${Number.isNaN(value.getTime()) ? '(invalid)' : value.toISOString()}`;
  if (typeof value === 'function') return 'a function';
  if (isRecord(value)) return Object.keys(value).length === 0 ? '{}' : shortened(`{ ${Object.keys(value).join(', ')} }`);
  return value === null || value === undefined ? 'nothing' : String(value);
}

const shortened = (text: string): string => (text.length > 80 ? `${text.slice(0, 77)}...` : text);
