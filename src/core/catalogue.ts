import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { NarrowsError } from './errors.ts';
import { compareText } from './text.ts';

/** The source loads sources, the build loads what was built: each its own kind of file. */
const ENTRY_FILE = import.meta.url.endsWith('.ts') ? /^(?!.*\.(?:d|test)\.tsx?$)(.+)\.tsx?$/ : /^(.+)\.js$/;

/**
 * A folder whose files are the entries of a list: one more source, metric, command, report section
 * or route is one more file, and nothing else changes. The file's name without its extension is the
 * entry's id, its default export is the entry. The map is in the order of the ids by code units.
 *
 * Every program file directly in the folder is an entry; sub-folders are not read, so what entries share lives
 * in one. Each file is imported when the catalogue is loaded: an entry does nothing at import. With `only`, the entry
 * of that id alone is loaded where there is one, and all where there is none: who wants one need not wait for the rest.
 * Throws `NarrowsError('bad-catalogue')` that names the file when the folder cannot be read, a file
 * cannot be imported, or its default export is missing or refused by `accept`.
 */
export async function loadCatalogue<T>(
  folder: URL,
  accept: (entry: unknown) => entry is T,
  only: string | null = null,
): Promise<ReadonlyMap<string, T>> {
  const base = folder.href.endsWith('/') ? folder : new URL(`${folder.href}/`);
  const all = await entryFiles(base);
  const asked = all.filter(({ id }) => id === only);
  const files = asked.length > 0 ? asked : all;
  const entries = new Map<string, T>();
  for (const { id, file } of files) entries.set(id, await readEntry(file, accept));
  return entries;
}

/** The ids of a catalogue's entries, in order, without loading any: for who only has to know what there is. */
export async function catalogueIds(folder: URL): Promise<readonly string[]> {
  const base = folder.href.endsWith('/') ? folder : new URL(`${folder.href}/`);
  return (await entryFiles(base)).map(({ id }) => id);
}

async function entryFiles(folder: URL): Promise<{ readonly id: string; readonly file: URL }[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new NarrowsError('bad-catalogue', `The catalogue ${fileURLToPath(folder)} cannot be read: ${text(cause)}.`, { cause });
  });
  return names
    .flatMap((name) => {
      const id = ENTRY_FILE.exec(name)?.[1];
      return id === undefined ? [] : [{ id, file: new URL(encodeURIComponent(name), folder) }];
    })
    .sort((a, b) => compareText(a.id, b.id));
}

async function readEntry<T>(file: URL, accept: (entry: unknown) => entry is T): Promise<T> {
  const module: unknown = await import(file.href).catch((cause: unknown) => {
    throw new NarrowsError('bad-catalogue', `The catalogue entry ${fileURLToPath(file)} cannot be loaded: ${text(cause)}.`, { cause });
  });
  if (typeof module !== 'object' || module === null || !('default' in module)) {
    throw new NarrowsError('bad-catalogue', `The catalogue entry ${fileURLToPath(file)} has no default export: export its entry as default.`);
  }
  if (accept(module.default)) return module.default;
  throw new NarrowsError(
    'bad-catalogue',
    `The default export of ${fileURLToPath(file)} is not an entry of this catalogue: compare it with the files beside it.`,
  );
}

function text(cause: unknown): string {
  return cause instanceof Error ? cause.message.replace(/\.$/, '') : String(cause);
}
