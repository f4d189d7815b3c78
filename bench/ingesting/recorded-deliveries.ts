import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { projectFile } from '#src/core/project-file.ts';
import type { Delivery } from '#src/domain/delivery.ts';

type Json = Readonly<Record<string, unknown>>;

/** What stands beside the pull request in every payload, so that one weighs what a small one of GitHub's does. */
const LINKS = Object.fromEntries(
  ['html', 'diff', 'patch', 'issue', 'commits', 'review_comments', 'review_comment', 'comments', 'statuses'].map((name) => [
    `${name}_url`,
    `https://api.example.com/repos/acme/widgets/pulls/1/${name}`,
  ]),
);

const encoder = new TextEncoder();

/**
 * Webhook deliveries that tell the bundled recording event by event, over and over with other repositories, until
 * there are `count`: what an organisation with many repositories would send. Order is that of the recording
 * within a repository; repositories take turns, so that neighbours in the stream are of different pull requests.
 */
export function* recordedDeliveries(count: number, interleaved = 16): Generator<Delivery> {
  const payloads = recordedPayloads();
  let made = 0;
  for (let round = 0; made < count; round += 1) {
    for (const { event, payload, at } of payloads) {
      for (let lane = 0; lane < interleaved && made < count; lane += 1) {
        const id = round * interleaved + lane + 1;
        const body = encoder.encode(payload.replace('"@repository@"', JSON.stringify({ id, full_name: `acme/widgets-${String(id)}`, ...LINKS })));
        made += 1;
        yield { guid: `bench-${String(id)}-${String(made)}`, channel: 'webhook', event, deliveredAt: at, takenAt: null, format: 'json', body };
      }
    }
  }
}

interface RecordedPayload {
  readonly event: string;
  readonly payload: string;
  readonly at: number;
}

function recordedPayloads(): RecordedPayload[] {
  const file = fileURLToPath(projectFile('data/recordings/bitcoin-core-gui/pulls.ndjson.gz'));
  const lines = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n');
  return lines
    .map((line): unknown => JSON.parse(line))
    .filter(isJson)
    .flatMap(payloadsOf)
    .sort((a, b) => a.at - b.at);
}

function payloadsOf(pr: Json): RecordedPayload[] {
  const shown = { ...pr, events: undefined, review_comment_list: undefined, head: { ref: 'topic', sha: pr['head_sha'], repo: null }, base: { ref: 'master' }, ...LINKS };
  const events = Array.isArray(pr['events']) ? pr['events'].filter(isJson) : [];
  return events.flatMap((event) => {
    const told = tell(event, shown);
    const at = Date.parse(String(event['submitted_at'] ?? event['created_at']));
    if (told === null || Number.isNaN(at)) return [];
    const payload = JSON.stringify({ ...told.payload, repository: '@repository@', sender: event['actor'] ?? event['user'] });
    return [{ event: told.event, payload, at }];
  });
}

/** The webhook that tells an event of a timeline; null for what no webhook of the review family tells. */
function tell(event: Json, pullRequest: Json): { readonly event: string; readonly payload: Json } | null {
  switch (event['event']) {
    case 'commented':
      return { event: 'issue_comment', payload: { action: 'created', comment: event, issue: { ...pullRequest, pull_request: { merged_at: null } } } };
    case 'reviewed':
      return { event: 'pull_request_review', payload: { action: 'submitted', review: event, pull_request: pullRequest } };
    case 'closed':
    case 'reopened':
    case 'ready_for_review':
      return { event: 'pull_request', payload: { action: event['event'], pull_request: pullRequest } };
    case 'labeled':
      return { event: 'pull_request', payload: { action: 'labeled', label: { name: event['label'] }, pull_request: pullRequest } };
    case 'review_requested':
      return { event: 'pull_request', payload: { action: 'review_requested', requested_reviewer: event['requested_reviewer'], pull_request: pullRequest } };
    default:
      return null;
  }
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
