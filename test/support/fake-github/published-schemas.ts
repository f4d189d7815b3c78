import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Schema } from './schema-filling.ts';

/** A part of one of GitHub's published descriptions. */
export interface Published {
  /** The package and version that it was taken from. */
  readonly source: string;
  /** For REST: what a route answers when it succeeds. */
  readonly answers?: Readonly<Record<string, { readonly status: number; readonly schema: Schema }>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** Reads a file of `published/`; `scripts/extract-…-schemas.mjs` make them. */
export function readPublished(file: string): Published {
  const text = gunzipSync(readFileSync(new URL(`published/${file}`, import.meta.url))).toString('utf8');
  // The extraction wrote it in this shape.
  return JSON.parse(text) as Published;
}

/** Says by schemas of a description what is wrong with values; each schema is made ready when it is first needed. */
export class PublishedValidation {
  readonly #published: Published;
  readonly #validators = new Map<string, ValidateFunction>();
  #ajv: Ajv2020 | null = null;

  constructor(published: Published) {
    this.#published = published;
  }

  /** What a named schema finds wrong with a value; empty for a valid one. */
  ofSchema(name: string, value: unknown): readonly string[] {
    if (this.#published.components.schemas[name] === undefined) throw new Error(`GitHub describes no ${name}.`);
    return this.#problems(`/components/schemas/${name}`, value);
  }

  /** What the answer of a route finds wrong with a value. */
  ofAnswer(route: string, value: unknown): readonly string[] {
    if (this.#published.answers?.[route] === undefined) throw new Error(`The published selection has no ${route}.`);
    return this.#problems(`/answers/${encodeURIComponent(route.replaceAll('~', '~0').replaceAll('/', '~1'))}/schema`, value);
  }

  #problems(pointer: string, value: unknown): readonly string[] {
    const validate = this.#validators.get(pointer) ?? this.#compile(pointer);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
  }

  #compile(pointer: string): ValidateFunction {
    if (this.#ajv === null) {
      this.#ajv = new Ajv2020({ strict: false, allErrors: true });
      addFormats.default(this.#ajv);
      this.#ajv.addSchema({ $id: 'published', ...this.#published });
    }
    const validate = this.#ajv.getSchema(`published#${pointer}`);
    if (validate === undefined) throw new Error(`There is nothing at ${pointer}.`);
    this.#validators.set(pointer, validate);
    return validate;
  }
}
