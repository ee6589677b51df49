import { EngineError } from '../primitives/errors.js';
import type { TradingDate } from '../primitives/time.js';
import type { InstrumentKey } from './instrument.js';
import { hasStockContracts } from './lots.js';
import type { RuleNote } from './rules/fact.js';
import { NIFTY50, NIFTY50_CHANGES, NIFTY50_FROM, NIFTY50_SEEN_TO } from './rules/nifty50.js';

/** Lists of underlyings that a set can name instead of symbols: the Nifty 50, those of it with derivatives, the five big index underlyings. */
export const UNIVERSES = ['nifty50', 'nifty50-fno', 'indices-fno'] as const;

export type UniverseName = (typeof UNIVERSES)[number];

/** Members of a universe on a date, in alphabetical order (indices by size), and what is uncertain about them. */
export interface Universe {
  readonly members: readonly InstrumentKey[];
  readonly notes: readonly RuleNote[];
}

export const isUniverse = (name: string): name is UniverseName => UNIVERSES.some((known) => known === name);

/**
 * A named list as it was on a date.
 *
 * @throws EngineError `rules/universe-unknown` for a name that there is none of, or a date before 2022-09-30 for the Nifty 50.
 */
export function universeOn(name: string, on: TradingDate): Universe {
  if (!isUniverse(name)) {
    throw new EngineError('rules/universe-unknown', {
      message: `"${name}" is not a universe.`,
      remedy: `Name one of ${UNIVERSES.join(', ')}, or list the underlyings.`,
      context: { name },
    });
  }
  if (name === 'indices-fno') return { members: INDICES, notes: [] };
  const { members, notes } = nifty50On(on);
  const wanted = name === 'nifty50' ? members : members.filter((symbol) => hasStockContracts(symbol, on) !== false);
  return { members: wanted.map((symbol) => `NSE:${symbol}`), notes };
}

const INDICES: readonly InstrumentKey[] = [
  'NSE_INDEX:NIFTY',
  'NSE_INDEX:BANKNIFTY',
  'NSE_INDEX:FINNIFTY',
  'NSE_INDEX:MIDCPNIFTY',
  'BSE_INDEX:SENSEX',
];

function nifty50On(on: TradingDate): { readonly members: readonly string[]; readonly notes: readonly RuleNote[] } {
  if (on < NIFTY50_FROM) {
    throw new EngineError('rules/universe-unknown', {
      message: `The members of the Nifty 50 on "${on}" are not known: the table begins on ${NIFTY50_FROM}.`,
      remedy: 'List the underlyings of the set one by one.',
      context: { on },
    });
  }
  const members = new Set(NIFTY50.trim().split(/\s+/));
  const notes: RuleNote[] = [];
  for (const { from, added, removed, status, source } of NIFTY50_CHANGES) {
    if (from <= on) continue;
    for (const symbol of added.split(' ')) members.delete(symbol);
    for (const symbol of removed.split(' ')) members.add(symbol);
    if (status === 'unverified') {
      const message = `That ${removed} was in the Nifty 50 until ${from} (then ${added}) is unverified (${source}).`;
      notes.push({ code: 'rules/universe-unverified', subject: 'nifty50', message });
    }
  }
  if (on > NIFTY50_SEEN_TO) {
    const message = `The members of the Nifty 50 after ${NIFTY50_SEEN_TO} are those of March 2026: the later review was not found.`;
    notes.push({ code: 'rules/universe-unverified', subject: 'nifty50', message });
  }
  return { members: [...members].sort(), notes };
}
