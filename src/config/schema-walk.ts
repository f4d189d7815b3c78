import { z } from 'zod';

type AnySchema = z.core.$ZodType;

/** The schema and what it wraps, from the outside in: optional, default, transformation, and the bare one last. */
export function schemaLayers(schema: AnySchema): AnySchema[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return [schema, ...schemaLayers(schema.unwrap())];
  }
  return schema instanceof z.ZodPipe ? [schema, ...schemaLayers(schema.in)] : [schema];
}

/** The schema without its wrappers. */
export function bareSchema(schema: AnySchema): AnySchema {
  return schemaLayers(schema).at(-1) ?? schema;
}

/** The schema of what stands below `key`; null where the schema knows no such place. */
function childSchema(schema: AnySchema, key: PropertyKey): AnySchema | null {
  const bare = bareSchema(schema);
  if (bare instanceof z.ZodArray) return bare.element;
  if (bare instanceof z.ZodRecord) return bare.valueType;
  if (!(bare instanceof z.ZodObject)) return null;
  const shape: z.core.$ZodShape = bare.shape;
  return Object.hasOwn(shape, key) ? (shape[String(key)] ?? null) : null;
}

/** The schema of the place that a path of keys and indices leads to; null where there is none. */
export function schemaAt(schema: AnySchema, path: readonly PropertyKey[]): AnySchema | null {
  let place: AnySchema | null = schema;
  for (const key of path) place = place === null ? null : childSchema(place, key);
  return place;
}

/** What holds where the file says nothing, as the file would write it; undefined where nothing does. */
export function defaultOf(schema: AnySchema): unknown {
  const layer = schemaLayers(schema).find((one) => one instanceof z.ZodDefault || one instanceof z.ZodPrefault);
  return layer?.def.defaultValue;
}

/**
 * Content in which what a file leaves empty (its settings are commented out, say) is filled as the
 * schema has it: a key of fixed ones is absent then, a name that its writer chose has no settings.
 */
export function withoutEmpty(content: unknown, schema: AnySchema | null): unknown {
  if (schema === null || typeof content !== 'object' || content === null) return content;
  const bare = bareSchema(schema);
  if (Array.isArray(content)) return bare instanceof z.ZodArray ? content.map((item) => withoutEmpty(item, bare.element)) : content;
  const isNamed = bare instanceof z.ZodRecord;
  const entries = Object.entries(content).flatMap(([key, value]: [string, unknown]) => {
    if (value === null) return isNamed ? [[key, {}] as const] : [];
    return [[key, withoutEmpty(value, childSchema(bare, key))] as const];
  });
  return Object.fromEntries(entries);
}
