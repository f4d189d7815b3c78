/** Anything that JSON can say. */
export type Payload = Readonly<Record<string, unknown>>;

/** An account as payloads carry it; its id is given so that a login can change. */
export function anAccount(login: string, id: number | string, type: 'User' | 'Bot' | 'Organization' | 'Mannequin' = 'User'): Payload {
  return { login, id, type };
}

/** Who acts in tests: the author, two reviewers, a bot, and GitHub's account for the deleted. */
export const ADA = anAccount('ada', 1);
export const GRACE = anAccount('grace', 2);
export const LIN = anAccount('lin', 3);
export const ROBOT = anAccount('robot[bot]', 4, 'Bot');
export const GHOST_ACCOUNT = anAccount('ghost', 10137);

/** The repository of tests, `acme/widgets` with the id 100. */
export function aRepository(more: Payload = {}): Payload {
  return { id: 100, full_name: 'acme/widgets', ...more };
}

/** An instant of the day on which everything in tests happens: `at('12:00:30')`, or with a fraction. */
export function at(time: string): string {
  return `2025-05-05T${time}Z`;
}

/** The same as epoch ms. */
export function ms(time: string): number {
  return Date.parse(at(time));
}

/** A pull request as webhooks carry it: #1 by ada, opened at noon, open. */
export function aPullRequestPayload(more: Payload = {}): Payload {
  return {
    id: 501,
    number: 1,
    state: 'open',
    title: 'A title',
    draft: false,
    user: ADA,
    created_at: at('12:00:00'),
    updated_at: at('12:00:00'),
    closed_at: null,
    merged_at: null,
    merge_commit_sha: null,
    merged_by: null,
    additions: 3,
    deletions: 2,
    changed_files: 1,
    commits: 1,
    base: { ref: 'main', sha: 'b'.repeat(40), repo: { id: 100 } },
    head: { ref: 'topic', sha: 'a'.repeat(40), repo: { id: 100 } },
    ...more,
  };
}

/** A payload of `pull_request`; whatever the pull request itself says differently goes into `pull`. */
export function aPullRequestEvent(action: string, pull: Payload = {}, more: Payload = {}): Payload {
  return { action, number: 1, pull_request: aPullRequestPayload(pull), repository: aRepository(), sender: ADA, ...more };
}

/** A payload of `pull_request_review`. */
export function aReviewEvent(action: string, review: Payload = {}, pull: Payload = {}, more: Payload = {}): Payload {
  return {
    action,
    review: { id: 11, user: GRACE, state: 'approved', submitted_at: at('12:10:00'), ...review },
    pull_request: aPullRequestPayload({ updated_at: at('12:10:01'), ...pull }),
    repository: aRepository(),
    sender: GRACE,
    ...more,
  };
}

/** A payload of `pull_request_review_comment`. */
export function anInlineCommentEvent(action: string, comment: Payload = {}, more: Payload = {}): Payload {
  return {
    action,
    comment: { id: 31, user: GRACE, created_at: at('12:09:00'), pull_request_review_id: 11, ...comment },
    pull_request: aPullRequestPayload({ updated_at: at('12:10:01') }),
    repository: aRepository(),
    sender: GRACE,
    ...more,
  };
}

/** A payload of `issue_comment` on the pull request. */
export function aCommentEvent(action: string, comment: Payload = {}, issue: Payload = {}, more: Payload = {}): Payload {
  return {
    action,
    comment: { id: 21, user: GRACE, created_at: at('12:05:00'), ...comment },
    issue: {
      number: 1,
      title: 'A title',
      state: 'open',
      draft: false,
      user: ADA,
      created_at: at('12:00:00'),
      updated_at: at('12:05:00'),
      closed_at: null,
      pull_request: { merged_at: null },
      ...issue,
    },
    repository: aRepository(),
    sender: GRACE,
    ...more,
  };
}

/** A payload of `push` to the head branch. */
export function aPushEvent(more: Payload = {}): Payload {
  return {
    ref: 'refs/heads/topic',
    before: 'a'.repeat(40),
    after: 'c'.repeat(40),
    forced: false,
    commits: [{ id: 'c'.repeat(40) }],
    repository: aRepository({ pushed_at: ms('12:20:00') / 1000 }),
    sender: ADA,
    ...more,
  };
}

/** A pull request with its timeline, as a recording holds it: a line of an import. */
export function aRecording(more: Payload = {}): Payload {
  return {
    kind: 'pr',
    number: 1,
    id: 501,
    user: ADA,
    state: 'open',
    draft: false,
    created_at: at('12:00:00'),
    updated_at: at('12:00:00'),
    events: [],
    review_comment_list: [],
    ...more,
  };
}
