import { errorAt, type Finding, warningAt } from './finding.js';
import { fieldOf, itemsOf } from './plain-value.js';

/** What can be written but is not there yet in this version. Told clearly, never ignored: money depends on it. */
export function checkVersion(raw: unknown): readonly Finding[] {
  const findings: Finding[] = [];
  if (fieldOf(raw, 'mode') === 'live') {
    findings.push(errorAt(['mode'], 'This version trades on paper and in backtests, not live.', 'Write mode: paper or mode: backtest.'));
  }
  for (const [index, account] of itemsOf(fieldOf(raw, 'accounts')).entries()) {
    if (fieldOf(account, 'live') !== true) continue;
    const path = ['accounts', index, 'live'];
    findings.push(errorAt(path, 'This version sends no orders to a real broker.', 'Remove it: the account then stays on paper.'));
  }
  for (const [index, set] of itemsOf(fieldOf(raw, 'sets')).entries()) findings.push(...checkSet(set, index));
  const store = fieldOf(raw, 'store');
  for (const key of ['journal', 'mongodb']) {
    if (fieldOf(store, key) === undefined) continue;
    findings.push(
      warningAt(
        ['store', key],
        'This version keeps its journal in memory: nothing is stored after the run.',
        'Remove it, or keep what --json prints.',
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
  const protection = fieldOf(set, 'protection');
  if (protection === 'exchange' || protection === 'both') {
    findings.push(
      errorAt(
        [...path, 'protection'],
        `"${protection}" is not available in this version: no stop rests at the exchange.`,
        'Write protection: engine.',
      ),
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
