import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { formatIst, randomWalkFeed } from '@sauda/engine';
import { describe, expect, it } from 'vitest';

import { bankNifty2024, isThere, nifty2013, nifty2024, type Recording } from '../recordings.js';
import { compared, hasPython } from './compared.js';
import { shortDays2013 } from './special-days.js';

const same = { onlyEngine: [], onlyReference: [] };

/** A random walk with lost minutes, as a file in the form of a recording. */
async function writtenWalk(folder: string): Promise<Recording> {
  const file = join(folder, 'walk.csv');
  const rows = ['symbol,date,time,open,high,low,close'];
  for await (const block of randomWalkFeed({ seed: 5, days: 40, missingMinutes: 0.05 }).blocks({ from: null, to: null })) {
    if (block.kind !== 'candles') continue;
    const { length, closeTime, open, high, low, close } = block.columns;
    for (let row = 0; row < length; row += 1) {
      const [date = '', time = ''] = formatIst(closeTime[row] ?? Number.NaN).split(' ');
      rows.push(['WALK', date.replaceAll('-', ''), time.slice(0, 5), open[row], high[row], low[row], close[row]].join(','));
    }
  }
  writeFileSync(file, `${rows.join('\n')}\n`);
  return { ...nifty2013, name: 'walk', file };
}

describe.skipIf(!hasPython())('signals worked out in Python, without the engine', () => {
  it('are those of the engine on a random walk with lost minutes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sauda-signals-'));
    try {
      const found = await compared(await writtenWalk(folder));
      expect(found).toMatchObject(same);
      expect(found.candles.engine).toBe(found.candles.reference);
      expect(found.signals).toBeGreaterThan(50);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.skipIf(!isThere(nifty2024))('are those of the engine on recorded minutes of NIFTY in 2024', async () => {
    expect(await compared(nifty2024)).toMatchObject({ ...same, signals: 390, candles: { engine: 36_960, reference: 36_960 } });
  });

  it.skipIf(!isThere(bankNifty2024))('are those of the engine on recorded minutes of BANKNIFTY in 2024', async () => {
    expect(await compared(bankNifty2024)).toMatchObject({ ...same, signals: 376, candles: { engine: 36_960, reference: 36_960 } });
  });

  it.skipIf(!isThere(nifty2013))(
    'are those of the engine on recorded minutes of NIFTY from 2013 to 2015, short days included',
    async () => {
      const found = await compared(nifty2013, { days: shortDays2013 });
      expect(found).toMatchObject({ ...same, signals: 2_853, candles: { engine: 276_509, reference: 276_509 } });
    },
  );
});
