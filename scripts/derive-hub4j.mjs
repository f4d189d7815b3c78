/**
 * Makes the webhook payloads that stand under `data/recordings/hub4j` from those that the tests of hub4j/github-api
 * hold (MIT), so that a fresh clone can read what GitHub really sent: every shape stays, what people wrote goes.
 *
 *   node scripts/derive-hub4j.mjs EVENT_PAYLOADS.ndjson.gz LICENSE.txt [TARGET_FOLDER]
 *
 * The input has one `{file, payload}` a line. The event is told by the file's name; the output has one
 * `{event, file, payload}` a line, which `narrows import` reads. Titles, bodies, messages and descriptions become as
 * many `x` (shapes matter, words do not), names and addresses of people likewise, and links are left out.
 */
import { Buffer } from 'node:buffer';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { argv, exit, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';

const [input, licence, target = fileURLToPath(new URL('../data/recordings/hub4j/', import.meta.url))] = argv.slice(2);
if (input === undefined || licence === undefined) {
  stdout.write('usage: node scripts/derive-hub4j.mjs EVENT_PAYLOADS.ndjson.gz LICENSE.txt [TARGET_FOLDER]\n');
  exit(2);
}

/** Events by how their files begin; the longest beginning that fits tells. */
const EVENTS = new Map([
  ...['check_run', 'check_suite', 'commit_comment', 'create', 'delete', 'deployment', 'deployment_status', 'discussion', 'discussion_comment', 'fork', 'gollum'],
  ...['installation', 'installation_repositories', 'issue_comment', 'issues', 'label', 'member', 'membership', 'milestone', 'page_build', 'ping', 'public'],
  ...['pull_request', 'pull_request_review', 'pull_request_review_comment', 'push', 'release', 'repository', 'status', 'team', 'team_add', 'watch'],
  ...['workflow_dispatch', 'workflow_job', 'workflow_run'],
].map((event) => [event, event]));
EVENTS.set('issue_', 'issues').set('projectsv2item', 'projects_v2_item').set('starred', 'star');

/** Keys under which people write. */
const WRITTEN = new Set(['title', 'body', 'message', 'description', 'email', 'bio', 'company', 'location', 'blog', 'homepage', 'tag_message', 'text', 'summary', 'output', 'diff_hunk', 'patch']);

const LINKS = new Set(['url', 'href', 'compare', '_links']);

/** Objects that name a person as Git does. */
const GIT_PEOPLE = new Set(['author', 'committer', 'pusher']);

function eventOf(file) {
  const name = basename(file, '.json').replaceAll('-', '_');
  const beginning = [...EVENTS.keys()].filter((key) => name.startsWith(key)).sort((a, b) => b.length - a.length)[0];
  if (beginning === undefined) throw new Error(`${file} is named for no event that is known: add how its name begins.`);
  return EVENTS.get(beginning);
}

function blank(value) {
  return typeof value === 'string' ? 'x'.repeat(Math.min(value.length, 40)) : value;
}

/** A payload without links and without a word of anyone; `holder` is the key it stands under. */
function wordless(value, holder) {
  if (Array.isArray(value)) return value.map((item) => wordless(item, holder));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([key]) => !LINKS.has(key) && !key.endsWith('_url'));
  return Object.fromEntries(
    members.map(([key, member]) => {
      if (key === 'changes') return [key, wordlessChanges(member)];
      if (WRITTEN.has(key) && (typeof member === 'string' || key === 'output')) return [key, typeof member === 'string' ? blank(member) : null];
      if (GIT_PEOPLE.has(holder) && (key === 'name' || key === 'username')) return [key, blank(member)];
      return [key, wordless(member, key)];
    }),
  );
}

/** What something was before is written too, but for names of repositories, logins and permissions, which are facts. */
function wordlessChanges(changes) {
  return Object.fromEntries(
    Object.entries(changes).map(([key, change]) => [key, WRITTEN.has(key) ? Object.fromEntries(Object.entries(change).map(([side, value]) => [side, blank(value)])) : wordless(change, key)]),
  );
}

const lines = gunzipSync(readFileSync(input)).toString('utf8').split('\n').filter(Boolean);
const derived = lines.map((line) => {
  const { file, payload } = JSON.parse(line);
  return JSON.stringify({ event: eventOf(file), file: basename(file), payload: wordless(payload, '') });
});

mkdirSync(target, { recursive: true });
const bytes = gzipSync(Buffer.from(`${derived.join('\n')}\n`), { level: 9 });
writeFileSync(join(target, 'event-payloads.ndjson.gz'), bytes);
writeFileSync(join(target, 'LICENSE.txt'), readFileSync(licence));
stdout.write(`${String(derived.length)} payloads, ${String(bytes.length)} bytes\n`);
