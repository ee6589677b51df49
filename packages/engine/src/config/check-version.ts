import { errorAt, type Finding, warningAt } from './finding.js';
import { fieldOf, itemsOf } from './plain-value.js';

/** What can be written but is not there yet in this version. Told clearly, never ignored: money depends on it. */
export function checkVersion(raw: unknown): readonly Finding[] {
  const findings: Finding[] = [];
  for (const [index, set] of itemsOf(fieldOf(raw, 'sets')).entries()) findings.push(...checkSet(set, index));
  const mongodb = fieldOf(fieldOf(raw, 'store'), 'mongodb');
  if (mongodb !== undefined && mongodb !== 'off' && mongodb !== false && mongodb !== null) {
    findings.push(
      warningAt(
        ['store', 'mongodb'],
        'This version writes nothing to a database.',
        'Remove it, or write off: the journal of sauda run keeps every decision in a file.',
      ),
    );
  }
  if (fieldOf(raw, 'alerts') !== undefined) {
    findings.push(warningAt(['alerts'], 'This version sends no alerts.', 'Remove it, or watch what the run prints.'));
  }
  return findings;
}

function checkSet(set: unknown, index: number): readonly Finding[] {
  const findings: Finding[] = [];
  const path = ['sets', index];
  const legs = itemsOf(fieldOf(set, 'legs'));
  if (legs.length > 1) {
    findings.push(
      errorAt([...path, 'legs'], `The set has ${legs.length} legs; this version trades one.`, 'Keep one leg, or make a set of each.'),
    );
  }
  if (fieldOf(fieldOf(set, 'reentry'), 'mode') === 'atCost') {
    findings.push(
      errorAt(
        [...path, 'reentry', 'mode'],
        '"atCost" is not available in this version: a set enters again on a signal.',
        'Write mode: signal, or mode: sameDirection with times.',
      ),
    );
  }
  if (fieldOf(set, 'approval') === 'manual') {
    findings.push(
      errorAt([...path, 'approval'], '"manual" is not available in this version: nobody can be asked.', 'Write approval: auto.'),
    );
  }
  return findings;
}
