import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import SqliteFile from 'better-sqlite3';

/** Secret values by what they are called: each is recognisable wherever it turns up. */
export type PlantedSecrets = Readonly<Record<string, string>>;

/** Lines of a key that are shorter say nothing: the last one may have four characters. */
const SHORTEST_PIECE = 16;

/**
 * The ways in which a value may stand somewhere: as it is, as JSON, HTML, an address or hex writes it, within base64
 * from each of its three beginnings, and a key by each of its lines.
 */
export function writtenForms(secret: string): readonly string[] {
  const pieces = secret.includes('\n') ? secret.split('\n').filter((line) => line.length >= SHORTEST_PIECE && !line.startsWith('-----')) : [secret];
  return pieces.flatMap((piece) => [
    ...new Set([
      piece,
      JSON.stringify(piece).slice(1, -1),
      encodeURIComponent(piece),
      new URLSearchParams({ v: piece }).toString().slice(2),
      piece.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll("'", '&#x27;'),
      Buffer.from(piece).toString('hex'),
      ...[0, 1, 2].map((before) => withinBase64(piece, before)),
    ]),
  ]);
}

/** What base64 makes of a text wherever the bytes around it are unknown; `before` of them stand before it, modulo 3. */
function withinBase64(text: string, before: number): string {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
  return bytes.toString('base64').slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6));
}

/** Looks for planted values, and remembers where it found which. */
export class SecretSearch {
  readonly #forms: readonly { readonly name: string; readonly form: Buffer }[];
  readonly #found = new Set<string>();
  #bytes = 0;

  constructor(planted: PlantedSecrets) {
    this.#forms = Object.entries(planted).flatMap(([name, value]) => writtenForms(value).map((form) => ({ name, form: Buffer.from(form) })));
  }

  /** A line for each value and place: `the token in what doctor printed`. */
  get found(): readonly string[] {
    return [...this.#found].sort();
  }

  /** How much was looked through: a search through nothing finds nothing. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Looks through a text or bytes, and through what they are packed of. */
  look(place: string, content: string | Uint8Array): void {
    const bytes = Buffer.from(content);
    for (const layer of [bytes, inflated(bytes)]) {
      if (layer === null) continue;
      this.#bytes += layer.length;
      for (const { name, form } of this.#forms) if (layer.includes(form)) this.#found.add(`the ${name} in ${place}`);
    }
  }

  /** Looks through every file below a folder, and every cell of the databases among them. */
  lookBelow(folder: string, except: readonly string[] = []): void {
    for (const path of filesBelow(folder)) {
      const name = path.slice(folder.length + 1);
      if (except.includes(name)) continue;
      this.look(`the file ${name}`, readFileSync(path));
      if (name.endsWith('.sqlite')) this.#lookThroughCells(path, name);
    }
  }

  #lookThroughCells(path: string, name: string): void {
    const database = new SqliteFile(path, { readonly: true });
    try {
      const tables = database.prepare<[], { name: string }>(`select name from sqlite_master where type = 'table'`).all();
      for (const { name: table } of tables) {
        for (const row of database.prepare<[], Record<string, unknown>>(`select * from "${table}"`).iterate()) this.lookAtRow(`${name} ${table}`, row);
      }
    } finally {
      database.close();
    }
  }

  /** Looks through the cells of a row. */
  lookAtRow(table: string, row: Readonly<Record<string, unknown>>): void {
    for (const [column, value] of Object.entries(row)) {
      if (typeof value === 'string' || value instanceof Uint8Array) this.look(`${table}.${column}`, value);
    }
  }
}

/** What the inbox has packed; null for anything else. */
function inflated(bytes: Buffer): Buffer | null {
  try {
    return inflateRawSync(bytes);
  } catch {
    return null;
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Everything in a folder, itself included, that others than its owner may read or enter: none should be. */
export function openToOthers(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) => join(entry.parentPath, entry.name));
  return [folder, ...entries].filter((path) => (statSync(path).mode & 0o077) !== 0);
}
