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
import { withReferences } from './published-schemas.mjs';

const TARGET = new URL('../test/support/fake-github/published/webhook-schemas.json.gz', import.meta.url);

/** The events whose schemas are kept: a name, or what names begin with. */
const EVENTS = [/^pull-request-(?!review-thread)/, /^issue-comment-/, /^push$/, /^repository-(?:archived|created|deleted|edited|privatized|publicized|renamed|transferred|unarchived)$/, /^installation-(?!target)/, /^member(?:ship)?-/, /^team-/, /^organization-/];

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Name the folder of @octokit/openapi-webhooks.');
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const description = JSON.parse(readFileSync(join(folder, 'generated', 'api.github.com.json'), 'utf8'));
const wanted = Object.keys(description.webhooks)
  .filter((name) => EVENTS.some((pattern) => pattern.test(name)))
  .map((name) => description.webhooks[name].post.requestBody.content['application/json'].schema);
const schemas = withReferences(wanted, description.components.schemas);
const text = JSON.stringify({ source: `@octokit/openapi-webhooks ${version}, api.github.com`, components: { schemas } });
writeFileSync(TARGET, gzipSync(text, { level: 9 }));
console.log(`${String(Object.keys(schemas).length)} schemas, ${String(text.length)} characters`);
