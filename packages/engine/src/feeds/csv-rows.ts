import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { PassThrough, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';

import { EngineError } from '../primitives/errors.js';
import { type CsvBatch, csvSplitter } from './csv-splitter.js';

/** Bytes that are read and unpacked at a time; all of a file that is in memory. */
const CHUNK_BYTES = 262_144;

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Reads a CSV file, plain or gzip, in batches of a few thousand rows. Gzip is recognised by its first two bytes, whatever the file is called.
 *
 * @throws EngineError `feed/file-missing` if there is no such file; `feed/file-unreadable` if it cannot be read or unpacked to its end.
 */
export async function* csvRows(file: string, { delimiter }: { readonly delimiter: string }): AsyncGenerator<CsvBatch> {
  const gzip = await isGzip(file);
  // The pipeline hands an error of either stream on to the loop below, and closes the file when the loop is left early.
  const bytes = pipeline(
    createReadStream(file, { highWaterMark: CHUNK_BYTES }),
    gzip ? createGunzip({ chunkSize: CHUNK_BYTES }) : new PassThrough({ highWaterMark: CHUNK_BYTES }),
    () => undefined,
  );
  const decoder = new TextDecoder();
  const splitter = csvSplitter({ file, delimiter });
  let first = true;
  try {
    for await (const chunk of bytes) {
      let text = decoder.decode(chunk, { stream: true });
      if (first && text.startsWith(BYTE_ORDER_MARK)) text = text.slice(1);
      first = false;
      yield splitter.push(text);
    }
    yield splitter.end();
  } catch (cause) {
    throw cause instanceof EngineError ? cause : unreadable(file, cause);
  }
}

async function isGzip(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'r');
    try {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
      return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

function unreadable(file: string, cause: unknown): EngineError {
  const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
  return missing
    ? new EngineError('feed/file-missing', {
        message: `There is no file "${file}".`,
        remedy: 'Mend its name; relative names count from the folder of the configuration.',
        context: { file },
        cause,
      })
    : new EngineError('feed/file-unreadable', {
        message: `"${file}" cannot be read to its end: ${cause instanceof Error ? cause.message : String(cause)}.`,
        remedy: 'Check that the file is whole (a download that broke off is a usual reason) and that it may be read.',
        context: { file },
        cause,
      });
}
