import type { DeliveryEnvelope } from '#src/domain/source.ts';
import type { AttributeName, AttributeValue, PullRequestEvidence, Register } from '#src/domain/timeline/evidence.ts';
import { accountRef } from './accounts.ts';
import type { PullRequestPayload } from './schemas.ts';

/** Values to be registered; an absent one says nothing, null says that there is none. */
export type AttributeValues = Partial<Record<AttributeName, AttributeValue | undefined>>;

/** Registers values under one version: the source's own updated time, then when the delivery was known. */
export function registers(
  values: AttributeValues,
  updatedAt: number | undefined,
  envelope: DeliveryEnvelope,
): PullRequestEvidence['attributes'] {
  const attributes: Partial<Record<string, Register>> = {};
  const knownAt = envelope.deliveredAt;
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) attributes[name] = { value, updatedAt: updatedAt ?? knownAt, knownAt };
  }
  return attributes;
}

/**
 * The attributes a pull request's payload gives. What never turns back (merged) is registered only when
 * it is so; a merge commit before the merge is GitHub's trial merge and says nothing.
 */
export function pullRequestValues(payload: PullRequestPayload): AttributeValues {
  const mergedAt = payload.merged_at ?? undefined;
  return {
    id: payload.id,
    author: payload.user === undefined ? undefined : accountRef(payload.user),
    title: payload.title,
    state: payload.state,
    draft: payload.draft,
    created_at: payload.created_at,
    closed_at: payload.closed_at,
    merged_at: mergedAt,
    merged_by: mergedAt === undefined || payload.merged_by === undefined || payload.merged_by === null ? undefined : accountRef(payload.merged_by),
    updated_at: payload.updated_at,
    merge_commit_sha: mergedAt === undefined ? undefined : (payload.merge_commit_sha ?? undefined),
    additions: payload.additions,
    deletions: payload.deletions,
    changed_files: payload.changed_files,
    commits: payload.commits,
    base_ref: payload.base?.ref,
    head_ref: payload.head?.ref,
    head_sha: payload.head?.sha,
    head_repository_id: payload.head?.repo?.id,
  };
}
