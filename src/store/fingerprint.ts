import { hash } from 'node:crypto';

/** Stands for a number that is missing; no time, count or length is ever this. */
const MISSING = -Infinity;

const BYTES_A_NUMBER = Float64Array.BYTES_PER_ELEMENT;

/** UTF-8 takes at most so many bytes for one unit of a string. */
const BYTES_A_UNIT = 3;

/**
 * A digest of a sequence of values, of which what came before tells whether the next is a number or a
 * text: two such sequences have the same digest only if they are the same. The
 * numbers are hashed as they lie in memory, because printing thousands of instants as decimals costs
 * more than computing the waits they belong to; texts follow behind, each told apart by its length.
 * The digest is compared on the machine that made it and is no format: the order of bytes is the machine's.
 */
export class Fingerprint {
  #bytes = Buffer.from(new ArrayBuffer(4096));
  #numbers = numbersIn(this.#bytes);
  /** The first number is how many there are, so that no text passes for one. */
  #count = 1;
  #texts = '';

  number(value: number | null): void {
    if (this.#count === this.#numbers.length) this.#grow(this.#bytes.length * 2);
    this.#numbers[this.#count++] = value ?? MISSING;
  }

  text(value: string | null): void {
    this.number(value === null ? null : value.length);
    if (value !== null) this.#texts += value;
  }

  /** The digest of the values since the last one. */
  take(): string {
    const numbersEnd = this.#count * BYTES_A_NUMBER;
    const most = numbersEnd + this.#texts.length * BYTES_A_UNIT;
    if (most > this.#bytes.length) this.#grow(most * 2);
    this.#numbers[0] = this.#count;
    const end = numbersEnd + this.#bytes.write(this.#texts, numbersEnd, 'utf8');
    this.#count = 1;
    this.#texts = '';
    return hash('sha256', this.#bytes.subarray(0, end), 'base64url');
  }

  #grow(bytes: number): void {
    const grown = Buffer.from(new ArrayBuffer(Math.ceil(bytes / BYTES_A_NUMBER) * BYTES_A_NUMBER));
    grown.set(this.#bytes);
    this.#bytes = grown;
    this.#numbers = numbersIn(grown);
  }
}

function numbersIn(bytes: Buffer): Float64Array {
  return new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / BYTES_A_NUMBER);
}
