import { z } from 'zod';
import { account, count, id, instant, lenient, text } from './schemas.ts';

/** Something GitHub's API gives as an object and a recording may give by its word alone. */
const worded = (key: 'name' | 'slug' | 'title') =>
  lenient(z.union([text, z.looseObject({ [key]: text }).transform((value) => value[key])]));

/** A person asked or assigned: an account, or its bare login. */
const person = lenient(z.union([account, text.transform((login) => ({ login, id: undefined, type: undefined }))]));

/** One item of an issue timeline, as `GET /repos/{owner}/{repo}/issues/{number}/timeline` gives it, text removed. */
export const timelineItem = z.object({
  event: text,
  id: lenient(id),
  sha: lenient(text),
  created_at: lenient(instant),
  submitted_at: lenient(instant.nullable()),
  author_date: lenient(instant),
  committer_date: lenient(instant),
  author: lenient(z.object({ date: lenient(instant) })),
  committer: lenient(z.object({ date: lenient(instant) })),
  actor: lenient(account),
  user: lenient(account),
  state: lenient(text),
  commit_id: lenient(text.nullable()),
  requested_reviewer: person,
  requested_team: worded('slug'),
  assignee: person,
  label: worded('name'),
  milestone: worded('title'),
  lock_reason: lenient(text.nullable()),
  reason: lenient(text.nullable()),
  dismissed_review: lenient(z.object({ state: lenient(text), review_id: lenient(id) })),
});
/** What is read of one item: only the parts that a fact hangs on. */
export type TimelineItem = z.infer<typeof timelineItem>;

/** A pull request with its whole timeline and its inline comments. */
export const recording = z.object({
  kind: z.enum(['pr', 'issue']),
  complete: lenient(z.boolean()),
  number: z.number().int().positive(),
  id: lenient(id),
  title: lenient(text),
  user: lenient(account),
  state: z.enum(['open', 'closed']),
  draft: lenient(z.boolean()),
  created_at: instant,
  updated_at: lenient(instant),
  closed_at: lenient(instant.nullable()),
  merged_at: lenient(instant.nullable()),
  merge_commit_sha: lenient(text.nullable()),
  additions: lenient(count),
  deletions: lenient(count),
  changed_files: lenient(count),
  commits: lenient(count),
  comments: lenient(count),
  base_ref: lenient(text),
  head_ref: lenient(text),
  head_sha: lenient(text),
  events: z.array(timelineItem),
  review_comment_list: z.array(z.object({ id, created_at: instant, user: lenient(account), pull_request_review_id: lenient(id.nullable()) })).default([]),
});
/** What is read of a recording. */
export type Recording = z.infer<typeof recording>;
