import type { JournalRecord } from './journal.js';

/** A record of which every part says which one it is; every seventh is longer than a page of the file. */
export function numberedRecord(sequence: number): JournalRecord {
  const at = 1_795_406_400_000 + sequence;
  const reason = `record ${sequence} ₹`.repeat(sequence % 7 === 0 ? 1_000 : 3);
  return {
    sequence,
    at,
    instance: 'nifty-ema|NSE_INDEX:NIFTY|main',
    events: [
      { kind: 'setStarted', by: `person ${sequence}`, at },
      { kind: 'stopMoved', stop: sequence / 20, best: sequence, at },
      { kind: 'setHalted', by: 'risk', reason, at },
    ],
  };
}

/** The first so many of them. */
export const numberedRecords = (count: number): readonly JournalRecord[] => Array.from({ length: count }, (_, i) => numberedRecord(i + 1));
