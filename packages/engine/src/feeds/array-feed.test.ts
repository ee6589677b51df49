import { describe, expect, it } from 'vitest';

import { arrayFeed } from './array-feed.js';
import { readFeed } from './feed.test-kit.js';
import { randomWalkBlocks } from './random-walk.js';

describe('arrayFeed', () => {
  const blocks = randomWalkBlocks({ seed: 1, days: 3, start: '2026-01-05' });

  it('gives back the blocks of a range of dates', async () => {
    const feed = arrayFeed(blocks);
    expect((await readFeed(feed)).candles).toHaveLength(3 * 375);
    const { days, candles } = await readFeed(feed, { from: '2026-01-06', to: '2026-01-06' });
    expect(days.map(({ date }) => date)).toEqual(['2026-01-06']);
    expect(candles).toHaveLength(375);
  });

  it('knows its instruments, and says what it was told of the data', () => {
    const issue = { code: 'made-up', file: '', lines: [], count: 1, message: 'Made up.', action: 'kept' } as const;
    const feed = arrayFeed(blocks, { name: 'mine', issues: [issue] });
    expect([feed.name, feed.instruments, feed.issues()]).toEqual(['mine', ['NSE_INDEX:NIFTY'], [issue]]);
  });
});
