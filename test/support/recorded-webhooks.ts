import { aboutGui, guiText } from './gui-recording.ts';
import type { Payload } from './github-payloads.ts';
import { FORM_TYPE, JSON_TYPE, webhookOf, type Webhook } from './signed-webhooks.ts';

/** GitHub's own are about so much larger than what is read of them, characters. */
const PADDING = 'x'.repeat(3_000);

const REPOSITORY = { id: 265968533, full_name: aboutGui.repository, owner: { login: 'account-9', id: 9, type: 'Organization' } };

interface RecordedPullRequest {
  readonly number: number;
  readonly id: number;
  readonly user: Payload | null;
  readonly created_at: string;
  readonly events: readonly RecordedEvent[];
  readonly review_comment_list: readonly RecordedEvent[];
  readonly [key: string]: unknown;
}

type RecordedEvent = Readonly<Record<string, unknown>> & { readonly event?: string; readonly created_at?: string };

/**
 * The webhooks that GitHub would have sent for the recorded pull requests, at most so many of these: openings, closes,
 * merges, drafts, requests, reviews, comments on a line and below, labels, pushes. Every GUID is its own and the same
 * in every run; every seventh is form-encoded.
 */
export function recordedWebhooks(pullRequests: number): Webhook[] {
  const lines = guiText('pulls.ndjson.gz').split('\n').slice(0, pullRequests).filter((line) => line !== '');
  const told = lines.flatMap((line) => webhooksOf(JSON.parse(line) as RecordedPullRequest));
  return told.map(([event, payload], index) => {
    const guid = `72d3162e-cc78-11e3-81ab-${index.toString(16).padStart(12, '0')}`;
    const json = JSON.stringify({ ...payload, repository: REPOSITORY, installation: { id: 12, node_id: PADDING } });
    return index % 7 === 0 ? webhookOf(guid, event, `payload=${encodeURIComponent(json)}`, FORM_TYPE) : webhookOf(guid, event, json, JSON_TYPE);
  });
}

type Told = readonly [event: string, payload: Payload];

/** How the actions of `pull_request` are called that say nothing but their actor and what they are about. */
const ACTIONS: ReadonlyMap<string, string> = new Map([
  ['convert_to_draft', 'converted_to_draft'],
  ['ready_for_review', 'ready_for_review'],
  ['review_requested', 'review_requested'],
  ['review_request_removed', 'review_request_removed'],
  ['reopened', 'reopened'],
  ['closed', 'closed'],
  ['labeled', 'labeled'],
  ['unlabeled', 'unlabeled'],
  ['locked', 'locked'],
  ['head_ref_force_pushed', 'synchronize'],
]);

function webhooksOf(recorded: RecordedPullRequest): Told[] {
  const { events, review_comment_list: comments, ...pull } = recorded;
  let now: Payload = { ...pull, state: 'open', draft: false, closed_at: null, merged_at: null, updated_at: pull.created_at, head: { ref: 'topic', sha: '0'.repeat(40), repo: { id: 5 } }, base: { ref: 'master' } };
  const told: Told[] = [['pull_request', { action: 'opened', number: pull.number, pull_request: now, sender: pull.user }]];
  for (const event of events) {
    const at = event['submitted_at'] ?? event.created_at ?? null;
    if (at === null) continue;
    now = { ...now, ...changeOf(event, at), updated_at: at };
    const webhook = webhookAbout(event, now);
    if (webhook !== null) told.push(webhook);
  }
  for (const comment of comments) told.push(['pull_request_review_comment', { action: 'created', comment, pull_request: { ...now, updated_at: comment.created_at }, sender: comment['user'] }]);
  return told;
}

function changeOf(event: RecordedEvent, at: unknown): Payload {
  switch (event.event) {
    case 'closed':
      return { state: 'closed', closed_at: at };
    case 'merged':
      return { merged_at: at, merged_by: event['actor'], merge_commit_sha: event['commit_id'] };
    case 'reopened':
      return { state: 'open', closed_at: null };
    case 'convert_to_draft':
      return { draft: true };
    case 'ready_for_review':
      return { draft: false };
    default:
      return {};
  }
}

function webhookAbout(event: RecordedEvent, pull: Payload): Told | null {
  if (event.event === 'commented') {
    const issue = { ...pull, pull_request: { merged_at: pull['merged_at'] } };
    return ['issue_comment', { action: 'created', comment: event, issue, sender: event['user'] }];
  }
  if (event.event === 'reviewed') return ['pull_request_review', { action: 'submitted', review: { ...event, state: String(event['state']).toLowerCase() }, pull_request: pull, sender: event['user'] }];
  const action = ACTIONS.get(event.event ?? '');
  if (action === undefined) return null;
  const { requested_reviewer: reviewer, label } = event;
  return [
    'pull_request',
    {
      action,
      number: pull['number'],
      pull_request: pull,
      sender: event['actor'],
      ...(typeof reviewer === 'string' ? { requested_reviewer: { login: reviewer, id: Number(reviewer.split('-')[1]), type: 'User' } } : {}),
      ...(typeof label === 'string' ? { label: { name: label } } : {}),
      ...(action === 'synchronize' ? { before: '0'.repeat(40), after: event['commit_id'] } : {}),
    },
  ];
}
