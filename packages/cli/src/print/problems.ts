import { counted } from '../counted.js';
import type { LocatedProblem } from '../located-problem.js';
import type { Style } from './style.js';

/** Problems for people, one paragraph each, in the order of their lines, errors and warnings counted at the end. */
export function printProblems(problems: readonly LocatedProblem[], fileName: string, style: Style): string {
  if (problems.length === 0) return '';
  const sorted = [...problems].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  const paragraphs = sorted.map(({ path, line, message, remedy, severity }) => {
    const place = [line === undefined ? '' : `${fileName}:${line}`, path].filter((part) => part !== '').join(' ');
    const word = severity === 'error' ? style.bad('error') : style.warn('warning');
    return `${word} ${style.strong(place)}\n${indented(message)}\n${indented(remedy)}`;
  });
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const kinds = [
    { count: errors, kind: 'error' },
    { count: problems.length - errors, kind: 'warning' },
  ];
  const counts = kinds.filter(({ count }) => count > 0).map(({ count, kind }) => counted(count, kind));
  return `${paragraphs.join('\n')}\n${counts.join(', ')}\n`;
}

const indented = (text: string): string =>
  text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
