import type { Caller } from './hooks.ts';
import type { InstallationState, RepositoryState, World } from './world.ts';

/** The installation that calls; null for any other caller, and where it is gone. */
export function callingInstallation(world: World, caller: Caller, at: number): InstallationState | null {
  if (caller.kind !== 'installation') return null;
  return world.installations(at).find(({ id }) => id === caller.installationId) ?? null;
}

/** Which repositories a caller sees: an installation its own, a personal token all, others those that are public. */
export function sightOf(world: World, caller: Caller, at: number): (repository: RepositoryState) => boolean {
  if (caller.kind === 'token') return () => true;
  if (caller.kind !== 'installation') return ({ isPrivate }) => !isPrivate;
  const own = new Set(callingInstallation(world, caller, at)?.repositoryIds);
  return ({ id }) => own.has(id);
}

/** Whether a caller sees who is in an organisation: a personal token always, an installation that of its own account. */
export function seesInside(world: World, caller: Caller, at: number, organization: string): boolean {
  return caller.kind === 'token' || callingInstallation(world, caller, at)?.account.login.toLowerCase() === organization.toLowerCase();
}
