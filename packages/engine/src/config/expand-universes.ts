import { isUniverse, universeOn } from '../market/universes.js';
import { EngineError } from '../primitives/errors.js';
import type { TradingDate } from '../primitives/time.js';
import { errorAt, type Finding, warningAt } from './finding.js';
import { fieldOf, isRecord, itemsOf, type PathStep } from './plain-value.js';
import { date } from './units.js';

/** A run without dates takes the lists as they were last confirmed. */
const LAST_CONFIRMED: TradingDate = '2026-03-30';

/**
 * Puts the members of named universes in place of their names: those of the run's first date, so that a backtest does not know which
 * stocks will be in an index later. Names that are not known stay, for the schema to tell.
 */
export function expandUniverses(raw: unknown): { readonly value: unknown; readonly findings: readonly Finding[] } {
  const sets = fieldOf(raw, 'sets');
  if (!isRecord(raw) || !Array.isArray(sets)) return { value: raw, findings: [] };
  const findings: Finding[] = [];
  const on =
    [fieldOf(raw, 'from'), fieldOf(raw, 'to')].map((text) => date.safeParse(text)).find(({ success }) => success)?.data ?? LAST_CONFIRMED;
  const expanded = itemsOf(sets).map((set, index) => {
    const name = fieldOf(set, 'universe');
    if (!isRecord(set) || typeof name !== 'string' || !isUniverse(name)) return set;
    return { ...set, universe: membersOf(name, on, ['sets', index, 'universe'], findings) };
  });
  return { value: { ...raw, sets: expanded }, findings };
}

function membersOf(name: string, on: TradingDate, path: readonly PathStep[], findings: Finding[]): unknown {
  try {
    const { members, notes } = universeOn(name, on);
    for (const { message } of notes) findings.push(warningAt(path, message, 'List the underlyings one by one to be sure.'));
    return members;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    findings.push(errorAt(path, error.message, error.remedy));
    return name;
  }
}
