import type { z } from 'zod';

import { didYouMean } from './did-you-mean.js';
import { knownKeysAt } from './known-keys.js';
import { type PathStep, shown, valueAt } from './plain-value.js';

/** One thing that is wrong with a value: where in it, what is wrong, what would be right. */
export interface Mistake {
  readonly path: readonly PathStep[];
  readonly message: string;
  readonly remedy: string;
}

/** What a schema makes of a value, or everything that is wrong with it. */
export type Reading<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly mistakes: readonly [Mistake, ...Mistake[]] };

/** Checks a value by a schema and lists every mistake in words, whoever wrote the schema. */
export function readWith<Schema extends z.ZodType>(schema: Schema, value: unknown): Reading<z.output<Schema>> {
  const result = schema.safeParse(value);
  if (result.success) return { ok: true, value: result.data };
  const [first, ...rest] = result.error.issues.flatMap((issue) => mistakesOf(issue, schema, value));
  return { ok: false, mistakes: [first ?? { path: [], message: 'It cannot be used.', remedy: 'Change it.' }, ...rest] };
}

/** What a schema makes of a value; nothing where it is wrong, which is told by whoever reads the whole. */
export function readOrNothing<Value>(schema: z.ZodType<Value>, value: unknown): Value | undefined {
  const result = schema.safeParse(value);
  return result.success ? result.data : undefined;
}

/** Passes mistakes on as an issue of a surrounding schema. */
export const mistakeIssue = ({ path, message, remedy }: Mistake, input: unknown) => ({
  code: 'custom' as const,
  message,
  path: [...path],
  params: { remedy },
  input,
});

function mistakesOf(issue: z.core.$ZodIssue, schema: z.ZodType, root: unknown): readonly Mistake[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeysAt(schema, path);
    return issue.keys.map((key) => ({ path: [...path, key], message: `"${key}" is not known here.`, remedy: didYouMean(key, known) }));
  }
  if (issue.code === 'invalid_union') return mistakesOfBestBranch(issue, schema, root);
  return [{ path, ...inWords(issue, valueAt(root, path), () => knownKeysAt(schema, path)) }];
}

/** A plug-in's schema may say in its own words what it wants; what zod says by itself begins like this. */
const ZOD_WORDS = /^(Invalid|Too (big|small)|Unrecognized)/;

/** Of several readings a person most likely meant the one with the fewest mistakes; all others would only repeat the rest. */
function mistakesOfBestBranch(issue: z.core.$ZodIssueInvalidUnion, schema: z.ZodType, root: unknown): readonly Mistake[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  const branches = issue.errors
    .map((issues) => issues.flatMap((inner) => mistakesOf({ ...inner, path: [...issue.path, ...inner.path] }, schema, root)))
    .sort((a, b) => reach(b, path) - reach(a, path) || a.length - b.length);
  const [best] = branches;
  // Where no branch gets anywhere, the words of the schema's author say more than any one branch.
  if (!ZOD_WORDS.test(issue.message) && branches.every((branch) => reach(branch, path) === 0)) {
    return [{ path, ...spoken(issue.message, valueAt(root, path)) }];
  }
  if (best !== undefined && best.length > 0) return best;
  return [{ path, ...spoken(issue.message, valueAt(root, path)) }];
}

/** A branch that refuses the whole value at once is not what was meant, when another gets further. */
const reach = (mistakes: readonly Mistake[], path: readonly PathStep[]): number =>
  Math.min(1, ...mistakes.map((mistake) => mistake.path.length - path.length));

/** @param keysHere what keys are known at the place, where keys are wanted. */
function inWords(issue: z.core.$ZodIssue, value: unknown, keysHere: () => readonly string[]): Pick<Mistake, 'message' | 'remedy'> {
  const remedy = issue.code === 'custom' ? issue.params?.['remedy'] : undefined;
  if (typeof remedy === 'string') return { message: issue.message, remedy };
  if (!ZOD_WORDS.test(issue.message)) return spoken(issue.message, value);
  if (value === undefined) return { message: 'It is missing.', remedy: `Write ${wanted(issue, keysHere)}.` };
  if (issue.code === 'invalid_value' && typeof value === 'string') {
    return { message: `${shown(value)} is none of the choices.`, remedy: didYouMean(value, issue.values.map(String)) };
  }
  return { message: `${shown(value)} does not fit here.`, remedy: `Write ${wanted(issue, keysHere)}.` };
}

/** A sentence that asks for something is the remedy; any other is what is wrong. */
const spoken = (sentence: string, value: unknown): Pick<Mistake, 'message' | 'remedy'> =>
  /^(Write|Name|Use|Pass|Give|Choose)\b/.test(sentence)
    ? { message: value === undefined ? 'It is missing.' : `${shown(value)} does not fit here.`, remedy: sentence }
    : { message: /[.!?]$/.test(sentence) ? sentence : `${sentence}.`, remedy: 'Change this value.' };

function wanted(issue: z.core.$ZodIssue, keysHere: () => readonly string[]): string {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.expected === 'object') return ['keys with values', ...listed(keysHere())].join(': ');
      return TYPE_WORDS[issue.expected] ?? `a value of type ${issue.expected}`;
    case 'invalid_value':
      return issue.values.length === 1 ? String(issue.values[0]) : `one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return bounded(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum);
    case 'too_big':
      return bounded(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum);
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`;
    case 'invalid_format':
      return `text in the form ${issue.pattern ?? issue.format}`;
    default:
      return 'another value';
  }
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  record: 'keys with values',
};

const listed = (keys: readonly string[]): readonly string[] => (keys.length === 0 ? [] : [keys.join(', ')]);

const bounded = (origin: string, words: string, bound: number | bigint): string =>
  origin === 'array' || origin === 'set'
    ? `a list with ${words} ${bound} ${bound === 1 ? 'entry' : 'entries'}`
    : origin === 'string'
      ? `text of ${words} ${bound} ${bound === 1 ? 'letter' : 'letters'}`
      : `a number of ${words} ${bound}`;
