import { didYouMean } from './did-you-mean.js';
import { errorAt, type Finding } from './finding.js';
import { fieldOf, type PathStep } from './plain-value.js';

/** The broker that an account names; one that says nothing of a broker trades on paper. */
export function brokerNameOf(account: unknown): string {
  const written = fieldOf(account, 'broker');
  return String((typeof written === 'string' ? written : fieldOf(written, 'use')) ?? 'paper');
}

/** Whether there is an account of a name. What is no name at all is told of by the schema of the whole. */
export function checkAccountName(name: unknown, path: readonly PathStep[], accounts: readonly unknown[]): readonly Finding[] {
  const known = accounts.map((account) => fieldOf(account, 'id')).filter((id) => typeof id === 'string');
  if (typeof name !== 'string' || known.includes(name)) return [];
  return [errorAt(path, `There is no account "${name}".`, didYouMean(name, known))];
}
