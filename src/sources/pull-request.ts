import { z } from 'zod';
import type { AccountRef } from '#src/domain/account.ts';
import type { DeliveryEnvelope, Source } from '#src/domain/source.ts';
import type { SightingDetail } from '#src/domain/timeline/evidence.ts';
import { accountRef } from './reading/accounts.ts';
import { pullRequestValues, registers } from './reading/attributes.ts';
import { keyed, nearTime, observe, type Observation } from './reading/observe.ts';
import { pullRequestFacts, readAs } from './reading/reading.ts';
import { account, lenient, pullRequest, repository, team, text } from './reading/schemas.ts';
import { accountTarget, teamTarget, textTarget } from './reading/targets.ts';

const schema = z.object({
  action: text,
  pull_request: pullRequest,
  repository,
  sender: lenient(account),
  requested_reviewer: lenient(account),
  requested_team: lenient(team.pick({ id: true, slug: true })),
  label: lenient(z.object({ name: text })),
  assignee: lenient(account),
  milestone: lenient(z.object({ title: text })),
  before: lenient(text),
  after: lenient(text),
  reason: lenient(text),
  changes: lenient(z.object({ title: lenient(z.unknown()), base: lenient(z.unknown()) })),
});
type Payload = z.infer<typeof schema>;

/** Actions whose word in a timeline is another, or that are a kind of the definitions. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ['reopened', 'reopened'],
  ['ready_for_review', 'ready_for_review'],
  ['converted_to_draft', 'converted_to_draft'],
  ['review_requested', 'review_requested'],
  ['review_request_removed', 'review_request_removed'],
  ['synchronize', 'pushed'],
  ['enqueued', 'added_to_merge_queue'],
  ['dequeued', 'removed_from_merge_queue'],
  ['labeled', 'labeled'],
  ['unlabeled', 'unlabeled'],
  ['assigned', 'assigned'],
  ['unassigned', 'unassigned'],
  ['milestoned', 'milestoned'],
  ['demilestoned', 'demilestoned'],
  ['locked', 'locked'],
  ['unlocked', 'unlocked'],
  ['auto_merge_enabled', 'auto_merge_enabled'],
  ['auto_merge_disabled', 'auto_merge_disabled'],
]);

/** The life of a pull request, told action by action; the payload shows it as it is after the action. */
const source: Source = {
  events: ['pull_request'],
  read: (payload, envelope) =>
    readAs(schema, payload, (value) => {
      const { pull_request: pr } = value;
      const opened_draft = value.action === 'opened' ? pr.draft : undefined;
      const attributes = registers({ ...pullRequestValues(pr), opened_draft }, pr.updated_at, envelope);
      const sightings = keyed(observations(value, envelope).map((observation) => observe(observation, envelope)));
      const accounts = [value.sender, pr.user, pr.merged_by, value.requested_reviewer, value.assignee];
      return pullRequestFacts(value.repository, pr.number, { attributes, sightings }, accounts, envelope);
    }),
};

export default source;

function observations(value: Payload, envelope: DeliveryEnvelope): Observation[] {
  const near = nearTime(value.pull_request.updated_at, envelope);
  const actor = accountRef(value.sender);
  if (value.action === 'closed') return endings(value, near, actor);
  if (value.action === 'edited') return edits(value).map((kind) => ({ kind, ...near, actor }));
  const kind = KINDS.get(value.action);
  if (kind === undefined) return [];
  const detail = detailOf(value, kind);
  return detail === null ? [] : [{ kind, ...near, actor, detail }];
}

/** A close says when by itself, and whether it was a merge. */
function endings(value: Payload, near: Pick<Observation, 'at' | 'atFrom'>, actor: AccountRef): Observation[] {
  const { closed_at: closedAt, merged_at: mergedAt, merged_by: mergedBy } = value.pull_request;
  const closed: Observation = { kind: 'closed', ...(closedAt == null ? near : { at: closedAt, atFrom: 'github' }), actor };
  if (mergedAt == null) return [closed];
  const mergedActor = mergedBy == null ? actor : accountRef(mergedBy);
  const sha = value.pull_request.merge_commit_sha;
  return [closed, { kind: 'merged', at: mergedAt, atFrom: 'github', actor: mergedActor, detail: sha == null ? {} : { sha } }];
}

function edits(value: Payload): string[] {
  const kinds: string[] = [];
  if (value.changes?.title !== undefined) kinds.push('renamed');
  if (value.changes?.base !== undefined) kinds.push('base_ref_changed');
  return kinds;
}

/** What the action is about; null where the payload leaves out whom it asked, so that nothing can be said. */
function detailOf(value: Payload, kind: string): SightingDetail | null {
  switch (kind) {
    case 'review_requested':
    case 'review_request_removed': {
      if (value.requested_team !== undefined) return { target: teamTarget(value.requested_team.slug) };
      return value.requested_reviewer === undefined ? null : { target: accountTarget(value.requested_reviewer) };
    }
    case 'assigned':
    case 'unassigned':
      return value.assignee === undefined ? {} : { target: accountTarget(value.assignee) };
    case 'labeled':
    case 'unlabeled':
      return value.label === undefined ? {} : { label: value.label.name };
    case 'milestoned':
    case 'demilestoned':
      return value.milestone === undefined ? {} : { target: textTarget(value.milestone.title) };
    case 'pushed':
      return { ...(value.before === undefined ? {} : { before: value.before }), ...(value.after === undefined ? {} : { after: value.after }) };
    case 'removed_from_merge_queue':
      return value.reason === undefined ? {} : { reason: value.reason };
    default:
      return {};
  }
}
