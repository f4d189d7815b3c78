/** What says nothing about shape. A property may carry such a name: then it is a schema, not a text. */
const PROSE = new Set(['description', 'title', 'example', 'examples', 'externalDocs', 'deprecated', 'default']);

/** A schema, or anything that holds schemas, without its texts for people. */
export function withoutProse(value) {
  if (Array.isArray(value)) return value.map(withoutProse);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !PROSE.has(key))
      .map(([key, part]) => [key, key === 'properties' ? propertiesWithoutProse(part) : withoutProse(part)]),
  );
}

function propertiesWithoutProse(properties) {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, withoutProse(schema)]));
}

/** Schemas of OpenAPI 3.0 as 3.1 writes them: what may be null says so among its types. */
export function withNullAsType(value) {
  if (Array.isArray(value)) return value.map(withNullAsType);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, ...rest } = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withNullAsType(part)]));
  if (nullable !== true) return nullable === undefined ? rest : { nullable, ...rest };
  if (typeof rest.type !== 'string') return { anyOf: [{ type: 'null' }, rest] };
  return { ...rest, type: [rest.type, 'null'], ...(rest.enum === undefined ? {} : { enum: [...new Set([...rest.enum, null])] }) };
}

/** The schemas of `all` that something refers to, directly or by way of others, without prose and in order of name. */
export function withReferences(root, all) {
  const kept = new Map();
  const waiting = namesIn(root);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (kept.has(name)) continue;
    const schema = withoutProse(all[name]);
    kept.set(name, schema);
    waiting.push(...namesIn(schema));
  }
  return Object.fromEntries([...kept].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function namesIn(value) {
  return [...JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name);
}
