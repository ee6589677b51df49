import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { defineFeed } from '../plugins/feed.js';
import { createRegistry } from '../plugins/registry.js';
import { parseSandboxConfig, SANDBOX_PORT } from './sandbox-config.js';

const open = () => {
  throw new Error('Nothing is opened here.');
};
const synthetic = defineFeed({ name: 'synthetic', config: z.strictObject({ seed: z.int(), start: z.string() }), open });
const registry = createRegistry([synthetic]);
const FEED = { use: 'synthetic', seed: 7, start: '2026-11-25' };
const parse = (raw: unknown) => parseSandboxConfig(raw, { registry });

describe('the configuration of a sandbox', () => {
  it('needs nothing but feeds', () => {
    expect(parse({ feeds: [FEED] })).toMatchObject({
      config: { host: '127.0.0.1', port: SANDBOX_PORT, speed: 1, from: null, to: null, historyDays: 30, calendar: 'rules' },
      problems: [],
    });
  });

  it('is used, with a warning, where other machines may reach it', () => {
    for (const host of ['0.0.0.0', '::', '192.168.1.7', 'trading-box']) {
      const { config, problems } = parse({ host, feeds: [FEED] });
      expect(config).toMatchObject({ host });
      expect(problems).toMatchObject([{ path: 'host', found: host, severity: 'warning' }]);
    }
    for (const host of ['127.0.0.1', '127.0.1.1', 'localhost', '::1']) expect(parse({ host, feeds: [FEED] }).problems).toEqual([]);
  });

  it.each([
    [{}, 'feeds', 'It is missing.', 'feeds: [{ use: synthetic'],
    [{ feeds: [] }, 'feeds', 'does not fit here', 'feeds: [{ use: synthetic'],
    [{ feeds: [FEED], clock: { speed: 'max' } }, 'clock.speed', '"max"', 'there is no max'],
    [{ feeds: [FEED], clock: { speed: 0 } }, 'clock.speed', '0 does not fit', 'how many times as fast'],
    [{ feeds: [FEED], clock: { speed: 5_000 } }, 'clock.speed', '5000', 'at most 3600'],
    [{ feeds: [FEED], from: '2026-11-25', to: '2026-11-24' }, 'to', 'before it begins on 2026-11-25', 'an earlier from'],
    [
      { feeds: [{ use: 'synthetik', seed: 7, start: '2026-11-25' }] },
      'feeds[0].use',
      '"synthetik" is not a known feed',
      'Did you mean "synthetic"?',
    ],
    [{ feeds: [FEED, { use: 'broker', account: 'main' }] }, 'feeds[1].use', 'A sandbox has no accounts', 'synthetic, csv or chain-csv'],
    [{ mode: 'live', accounts: [], sets: [], feeds: [FEED] }, '', 'This is the configuration of an engine', 'sauda run'],
    [{ feeds: [FEED], speed: 10 }, 'speed', '"speed" is not known here', 'clock'],
  ])('is refused for %j', (raw, path, message, remedy) => {
    const { config, problems } = parse(raw);
    expect(config).toBeNull();
    expect(problems).toHaveLength(1);
    expect(problems).toMatchObject([
      { path, message: expect.stringContaining(message), remedy: expect.stringContaining(remedy), severity: 'error' },
    ]);
  });

  it('has what is secret in no message, however short it is', () => {
    const keyed = defineFeed({ name: 'keyed', config: z.strictObject({ apiKey: z.string().length(8) }), open });
    const { config, problems } = parseSandboxConfig({ feeds: [{ use: 'keyed', apiKey: 'qzx' }] }, { registry: createRegistry([keyed]) });
    expect(config).toBeNull();
    expect(problems).toMatchObject([{ path: 'feeds[0].apiKey', found: '(hidden)', severity: 'error' }]);
    expect(JSON.stringify(problems)).not.toContain('qzx');
  });
});
