import { createHash, type Hash } from 'node:crypto';

import { InvariantError } from '../primitives/assert.js';

const NULL = 0;
const FALSE = 1;
const TRUE = 2;
const NUMBER = 3;
const TEXT = 4;
const LIST = 5;
const RECORD = 6;
const END = 7;
const ABSENT = 8;
const NAMED = 9;

const BUFFER_BYTES = 1 << 16;

/** Longest text that is written without a look at the space left; longer ones go through a buffer of their own. */
const SHORT_TEXT_BYTES = 4096;

/**
 * SHA-256 over values in their canonical form. The form of a value is one byte for its kind, and then
 *
 * - number: its eight bytes as IEEE 754 double, big-endian; zero has no sign
 * - text: its length in bytes (four, big-endian), and its UTF-8 bytes
 * - list: how many values (four bytes), and each of them
 * - record: the values of its fields, in the order in which the engine writes them, and the byte 7 for its end; a field that is `undefined` is
 *   the byte 8. Names are left out: the `kind` of an event says what its fields are.
 * - named record, kind 9, for signals and their values, whose fields a strategy chooses: of each field its name, a text, and its value; then the
 *   byte 7. A field that is `undefined` is left out.
 *
 * `null`, `false` and `true` are their kind byte alone. The kinds are 0 to 6 in the order null, false, true, number, text, list, record.
 */
export class CanonicalHash {
  readonly #sha: Hash = createHash('sha256');
  readonly #bytes = Buffer.allocUnsafe(BUFFER_BYTES);
  readonly #view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset, BUFFER_BYTES);
  #used = 0;

  add(value: unknown): void {
    if (typeof value === 'number') {
      this.number(value);
      return;
    }
    if (typeof value === 'string') {
      this.text(value);
      return;
    }
    this.#reserve(16);
    if (value === null) this.#bytes[this.#used++] = NULL;
    else if (typeof value === 'boolean') this.#bytes[this.#used++] = value ? TRUE : FALSE;
    else if (Array.isArray(value)) this.#list(value);
    else if (typeof value === 'object') this.#record(value);
    else throw new InvariantError(`A journalled value is neither data nor null: ${typeof value}.`);
  }

  /** The hash of all values so far; more can follow. */
  digest(): string {
    this.#flush();
    return this.#sha.copy().digest('hex');
  }

  number(value: number): void {
    if (!Number.isFinite(value)) throw new InvariantError(`A journalled number is ${value}.`);
    this.#reserve(16);
    this.#bytes[this.#used++] = NUMBER;
    this.#view.setFloat64(this.#used, value === 0 ? 0 : value);
    this.#used += 8;
  }

  /** Most texts are short and plain ASCII: their bytes are written one by one, which is quicker than a call of the encoder. */
  text(text: string): void {
    const { length } = text;
    this.#reserve(SHORT_TEXT_BYTES);
    const bytes = this.#bytes;
    const at = this.#used;
    bytes[at] = TEXT;
    if (length < 64) {
      const start = at + 5;
      let i = 0;
      for (; i < length; i += 1) {
        const code = text.charCodeAt(i);
        if (code > 127) break;
        bytes[start + i] = code;
      }
      if (i === length) {
        bytes[at + 1] = 0;
        bytes[at + 2] = 0;
        bytes[at + 3] = 0;
        bytes[at + 4] = length;
        this.#used = start + length;
        return;
      }
    }
    this.#used = at + 1;
    const size = Buffer.byteLength(text);
    this.#view.setUint32(this.#used, size);
    this.#used += 4;
    if (size < SHORT_TEXT_BYTES - 16) {
      this.#used += this.#bytes.write(text, this.#used);
    } else {
      this.#flush();
      this.#sha.update(text);
    }
  }

  numberOrNull(value: number | null): void {
    if (value === null) this.#byte(NULL);
    else this.number(value);
  }

  textOrNull(value: string | null): void {
    if (value === null) this.#byte(NULL);
    else this.text(value);
  }

  /** Begins a record whose values are written one by one, until {@link endRecord}. */
  beginRecord(): void {
    this.#byte(RECORD);
  }

  endRecord(): void {
    this.#byte(END);
  }

  /** Begins a list of so many values. */
  beginList(length: number): void {
    this.#reserve(16);
    this.#bytes[this.#used++] = LIST;
    this.#view.setUint32(this.#used, length);
    this.#used += 4;
  }

  /** Writes a record of numbers and texts with the names of its fields, for records whose fields can be left out or named by a plug-in. */
  addNamed(record: object): void {
    this.#byte(NAMED);
    const fields = record as Readonly<Record<string, unknown>>;
    for (const name in fields) {
      const value = fields[name];
      if (value === undefined) continue;
      this.text(name);
      if (typeof value === 'number') this.number(value);
      else if (typeof value === 'string') this.text(value);
      else if (typeof value === 'object' && value !== null) this.addNamed(value);
      else this.add(value);
    }
    this.#byte(END);
  }

  #list(values: readonly unknown[]): void {
    this.beginList(values.length);
    for (const value of values) this.add(value);
  }

  #record(record: object): void {
    this.beginRecord();
    for (const value of Object.values(record)) {
      if (value === undefined) this.#byte(ABSENT);
      else this.add(value);
    }
    this.endRecord();
  }

  #byte(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.#used++] = byte;
  }

  #reserve(bytes: number): void {
    if (this.#used + bytes > BUFFER_BYTES) this.#flush();
  }

  #flush(): void {
    if (this.#used === 0) return;
    this.#sha.update(this.#bytes.subarray(0, this.#used));
    this.#used = 0;
  }
}
