import type { InstrumentKey } from './instrument.js';
import type { Segment } from './session.js';

/** The segment whose hours an instrument keeps: indices their own, derivatives the F&O segment's, shares the cash market's. */
export function segmentOf(instrument: InstrumentKey): Segment {
  const exchange = instrument.slice(0, instrument.indexOf(':'));
  if (exchange.endsWith('_INDEX')) return 'index';
  return exchange === 'NSE' || exchange === 'BSE' ? 'equity' : 'fno';
}
