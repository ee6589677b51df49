import { InvariantError } from '../primitives/assert.js';

/** A value as JSON. */
export interface ExactJson {
  readonly text: string;
  /** Whether fields that are `undefined` were left out. */
  readonly leftOut: boolean;
}

/**
 * JSON from which `JSON.parse` makes the same value again, to the last bit: unlike `JSON.stringify` it keeps the sign of −0, and refuses what has
 * no JSON instead of making it `null` or leaving it out. Fields that are `undefined` are left out, and said to be.
 *
 * @throws InvariantError for a number that is not finite, and for what is no data.
 */
export function exactJson(value: unknown): ExactJson {
  const writer = new Writer();
  writer.add(value);
  return { text: writer.text, leftOut: writer.leftOut };
}

class Writer {
  text = '';
  leftOut = false;

  add(value: unknown): void {
    if (typeof value === 'string') this.text += JSON.stringify(value);
    else if (typeof value === 'number') this.#number(value);
    else if (typeof value === 'boolean' || value === null) this.text += String(value);
    else if (Array.isArray(value)) this.#list(value);
    else if (isRecord(value)) this.#record(value);
    else throw new InvariantError(`A journalled value is neither data nor null: ${Object.prototype.toString.call(value)}.`);
  }

  #number(value: number): void {
    if (!Number.isFinite(value)) throw new InvariantError(`A journalled number is ${value}.`);
    this.text += Object.is(value, -0) ? '-0' : String(value);
  }

  #list(values: readonly unknown[]): void {
    let separator = '[';
    for (const value of values) {
      this.text += separator;
      this.add(value);
      separator = ',';
    }
    this.text += separator === '[' ? '[]' : ']';
  }

  #record(record: object): void {
    let separator = '{';
    for (const [name, value] of Object.entries(record)) {
      if (value === undefined) {
        this.leftOut = true;
        continue;
      }
      this.text += `${separator}${JSON.stringify(name)}:`;
      this.add(value);
      separator = ',';
    }
    this.text += separator === '{' ? '{}' : '}';
  }
}

/** Dates, maps and the like are no data: their fields do not say what they are. */
const isRecord = (value: unknown): value is object => Object.prototype.toString.call(value) === '[object Object]';
