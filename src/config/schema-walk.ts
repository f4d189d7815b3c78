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
