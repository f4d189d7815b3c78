import { EVENT_PERMISSION, WANTED_PERMISSIONS, type WantedPermission } from './permissions.ts';

/** What an App must be allowed so that every source of this version hears what it reads. */
export interface AppAccess {
  readonly permissions: readonly WantedPermission[];
  /** The events to subscribe to, in order; those that every App gets are not among them. */
  readonly events: readonly string[];
}

/**
 * The access that these sources need, by the events that each reads. Events that are no webhook of GitHub (listings and
 * files that are imported) have no permission and are left out; a permission is asked for when an event comes by it, or
 * when a query needs it.
 */
export function appAccess(sourceEvents: Iterable<string>): AppAccess {
  const events = [...new Set(sourceEvents)].filter((event) => typeof EVENT_PERMISSION[event] === 'string').sort();
  return { permissions: WANTED_PERMISSIONS, events };
}

/** A permission that is wanted and not granted, and the events that do not come without it. */
export interface MissingPermission {
  readonly permission: WantedPermission;
  readonly events: readonly string[];
}

/** What is not granted of what is wanted. Read is enough; whoever grants more has granted it. */
export function missingPermissions({ permissions, events }: AppAccess, granted: Readonly<Record<string, string>>): readonly MissingPermission[] {
  return permissions
    .filter(({ name }) => granted[name] === undefined && name !== GIVEN)
    .map((permission) => ({ permission, events: events.filter((event) => EVENT_PERMISSION[event] === permission.name) }));
}

/** Events that are wanted, could come by what is granted, and are not subscribed to. */
export function missingEvents({ events }: AppAccess, granted: Readonly<Record<string, string>>, subscribed: readonly string[]): readonly string[] {
  return events.filter((event) => !subscribed.includes(event) && (granted[EVENT_PERMISSION[event] ?? ''] !== undefined || EVENT_PERMISSION[event] === GIVEN));
}

/** What an installation has granted. */
export interface GrantedAccess {
  readonly accountType: 'Organization' | 'User';
  /** GitHub's names and levels. */
  readonly permissions: Readonly<Record<string, string>>;
  readonly events: readonly string[];
}

/** What of the wanted access an installation lacks. A person's account has no members: nothing is lacking there. */
export interface AccessGaps {
  readonly permissions: readonly MissingPermission[];
  /** Events that its permissions allow and that the App does not subscribe to. */
  readonly events: readonly string[];
}

/** What an installation lacks of what is wanted, and so what stays dark. */
export function installationGaps(access: AppAccess, { accountType, permissions, events }: GrantedAccess): AccessGaps {
  return {
    permissions: missingPermissions(access, permissions).filter(({ permission }) => permission.of === 'repository' || accountType === 'Organization'),
    events: missingEvents(access, permissions, events),
  };
}

/** Nobody can withhold it, and older Enterprise Servers do not list it. */
const GIVEN = 'metadata';
