import type { Installation } from '#src/domain/collection.ts';
import type { GitHubApp, GitHubInstallation } from '#src/github/github.ts';
import type { PollerParts } from './poller-parts.ts';

/** Whether pull requests of an installation may be asked for. */
export function mayCollect({ state, permissions }: Installation): boolean {
  return state === 'active' && whyNot({ state, permissions }) === null;
}

/** Why nothing can be collected from an installation, in a sentence with what to do; null where it can. */
export function whyNot({ state, permissions }: Pick<Installation, 'state' | 'permissions'>): string | null {
  if (state === 'removed') return 'The App was uninstalled: install it again to go on.';
  if (state === 'suspended') return 'The installation of the App is suspended: its owner can lift that in the settings of GitHub.';
  const lacks = permissions['pull_requests'] === undefined;
  return lacks ? 'The installation does not grant pull_requests: read. Its owner can accept the permission in the settings of GitHub.' : null;
}

/** Brings what is remembered of the App's installations up to date, and says in the log what changed. Resolves to all of them, those taken away too. */
export async function refreshInstallations({ collection, clock, log }: PollerParts, app: Pick<GitHubApp, 'installations'>, signal: AbortSignal): Promise<readonly Installation[]> {
  const before = new Map((await collection.installations()).map((installation) => [installation.id, installation]));
  const listed = await app.installations(signal);
  const nowAt = clock.now();
  const isListed = new Set(listed.map(({ id }) => id));
  const now = listed.map((installation) => asNow(installation, before.get(installation.id), nowAt));
  const removed = [...before.values()].filter(({ id }) => !isListed.has(id)).map((one): Installation => (one.state === 'removed' ? one : { ...one, state: 'removed', stateAt: nowAt }));
  const changed = [...now, ...removed].filter((one) => JSON.stringify(one) !== JSON.stringify(before.get(one.id)));
  await collection.putInstallations(changed);
  for (const one of changed) {
    const problem = whyNot(one);
    const fields = { installation: one.id, account: one.account, state: one.state, permissions: one.permissions };
    if (problem === null) log.info(fields, 'an installation is collected from');
    else log.warn({ ...fields, problem }, 'an installation cannot be collected from');
  }
  return [...now, ...removed];
}

/** Of a state and the permissions in it: when either was first seen so is when the state began. */
function asNow({ id, account, permissions, events, suspendedAt }: GitHubInstallation, before: Installation | undefined, nowAt: number): Installation {
  const state = suspendedAt === null ? 'active' : 'suspended';
  const isAsBefore = before?.state === state && (before.permissions['pull_requests'] === undefined) === (permissions['pull_requests'] === undefined);
  return { id, account: account.login, accountType: account.type, state, stateAt: isAsBefore ? before.stateAt : nowAt, permissions, events: [...events] };
}
