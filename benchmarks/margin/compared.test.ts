import { describe, expect, it } from 'vitest';

import { compared } from './compared.js';
import { hasRecordedMargins } from './recorded.js';

describe.skipIf(!hasRecordedMargins())('margin estimates beside recorded answers of brokers', () => {
  it('are within 15 % of each of the six', () => {
    const rows = compared();
    expect(rows.map(({ kind }) => kind).sort()).toEqual(['margin', 'margin', 'margin', 'price', 'price', 'price']);
    for (const { legs, errorPercent } of rows) expect(Math.abs(errorPercent), legs).toBeLessThan(15);
  });
});
