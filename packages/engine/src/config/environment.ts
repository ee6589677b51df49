import type { Problem } from '../primitives/problem.js';
import { formatPath, isRecord, type PathStep, valueAt } from './plain-value.js';

/** Variables of the environment by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A configuration with its `${NAME}` filled in, and the means to keep what came in out of every message. */
export interface Expanded {
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** Texts that no message may show. */
  readonly secrets: ReadonlySet<string>;
}

const VARIABLE = /\$\{([A-Za-z_]\w*)\}/g;

const SECRET_KEY = /(api_?key|secret|token|password|passwd|totp|mpin|^pin$|credential|private_?key|mongodb)/i;

/** Whether what is written under a key is kept out of messages. */
export const isSecretKey = (key: PathStep | undefined): boolean => typeof key === 'string' && SECRET_KEY.test(key);

/** What is left of a secret in a message. */
export const HIDDEN = '(hidden)';

/** Fills in `${NAME}` from the environment, everywhere. A variable that is not set is a problem, but for the optional database a warning. */
export function expandEnvironment(raw: unknown, environment: Environment): Expanded {
  const problems: Problem[] = [];
  const secrets = new Set<string>();
  const expand = (value: unknown, path: readonly PathStep[]): unknown => {
    if (Array.isArray(value)) return value.map((item, index) => expand(item, [...path, index]));
    if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, expand(item, [...path, key])]));
    if (typeof value !== 'string') {
      if (typeof value === 'number' && isSecretKey(path.at(-1))) secrets.add(String(value));
      return value;
    }
    const expanded = value.replaceAll(VARIABLE, (whole, name: string) => {
      const found = environment[name];
      if (found === undefined || found === '') {
        problems.push(missingVariable(path, name));
        return whole;
      }
      secrets.add(found);
      return found;
    });
    if (expanded !== value || (isSecretKey(path.at(-1)) && expanded !== '')) secrets.add(expanded);
    return expanded;
  };
  return { value: expand(raw, []), problems, secrets };
}

function missingVariable(path: readonly PathStep[], name: string): Problem {
  const optional = formatPath(path) === 'store.mongodb';
  return {
    path: formatPath(path),
    found: `\${${name}}`,
    message: `The environment variable "${name}" is not set.`,
    remedy: optional
      ? `Set ${name}, or remove store.mongodb: the database is optional.`
      : `Set ${name} in the environment before you start.`,
    severity: optional ? 'warning' : 'error',
  };
}

/** Takes every secret out of a text. Very short ones stay outside their own place, since they would be found in ordinary words. */
export function withoutSecrets(text: string, secrets: Iterable<string>, lengthMin = 4): string {
  const longestFirst = [...secrets].filter(({ length }) => length >= lengthMin).sort((a, b) => b.length - a.length);
  return longestFirst.reduce((clean, secret) => clean.replaceAll(secret, HIDDEN), text);
}

/** What was written at a path, for a problem: JSON, variables by their names, and nothing secret. */
export function foundAt(raw: unknown, path: readonly PathStep[]): unknown {
  if (path.some(isSecretKey)) {
    const written = valueAt(raw, path);
    return typeof written === 'string' && /^\$\{\w+\}$/.test(written) ? written : written === undefined ? null : HIDDEN;
  }
  return presentable(valueAt(raw, path));
}

function presentable(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value.map(presentable);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (isRecord(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, isSecretKey(key) ? HIDDEN : presentable(item)]));
  }
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  return typeof value === 'string' || typeof value === 'boolean' ? value : typeof value;
}
