import type { InstrumentKey } from '../market/instrument.js';
import type { DataIssue, Feed, MarketBlock } from '../plugins/feed.js';
import { tradingDate } from '../primitives/time.js';

/**
 * A feed over blocks in memory, for tests and for programs that have their own data. Blocks must be in order, each day's first.
 *
 * @param options.issues what the maker of the blocks found strange; none if not given.
 */
export function arrayFeed(
  blocks: readonly MarketBlock[],
  { name = 'array', issues = [] }: { readonly name?: string; readonly issues?: readonly DataIssue[] } = {},
): Feed {
  const keys = new Set<InstrumentKey>(blocks.flatMap(instrumentsOf));
  return {
    name,
    instruments: [...keys],
    async *blocks({ from, to }) {
      for (const block of blocks) {
        const date = dateOf(block);
        if (date !== undefined && (from === null || date >= from) && (to === null || date <= to)) yield block;
      }
    },
    issues: () => issues,
  };
}

function instrumentsOf(block: MarketBlock): readonly InstrumentKey[] {
  if (block.kind === 'day') return block.instruments.map(({ key }) => key);
  return block.kind === 'candles' ? [block.instrument] : block.columns.instruments;
}

/** The date of a block; `undefined` for one without rows. */
function dateOf(block: MarketBlock): string | undefined {
  if (block.kind === 'day') return block.date;
  const time = block.kind === 'candles' ? block.columns.openTime[0] : block.columns.receivedTime[0];
  return time === undefined ? undefined : tradingDate(time);
}
