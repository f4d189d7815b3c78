/** `npm run docs`: writes the pages that are made from the program. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { GENERATED_DOCS } from './generated-docs.mjs';
import { ROOT } from './project.mjs';

for (const { page, module, make } of GENERATED_DOCS) {
  const made = await import(pathToFileURL(join(ROOT, 'dist', `${module}.js`)).href);
  writeFileSync(join(ROOT, page), await made[make]());
  process.stdout.write(`${page} is written.\n`);
}
