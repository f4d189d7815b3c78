import { existsSync } from 'node:fs';

/** The folder of `package.json`: the source runs two folders below it, the build three. */
function projectFolder(): URL {
  let folder = new URL('.', import.meta.url);
  while (!existsSync(new URL('package.json', folder))) {
    const above = new URL('..', folder);
    if (above.href === folder.href) throw new Error('No package.json stands above the program: it runs outside of its installation.');
    folder = above;
  }
  return folder;
}

const PROJECT = projectFolder();

/** Where a file that comes with the project lies, from the source and from the build: `projectFile('data/reference/known-bots.json')`. */
export function projectFile(path: string): URL {
  return new URL(path, PROJECT);
}
