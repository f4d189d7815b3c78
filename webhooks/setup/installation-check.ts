import type { GitHubInstallation } from '#src/github/github.ts';

/** Whether anything can be collected from an installation: it is not suspended, and grants to read pull requests. */
export function isUsable({ suspendedAt, permissions }: Pick<GitHubInstallation, 'suspendedAt' | 'permissions'>): boolean {
  return suspendedAt === null && permissions['pull_requests'] !== undefined;
}
