/** A part of an OpenAPI 3.1 description: JSON Schema, with the other schemas by reference. */
export type Schema = Readonly<Record<string, unknown>>;

/** What is known of an object: some of its properties, at any depth. */
export type Partly = Readonly<Record<string, unknown>>;

/**
 * Brings what is known into the shape of a published schema: a required property that is not known gets a constant
 * (null where that is allowed, else an empty value of its type), one that the schema does not have is left out. So a
 * short form of an object comes out of the whole one.
 */
export class SchemaFilling {
  readonly #schemas: Readonly<Record<string, Schema>>;
  readonly #shapes = new WeakMap<object, Shape>();

  constructor(schemas: Readonly<Record<string, Schema>>) {
    this.#schemas = schemas;
  }

  /** The named schemas. */
  get names(): readonly string[] {
    return Object.keys(this.#schemas);
  }

  /** What is known in the shape of the schema of that name. */
  fill(name: string, known: Partly): Record<string, unknown> {
    const schema = this.#schemas[name];
    if (schema === undefined) throw new Error(`GitHub describes no ${name}.`);
    const filled = this.#fillAs(schema, known);
    if (!isObject(filled)) throw new Error(`${name} is no object.`);
    return filled;
  }

  #fillAs(schema: Schema, known: unknown): unknown {
    if (known === null || typeof known !== 'object') return known;
    const shape = this.#shapeOf(schema);
    if (Array.isArray(known)) return shape.items === null ? known : known.map((item) => this.#fillAs(shape.items ?? {}, item));
    if (!isObject(known)) return known;
    const { variants, properties, required } = shape;
    if (variants.length > 0) return this.#fillAs(this.#closest(variants, known), known);
    if (properties.size === 0) return known;
    const filled: Record<string, unknown> = {};
    for (const [key, part] of properties) {
      if (known[key] !== undefined) filled[key] = this.#fillAs(part, known[key]);
      else if (required.has(key)) filled[key] = this.#constantOf(part, key);
    }
    return filled;
  }

  #constantOf(schema: Schema, key: string): unknown {
    const shape = this.#shapeOf(schema);
    if (shape.constant !== undefined) return shape.constant;
    if (shape.isNullable) shape.constant = null;
    else if (shape.variants[0] !== undefined) shape.constant = this.#constantOf(shape.variants[0], key);
    else shape.constant = shape.enum[0] ?? (shape.type === 'object' ? this.#fillAs(schema, {}) : emptyOf(shape.type, shape.format, key));
    return shape.constant;
  }

  /** The variant that lacks the fewest of its required properties, and of those the one that knows the most of what is there. */
  #closest(variants: readonly Schema[], known: Partly): Schema {
    const ranked = variants
      .map((variant) => ({ variant, shape: this.#shapeOf(variant) }))
      .filter(({ shape }) => shape.properties.size > 0)
      .map(({ variant, shape }) => {
        const unknown = Object.keys(known).filter((key) => !shape.properties.has(key)).length;
        const lacking = [...shape.required].filter((key) => known[key] === undefined).length;
        return { variant, lacking: lacking + unknown };
      })
      .sort((a, b) => a.lacking - b.lacking);
    return ranked[0]?.variant ?? variants[0] ?? {};
  }

  #shapeOf(schema: Schema): Shape {
    const known = this.#shapes.get(schema);
    if (known !== undefined) return known;
    const shape = this.#read(schema);
    this.#shapes.set(schema, shape);
    return shape;
  }

  #read(schema: Schema): Shape {
    const reference = schema['$ref'];
    if (typeof reference === 'string') return this.#shapeOf(this.#schemas[reference.split('/').at(-1) ?? ''] ?? {});
    const parts = schemasIn(schema['allOf']).map((part) => this.#shapeOf(part));
    const types = [schema['type']].flat().filter((type) => typeof type === 'string');
    const choices = [...schemasIn(schema['oneOf']), ...schemasIn(schema['anyOf'])];
    const own = isObject(schema['properties']) ? Object.entries(schema['properties']).filter((entry): entry is [string, Schema] => isObject(entry[1])) : [];
    const properties = new Map<string, Schema>();
    for (const [key, property] of [...parts.flatMap((part) => [...part.properties]), ...own]) {
      const before = properties.get(key);
      properties.set(key, before === undefined ? property : { allOf: [before, property] });
    }
    return {
      properties,
      required: new Set([...parts.flatMap((part) => [...part.required]), ...stringsIn(schema['required'])]),
      items: isObject(schema['items']) ? schema['items'] : (parts.find(({ items }) => items !== null)?.items ?? null),
      variants: [...parts.flatMap((part) => part.variants), ...choices.filter((choice) => !isNull(choice))],
      isNullable: types.includes('null') || choices.some(isNull) || (parts.length > 0 && parts.every((part) => part.isNullable)),
      enum: Array.isArray(schema['enum']) ? schema['enum'].filter((value) => value !== null) : parts.flatMap((part) => part.enum),
      type: types.find((type) => type !== 'null') ?? parts[0]?.type ?? (properties.size > 0 ? 'object' : 'string'),
      format: typeof schema['format'] === 'string' ? schema['format'] : (parts.find(({ format }) => format !== null)?.format ?? null),
      constant: undefined,
    };
  }
}

interface Shape {
  readonly properties: ReadonlyMap<string, Schema>;
  readonly required: ReadonlySet<string>;
  readonly items: Schema | null;
  readonly variants: readonly Schema[];
  readonly isNullable: boolean;
  readonly enum: readonly unknown[];
  readonly type: string;
  readonly format: string | null;
  /** Made when it is first needed; the same object for all. */
  constant: unknown;
}

function emptyOf(type: string, format: string | null, key: string): unknown {
  switch (type) {
    case 'boolean':
      return false;
    case 'integer':
    case 'number':
      return 0;
    case 'array':
      return [];
    case 'object':
      return {};
    default:
      return format === 'date-time' ? '2011-04-10T20:09:31Z' : format === 'email' ? 'octocat@users.noreply.github.com' : isLink(format) ? `https://api.github.com/${key}` : '';
  }
}

function isNull(schema: Schema): boolean {
  return schema['type'] === 'null';
}

function isLink(format: string | null): boolean {
  return format === 'uri' || format === 'uri-template';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function schemasIn(value: unknown): Schema[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function stringsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
