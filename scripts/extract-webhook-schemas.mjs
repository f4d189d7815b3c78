/**
 * Takes out of GitHub's published description of webhooks what the fake GitHub sends, and what that refers to, without
 * the prose. The description is 5 MB and needed here alone, so it is no dependency:
 *
 *     npm install --prefix tmp/description @octokit/openapi-webhooks
 *     node scripts/extract-webhook-schemas.mjs tmp/description/node_modules/@octokit/openapi-webhooks
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const TARGET = new URL('../test/support/fake-github/published/webhook-schemas.json.gz', import.meta.url);

/** The events whose schemas are kept: a name, or what names begin with. */
const EVENTS = [/^pull-request-(?!review-thread)/, /^issue-comment-/, /^push$/, /^repository-(?:archived|created|deleted|edited|privatized|publicized|renamed|transferred|unarchived)$/, /^installation-(?!target)/, /^member(?:ship)?-/, /^team-/, /^organization-/];

/** What says nothing about shape. A property may carry such a name: then it is a schema, not a text. */
const PROSE = new Set(['description', 'title', 'example', 'examples', 'externalDocs', 'deprecated', 'default']);

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Name the folder of @octokit/openapi-webhooks.');
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const description = JSON.parse(readFileSync(join(folder, 'generated', 'api.github.com.json'), 'utf8'));
const all = description.components.schemas;

const kept = new Map();
const waiting = Object.keys(description.webhooks)
  .filter((name) => EVENTS.some((pattern) => pattern.test(name)))
  .map((name) => refOf(description.webhooks[name]));
for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
  if (kept.has(name)) continue;
  const schema = withoutProse(all[name]);
  kept.set(name, schema);
  for (const [, found] of JSON.stringify(schema).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) waiting.push(found);
}

const schemas = Object.fromEntries([...kept].sort(([a], [b]) => (a < b ? -1 : 1)));
const text = JSON.stringify({ source: `@octokit/openapi-webhooks ${version}, api.github.com`, components: { schemas } });
writeFileSync(TARGET, gzipSync(text, { level: 9 }));
console.log(`${String(kept.size)} schemas, ${String(text.length)} characters`);

function refOf(webhook) {
  const schema = webhook.post.requestBody.content['application/json'].schema;
  return schema.$ref.split('/').at(-1);
}

function withoutProse(value) {
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
