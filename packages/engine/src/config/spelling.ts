import { z } from 'zod';

import { didYouMean } from './did-you-mean.js';
import { type Mistake, mistakeIssue, type Reading, readWith } from './mistake.js';
import { isRecord, shown } from './plain-value.js';

/** A part of a JSON Schema, for what only a function can check. */
export type JsonSchemaPart = Readonly<Record<string, unknown>>;

/**
 * A schema whose check is a plain function: `read` gives the value, or says what is wrong with it.
 *
 * @param options.json what a JSON Schema can say about the spelling.
 */
export function spelling<Input, Output>(options: {
  readonly json: JsonSchemaPart;
  readonly read: (value: unknown) => Reading<Output>;
}): z.ZodType<Output, Input> {
  return z
    .custom<Input>(() => true)
    .meta({ ...options.json })
    .transform((value, context) => {
      const reading = options.read(value);
      if (reading.ok) return reading.value;
      for (const mistake of reading.mistakes) context.issues.push(mistakeIssue(mistake, value));
      return z.NEVER;
    });
}

/** A reading that went well. */
export const read = <Value>(value: Value): Reading<Value> => ({ ok: true, value });

/** A reading with one mistake, about the whole value. Nothing at all is simply missing. */
export const mistaken = (value: unknown, message: string, remedy: string): Reading<never> => ({
  ok: false,
  mistakes: [{ path: [], message: value === undefined ? 'It is missing.' : message, remedy }],
});

/** A text of a certain form. What the pattern finds is read by `value`; `undefined` from it refuses the text. */
export const textSpelling = <Input extends string, Output>(options: {
  readonly pattern: RegExp;
  readonly value: (match: RegExpExecArray) => Output | undefined;
  /** Of a value that does not fit, by kind: `"10" is no percentage.` */
  readonly what: string;
  readonly remedy: string | ((found: unknown) => string);
  readonly examples: readonly Input[];
}): z.ZodType<Output, Input> =>
  spelling<Input, Output>({
    json: { type: 'string', pattern: options.pattern.source, examples: options.examples },
    read: (found) => {
      const match = typeof found === 'string' ? options.pattern.exec(found.trim()) : null;
      const value = match === null ? undefined : options.value(match);
      if (value !== undefined) return read(value);
      const remedy = typeof options.remedy === 'string' ? options.remedy : options.remedy(found);
      return mistaken(found, `${shown(found)} is not ${options.what}.`, remedy);
    },
  });

type Keyed<Keys extends Readonly<Record<string, z.ZodType>>> = {
  [Key in keyof Keys & string]: { readonly [Name in Key]: z.input<Keys[Key]> };
}[keyof Keys & string];

/** Ways to write one thing: some as text, some as a number, some as an object with exactly one key. */
export interface Choices<Text extends z.ZodType, Plain extends z.ZodType, Keys extends Readonly<Record<string, z.ZodType>>> {
  readonly text?: Text;
  readonly plain?: Plain;
  readonly keys: Keys;
  /** What to write instead of a value that is none of them. */
  readonly remedy: (found: unknown) => string;
}

/**
 * One of several spellings. Which one is meant is seen from the kind of value, or from its key, so that a mistake is told
 * in terms of that spelling alone.
 */
export function choice<
  Keys extends Readonly<Record<string, z.ZodType>>,
  Text extends z.ZodType = z.ZodNever,
  Plain extends z.ZodType = z.ZodNever,
>(
  choices: Choices<Text, Plain, Keys>,
): z.ZodType<z.output<Text> | z.output<Plain> | z.output<Keys[keyof Keys]>, z.input<Text> | z.input<Plain> | Keyed<Keys>> {
  type Output = z.output<Text> | z.output<Plain> | z.output<Keys[keyof Keys]>;
  return spelling<z.input<Text> | z.input<Plain> | Keyed<Keys>, Output>({
    json: { anyOf: jsonOfChoices(choices) },
    read: (value): Reading<Output> => {
      if (typeof value === 'string' && choices.text !== undefined) return withRemedy(readWith(choices.text, value), choices.remedy(value));
      if (typeof value === 'number' && choices.plain !== undefined) return readWith(choices.plain, value);
      if (isRecord(value)) return readKeyed(choices, value);
      const message = typeof value === 'number' ? `${value} has no unit.` : `${shown(value)} does not fit here.`;
      return mistaken(value, message, choices.remedy(value));
    },
  });
}

/** Text that is none of the text spellings may have been meant as any of them. */
const withRemedy = <Output>(reading: Reading<Output>, remedy: string): Reading<Output> =>
  reading.ok ? reading : { ok: false, mistakes: [{ ...reading.mistakes[0], remedy }] };

function readKeyed<Keys extends Readonly<Record<string, z.ZodType>>>(
  { keys, remedy }: Pick<Choices<z.ZodType, z.ZodType, Keys>, 'keys' | 'remedy'>,
  value: Readonly<Record<string, unknown>>,
): Reading<z.output<Keys[keyof Keys]>> {
  const written = Object.keys(value);
  const known = Object.keys(keys);
  const unknown = written.filter((key) => !known.includes(key));
  const [first, ...rest] = unknown.map(
    (key): Mistake => ({ path: [key], message: `"${key}" is not known here.`, remedy: didYouMean(key, known) }),
  );
  if (first !== undefined) return { ok: false, mistakes: [first, ...rest] };
  const [key] = written;
  if (key === undefined || written.length > 1) {
    return mistaken(
      value,
      written.length === 0 ? 'Nothing is written in it.' : `Only one of ${written.join(', ')} can count.`,
      remedy(value),
    );
  }
  const schema = keys[key] as Keys[keyof Keys];
  const reading = readWith(schema, value[key]);
  return reading.ok ? reading : { ok: false, mistakes: under(key, reading.mistakes) };
}

const under = (key: string, [first, ...rest]: readonly [Mistake, ...Mistake[]]): readonly [Mistake, ...Mistake[]] => [
  { ...first, path: [key, ...first.path] },
  ...rest.map((mistake) => ({ ...mistake, path: [key, ...mistake.path] })),
];

/** A schema as a part of a JSON Schema, seen from what is written. */
export function jsonOf(schema: z.ZodType): JsonSchemaPart {
  const { $schema: _, ...part } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return part;
}

const jsonOfChoices = ({
  text,
  plain,
  keys,
}: Choices<z.ZodType, z.ZodType, Readonly<Record<string, z.ZodType>>>): readonly JsonSchemaPart[] => [
  ...[text, plain].filter((schema) => schema !== undefined).map(jsonOf),
  ...Object.entries(keys).map(([key, schema]) => ({
    type: 'object',
    properties: { [key]: jsonOf(schema) },
    required: [key],
    additionalProperties: false,
  })),
];
