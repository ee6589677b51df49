import {
  arrayFeed,
  type CandleColumns,
  createRuleBook,
  csvFeed,
  type Feed,
  type MarketBlock,
  randomWalkFeed,
  type TradingDate,
  tradingDate,
} from '@sauda/engine';

import { feedOf, isThere, nifty2013 } from './recordings.js';

/** A market in memory, so that reading files is no part of what is measured. */
export interface Market {
  readonly name: string;
  readonly blocks: readonly MarketBlock[];
  readonly columns: readonly CandleColumns[];
  readonly candles: number;
}

/** The recorded minutes of three years; where they are not at hand, a random walk of the same size. */
export async function loadMarket(): Promise<Market> {
  if (isThere(nifty2013)) {
    const { use: _, ...written } = feedOf(nifty2013);
    const feed = csvFeed.open(csvFeed.config.parse(written), {
      rules: createRuleBook({ calendar: 'fromData' }),
      baseDir: '.',
      calendar: 'fromData',
    });
    return marketOf(`recorded minutes of ${nifty2013.name}`, feed);
  }
  const walk = randomWalkFeed({ seed: 1, start: '2013-01-01', days: 737, startPrice: 6_000, stepTicks: 3, overnightTicks: 400 });
  return marketOf('a random walk, since the recorded minutes are not beside the repository', walk);
}

/** All of a feed, in memory. */
export async function marketOf(name: string, feed: Feed): Promise<Market> {
  const blocks: MarketBlock[] = [];
  for await (const block of feed.blocks({ from: null, to: null })) blocks.push(block);
  const columns = blocks.flatMap((block) => (block.kind === 'candles' ? [block.columns] : []));
  return { name, blocks, columns, candles: columns.reduce((sum, { length }) => sum + length, 0) };
}

/** A feed over a market in memory, as often as it is wanted. */
export const feedOver = ({ name, blocks }: Market): Feed => arrayFeed(blocks, { name });

/** Trading days of which each is made when it is asked for and kept by nobody. */
export function passingWalk({ days, start, seed }: { readonly days: number; readonly start: TradingDate; readonly seed: number }): Feed {
  const instrument = 'NSE_INDEX:NIFTY';
  return {
    name: `passing-walk:${days}`,
    instruments: [instrument],
    issues: () => [],
    async *blocks() {
      let date = start;
      let startPrice = 24_000;
      for (let day = 0; day < days; day += 1) {
        const one = randomWalkFeed({ seed: seed + day, instrument, start: date, days: 1, startPrice, ticksPerCandle: 4, stepTicks: 33 });
        for await (const block of one.blocks({ from: null, to: null })) {
          if (block.kind === 'candles') startPrice = block.columns.close[block.columns.length - 1] ?? startPrice;
          if (block.kind === 'day') date = tradingDate(Date.parse(`${block.date}T00:00:00+05:30`) + DAY_MS);
          yield block;
        }
      }
    },
  };
}

const DAY_MS = 86_400_000;
