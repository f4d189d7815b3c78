import { NarrowsError } from '#src/core/errors.ts';
import { FORMAT } from './evidence-tables.ts';

/** Starts reading a text of `evidence-tables.ts` after its format. Throws `storage-failed` for a text of another. */
export function readEncoded(text: string): EncodedReader {
  const reader = new EncodedReader(JSON.parse(text));
  if (reader.number() !== FORMAT) reader.refuse();
  return reader;
}

/** Reads a flat array from left to right; whatever is not what was asked for is refused. */
export class EncodedReader {
  readonly #entries: readonly unknown[];
  #place = 0;

  constructor(entries: unknown) {
    this.#entries = Array.isArray(entries) ? entries : this.refuse();
  }

  isAtEnd(): boolean {
    return this.#place >= this.#entries.length;
  }

  value(): unknown {
    return this.#entries[this.#place++];
  }

  number(): number {
    const value = this.#entries[this.#place++];
    return typeof value === 'number' ? value : this.refuse();
  }

  text(): string {
    const value = this.#entries[this.#place++];
    return typeof value === 'string' ? value : this.refuse();
  }

  /** Passes over entries. */
  skip(count: number): void {
    this.#place += count;
    if (this.#place > this.#entries.length) this.refuse();
  }

  list(): EncodedReader {
    return new EncodedReader(this.value());
  }

  /** Reads the rest, which is texts. */
  texts(): string[] {
    const texts: string[] = [];
    while (!this.isAtEnd()) texts.push(this.text());
    return texts;
  }

  /** Reads a place, and gives the entry of a table at it. */
  entryOf<T>(table: readonly T[]): T {
    return table[this.number()] ?? this.refuse();
  }

  /** Reads a place, and gives the text of another list at it; reading that list is not moved. */
  textOf(texts: EncodedReader): string {
    const value = texts.#entries[this.number()];
    return typeof value === 'string' ? value : this.refuse();
  }

  refuse(): never {
    throw new NarrowsError('storage-failed', 'Stored evidence of a pull request cannot be read: the database is damaged, or was written by a newer Narrows. Restore a backup, or replay its deliveries into a new database.');
  }
}
