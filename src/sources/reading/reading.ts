import type { z } from 'zod';
import type { AccountSighting } from '#src/domain/account.ts';
import type { RepositoryRef } from '#src/domain/repository.ts';
import type { DeliveryEnvelope, FactChanges, Reading } from '#src/domain/source.ts';
import { NO_EVIDENCE, type PullRequestEvidence } from '#src/domain/timeline/evidence.ts';
import { accountSightings } from './accounts.ts';
import { firstIssue, type AccountPayload, type RepositoryPayload } from './schemas.ts';

/** Parses a payload by a schema and reads it, or says why it cannot be read. */
export function readAs<T extends z.ZodType>(schema: T, payload: unknown, read: (value: z.output<T>) => Reading): Reading {
  const parsed = schema.safeParse(payload);
  return parsed.success ? read(parsed.data) : { outcome: 'dead', reason: firstIssue(parsed.error) };
}

/** A delivery that is kept and makes no facts, with the reason. */
export function ignored(reason: string): Reading {
  return { outcome: 'ignored', reason };
}

/** What every payload shows besides its own subject: the repository and the accounts it names. */
export function seen(
  repository: RepositoryPayload | undefined,
  accounts: readonly (AccountPayload | undefined)[],
  envelope: DeliveryEnvelope,
): Pick<Required<FactChanges>, 'accounts' | 'repositories'> {
  const seenAt = envelope.deliveredAt;
  const sightings: readonly AccountSighting[] = accountSightings(accounts, seenAt);
  return {
    accounts: sightings,
    repositories: repository === undefined ? [] : [{ ...repositoryRef(repository), seenAt, deletedAt: null }],
  };
}

/** How a payload's repository is referred to. */
export function repositoryRef(repository: RepositoryPayload): RepositoryRef {
  return { id: repository.id, fullName: repository.full_name };
}

/** Facts about one pull request. */
export function pullRequestFacts(
  repository: RepositoryPayload,
  number: number,
  evidence: Partial<PullRequestEvidence>,
  accounts: readonly (AccountPayload | undefined)[],
  envelope: DeliveryEnvelope,
): Reading {
  const change = { repository: repositoryRef(repository), number, evidence: { ...NO_EVIDENCE, ...evidence } };
  return { outcome: 'facts', changes: { ...seen(repository, accounts, envelope), pullRequests: [change] } };
}
