import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';

const ROOT = new URL('..', import.meta.url);

const generatedDocs = z.object({ GENERATED_DOCS: z.array(z.object({ page: z.string(), module: z.string(), make: z.string() })).min(1) });

/** The list is what `npm run docs` goes through; the test reads the same one, so no page escapes it. */
const { GENERATED_DOCS } = generatedDocs.parse(await import(new URL('scripts/generated-docs.mjs', ROOT).href));

describe('a generated page is what the program says now (else: npm run docs)', () => {
  test.each(GENERATED_DOCS)('$page', async ({ page, module, make }) => {
    const maker: Record<string, () => string | Promise<string>> = await import(new URL(`${module}.ts`, ROOT).href);

    const text = await maker[make]!();

    expect(text.length).toBeGreaterThan(500);
    expect(readFileSync(new URL(page, ROOT), 'utf8')).toBe(text);
  });
});
