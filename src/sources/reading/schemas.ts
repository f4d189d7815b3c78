import { z } from 'zod';
import { parseInstant } from '#src/core/instant.ts';
import { storableText } from '#src/core/text.ts';

/** Text from outside, made storable. */
export const text = z.string().transform(storableText);

/** GitHub's ids are numbers, beyond 2^53 too; here they are text. */
export const id = z.union([z.number().int(), z.string()]).transform((value) => storableText(String(value)));

/** An instant that must be there, epoch ms. */
export const instant = z.union([z.string(), z.number()]).transform((value, context) => {
  const at = parseInstant(value);
  if (at !== null) return at;
  context.addIssue({ code: 'custom', message: `is no instant: ${JSON.stringify(value).slice(0, 40)}` });
  return z.NEVER;
});

/** How many there are of something. */
export const count = z.number().int().nonnegative();

/** Anything else than what is wanted counts as absent: used where no fact hangs on the field. */
export function lenient<T extends z.ZodType>(schema: T): z.ZodCatch<z.ZodOptional<T>> {
  return schema.optional().catch(undefined);
}

/** An account as payloads carry it; null for a deleted one. */
export const account = z
  .object({ login: text, id: lenient(id), type: lenient(z.enum(['User', 'Bot', 'Organization', 'Mannequin'])) })
  .nullable();
/** What is read of an account; null for a deleted one. */
export type AccountPayload = z.infer<typeof account>;

/** A repository as payloads carry it. */
export const repository = z.object({ id, full_name: text, pushed_at: lenient(instant.nullable()) });
/** What is read of a repository. */
export type RepositoryPayload = z.infer<typeof repository>;

/** A team as payloads carry it. */
export const team = z.object({
  id,
  slug: text,
  name: text,
  permission: lenient(text),
  parent: lenient(z.object({ id }).nullable()),
  deleted: lenient(z.boolean()),
});
/** What is read of a team. */
export type TeamPayload = z.infer<typeof team>;

/** An organisation as payloads carry it. */
export const organization = z.object({ login: text, id: lenient(id) });

const branch = z.object({
  ref: lenient(text),
  sha: lenient(text),
  repo: lenient(z.object({ id }).nullable()),
});

/** A pull request as `pull_request` and review payloads carry it; the latter leave the sizes out. */
export const pullRequest = z.object({
  id: lenient(id),
  number: z.number().int().positive(),
  state: z.enum(['open', 'closed']),
  title: lenient(text),
  draft: lenient(z.boolean()),
  user: lenient(account),
  created_at: instant,
  updated_at: lenient(instant),
  closed_at: lenient(instant.nullable()),
  merged_at: lenient(instant.nullable()),
  merged_by: lenient(account),
  merge_commit_sha: lenient(text.nullable()),
  additions: lenient(count),
  deletions: lenient(count),
  changed_files: lenient(count),
  commits: lenient(count),
  base: lenient(branch),
  head: lenient(branch),
});
/** What is read of a pull request. */
export type PullRequestPayload = z.infer<typeof pullRequest>;

/** A comment on an issue, a pull request or a line. */
export const comment = z.object({
  id,
  user: lenient(account),
  created_at: instant,
  pull_request_review_id: lenient(id.nullable()),
});
/** What is read of a comment. */
export type CommentPayload = z.infer<typeof comment>;

/** The first thing a schema found wrong, as `pull_request.created_at: is no instant`. */
export function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'does not fit';
  return `${issue.path.map(String).join('.') || 'payload'}: ${issue.message}`;
}
