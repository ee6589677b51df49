import type { z } from 'zod';

import { didYouMean, nearestOf } from './did-you-mean.js';
import { knownKeysAt } from './known-keys.js';
import { type Mistake, type Reading, readWith } from './mistake.js';
import { isRecord, shown } from './plain-value.js';
import { jsonOf, mistaken, spelling } from './spelling.js';

/**
 * An object whose key `by` says which of several kinds it is. A wrong or missing kind is one mistake and does not hide the others:
 * the rest is read as the kind that was most likely meant.
 *
 * @param usual the kind of an object that does not say one; without it the kind must be written.
 */
export function kinds<Schemas extends Readonly<Record<string, z.ZodType>>>(
  by: string,
  schemas: Schemas,
  usual?: keyof Schemas & string,
): z.ZodType<z.output<Schemas[keyof Schemas]>, z.input<Schemas[keyof Schemas]>> {
  type Output = z.output<Schemas[keyof Schemas]>;
  const names = Object.keys(schemas);
  return spelling<z.input<Schemas[keyof Schemas]>, Output>({
    json: { anyOf: Object.values(schemas).map(jsonOf) },
    read: (value): Reading<Output> => {
      if (!isRecord(value))
        return mistaken(value, `${shown(value)} does not fit here.`, `Write keys with values, first ${by}: ${names.join(' | ')}.`);
      const kind = value[by] ?? usual;
      const schema = typeof kind === 'string' ? schemas[kind] : undefined;
      if (schema !== undefined) return readWith(schema as z.ZodType<Output>, { ...value, [by]: kind });
      const mistake: Mistake = {
        path: [by],
        message: kind === undefined ? 'It is missing.' : `${shown(kind)} is none of the choices.`,
        remedy: didYouMean(String(kind ?? ''), names),
      };
      const meant = likelyKind(kind, Object.keys(value), schemas);
      const rest = readWith(schemas[meant] as z.ZodType, { ...value, [by]: meant });
      return { ok: false, mistakes: [mistake, ...(rest.ok ? [] : rest.mistakes)] };
    },
  });
}

/** The kind with a similar name, or else the one that knows most of the keys. */
function likelyKind(kind: unknown, keys: readonly string[], schemas: Readonly<Record<string, z.ZodType>>): string {
  const near = typeof kind === 'string' ? nearestOf(kind, Object.keys(schemas)) : undefined;
  if (near !== undefined) return near;
  const fits = Object.entries(schemas).map(([name, schema]) => {
    const known = knownKeysAt(schema, []);
    return { name, strange: keys.filter((key) => !known.includes(key)).length };
  });
  fits.sort((a, b) => a.strange - b.strange);
  return fits[0]?.name ?? '';
}
