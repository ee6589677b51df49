import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';

import { csvRows } from './csv-rows.js';
import { scratchFolder } from './feed.test-kit.js';

const folder = scratchFolder();
afterAll(() => folder.remove());

const read = async (file: string): Promise<readonly (readonly string[])[]> => {
  const rows: (readonly string[])[] = [];
  for await (const batch of csvRows(join(folder.path, file), { delimiter: ',' })) rows.push(...batch.rows);
  return rows;
};

describe('csvRows', () => {
  it('recognises gzip by its content, whatever the file is called', async () => {
    folder.writeGzip('packed.csv', 'a,b\n1,2\n');
    folder.write('plain.csv.gz', 'a,b\n1,2\n');
    expect(await read('packed.csv')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
    expect(await read('plain.csv.gz')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  it('leaves out the mark that some programs put before UTF-8 text', async () => {
    folder.write('marked.csv', '\uFEFFdate,é\n');
    expect(await read('marked.csv')).toEqual([['date', 'é']]);
  });

  it('gives no rows for an empty file', async () => {
    folder.write('empty.csv', '');
    expect(await read('empty.csv')).toEqual([]);
  });

  it('refuses a file that is not there, or that breaks off', async () => {
    await expect(read('absent.csv')).rejects.toMatchObject({
      code: 'feed/file-missing',
      context: { file: join(folder.path, 'absent.csv') },
    });
    const packed = gzipSync(Array.from({ length: 5_000 }, (_, row) => `${row},${row * 7919}\n`).join(''));
    writeFileSync(join(folder.path, 'broken.csv.gz'), packed.subarray(0, packed.length / 2));
    await expect(read('broken.csv.gz')).rejects.toMatchObject({ code: 'feed/file-unreadable' });
  });
});
