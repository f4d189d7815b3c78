/**
 * Takes out of GitHub's published description of its REST API what the fake GitHub answers, and what that refers to,
 * without the prose. The description is 13 MB in a package of 400, and needed here alone, so it is no dependency:
 *
 *     npm install --prefix tmp/description @octokit/openapi
 *     node scripts/extract-rest-schemas.mjs tmp/description/node_modules/@octokit/openapi
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { withNullAsType, withReferences, withoutProse } from './published-schemas.mjs';

const TARGET = new URL('../test/support/fake-github/published/rest-schemas.json.gz', import.meta.url);

/** Paths of which every GET is kept, and the two POSTs that collecting needs. */
const PATHS = [
  /^\/app$/,
  /^\/app\/installations(?:\/\{installation_id\}(?:\/access_tokens)?)?$/,
  /^\/app\/hook\/(?:config|deliveries(?:\/\{delivery_id\}(?:\/attempts)?)?)$/,
  /^\/rate_limit$/,
  /^\/installation\/repositories$/,
  /^\/(?:orgs\/\{org\}|users\/\{username\})(?:\/(?:installation|repos|members))?$/,
  /^\/orgs\/\{org\}\/teams(?:\/\{team_slug\}(?:\/(?:members|repos))?)?$/,
  /^\/repos\/\{owner\}\/\{repo\}(?:\/(?:installation|teams|collaborators))?$/,
  /^\/repos\/\{owner\}\/\{repo\}\/pulls(?:\/comments|\/\{pull_number\}(?:\/(?:commits|comments|reviews|requested_reviewers))?)?$/,
  /^\/repos\/\{owner\}\/\{repo\}\/issues\/(?:comments|events|\{issue_number\}(?:\/(?:comments|events|timeline))?)$/,
  /^\/repos\/\{owner\}\/\{repo\}\/commits(?:\/\{ref\})?$/,
];

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Name the folder of @octokit/openapi.');
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const description = JSON.parse(readFileSync(join(folder, 'generated', 'api.github.com.json'), 'utf8'));

const answers = {};
for (const [path, operations] of Object.entries(description.paths)) {
  if (!PATHS.some((pattern) => pattern.test(path))) continue;
  for (const [method, { responses }] of Object.entries(operations)) {
    if (method !== 'get' && !/\/(?:access_tokens|attempts)$/.test(path)) continue;
    const [status, response] = Object.entries(responses).find(([code]) => code.startsWith('2')) ?? [];
    const found = response.$ref === undefined ? response : description.components.responses[response.$ref.split('/').at(-1)];
    const schema = found.content?.['application/json']?.schema;
    answers[`${method.toUpperCase()} ${path}`] = { status: Number(status), schema: schema === undefined ? {} : withoutProse(schema) };
  }
}

const schemas = withReferences(answers, description.components.schemas);
const text = JSON.stringify(withNullAsType({ source: `@octokit/openapi ${version}, api.github.com`, answers, components: { schemas } }));
writeFileSync(TARGET, gzipSync(text, { level: 9 }));
console.log(`${String(Object.keys(answers).length)} routes, ${String(Object.keys(schemas).length)} schemas, ${String(text.length)} characters`);
