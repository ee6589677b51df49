import { describe, expect, it } from 'vitest';

import { createRuleBook } from '../market/create-rule-book.js';
import type { MarketBlock, TickBlock } from '../plugins/feed.js';
import { tradingDate } from '../primitives/time.js';
import { syntheticFeed } from './synthetic-feed.js';

const config = syntheticFeed.config.parse({ seed: 3, start: '2026-11-23', tickEvery: '60s', chain: false, vix: false });

async function blocksFrom(from: string | null): Promise<readonly MarketBlock[]> {
  const context = { rules: createRuleBook({ calendar: 'rules' }), baseDir: '.', calendar: 'rules' as const };
  const blocks: MarketBlock[] = [];
  for await (const block of syntheticFeed.open(config, context).blocks({ from, to: null })) blocks.push(block);
  return blocks;
}

const ticksOf = (blocks: readonly MarketBlock[]): readonly TickBlock[] => blocks.filter((block) => block.kind === 'ticks');

describe('the past of a made-up market', () => {
  it('has the trading days from the date asked for to the day before it begins', async () => {
    const days = (await blocksFrom('2026-11-18')).filter((block) => block.kind === 'day').map(({ date }) => date);
    expect(days).toEqual(['2026-11-18', '2026-11-19', '2026-11-20', '2026-11-23']);
  });

  it('ends at the price from which the first day opens', async () => {
    const history = ticksOf(await blocksFrom('2026-11-20'))[0];
    expect(history?.columns.price.at(-1)).toBeCloseTo(24_000, 1);
  });

  it('leaves the market from its beginning on as it is', async () => {
    const day = (blocks: readonly MarketBlock[]): readonly number[] =>
      ticksOf(blocks).flatMap(({ columns }) => (tradingDate(columns.receivedTime[0] ?? 0) === '2026-11-23' ? [...columns.price] : []));
    expect(day(await blocksFrom('2026-11-18'))).toEqual(day(await blocksFrom(null)));
  });
});
