/** A permission of the App that something here reads by: always read, never write. */
export interface WantedPermission {
  /** GitHub's name, which stands in a manifest and in what an installation grants: `pull_requests`. */
  readonly name: string;
  /** What GitHub calls it on its pages. */
  readonly title: string;
  /** Whether GitHub lists it under the permissions of repositories or of organisations. */
  readonly of: 'repository' | 'organization';
  /** What it is read for, as the end of "It is read for …". */
  readonly reads: string;
  /** What cannot be known without it: a sentence. */
  readonly without: string;
}

/** Every permission that the sources and the queries of this version need. One that nothing reads by has no place here. */
export const WANTED_PERMISSIONS: readonly WantedPermission[] = [
  {
    name: 'metadata',
    title: 'Metadata',
    of: 'repository',
    reads: 'the names of repositories; GitHub gives it to every App',
    without: 'Repositories that are renamed or made are not noticed.',
  },
  {
    name: 'pull_requests',
    title: 'Pull requests',
    of: 'repository',
    reads: 'pull requests, their reviews, and who was asked for one',
    without: 'Nothing can be collected at all.',
  },
  {
    name: 'issues',
    title: 'Issues',
    of: 'repository',
    reads: 'comments below pull requests, which may be the first response',
    without: 'A comment below a pull request is known only once the pull request is asked for again: first responses come in late.',
  },
  {
    name: 'contents',
    title: 'Contents',
    of: 'repository',
    reads: 'when something was pushed; no file is ever asked for',
    without: 'Pushes are not known: coding time, and rework that ends with a push, stay dark.',
  },
  {
    name: 'members',
    title: 'Members',
    of: 'organization',
    reads: 'teams, who is in them, and which repositories are theirs',
    without: 'Teams are not known: a wait for a team cannot be ended by a review of its members, and there are no figures by team.',
  },
];

/** The permission under which GitHub delivers an event; null for those that every App gets without asking. */
export const EVENT_PERMISSION: Readonly<Record<string, string | null>> = {
  installation: null,
  installation_repositories: null,
  issue_comment: 'issues',
  member: 'members',
  membership: 'members',
  pull_request: 'pull_requests',
  pull_request_review: 'pull_requests',
  pull_request_review_comment: 'pull_requests',
  pull_request_review_thread: 'pull_requests',
  push: 'contents',
  repository: 'metadata',
  team: 'members',
  team_add: 'members',
};
