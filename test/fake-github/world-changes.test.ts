import { describe, expect, test } from '@jest/globals';
import { buildWorld } from '#test/support/fake-github/build-world.ts';
import type { RecordedAccount, RecordedPull } from '#test/support/fake-github/recorded-pull.ts';
import type { World } from '#test/support/fake-github/world.ts';

const NOON = Date.UTC(2026, 2, 2, 12);
const MINUTE = 60_000;
const ADA: RecordedAccount = { login: 'ada', id: 11, type: 'User' };
const iso = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

const PULL: RecordedPull = {
  kind: 'pr',
  number: 7,
  id: 70,
  user: ADA,
  state: 'open',
  draft: true,
  created_at: iso(NOON - 60 * MINUTE),
  updated_at: iso(NOON - 10 * MINUTE),
  events: [
    { event: 'commented', id: 1, created_at: iso(NOON - 50 * MINUTE), user: ADA },
    { event: 'ready_for_review', created_at: iso(NOON - 40 * MINUTE), actor: ADA },
    { event: 'convert_to_draft', created_at: iso(NOON - 10 * MINUTE), actor: ADA },
  ],
  review_comment_list: [{ id: 2, created_at: iso(NOON - 30 * MINUTE), user: ADA, pull_request_review_id: null }],
};

const makeWorld = (): World => buildWorld({ repositories: [{ fullName: 'acme/app', id: 5, pulls: [PULL] }, { fullName: 'acme/lib', id: 6 }] });
const kinds = (world: World, from: number, to = Infinity): string[] => [...world.happenings(from, to)].map(({ kind }) => kind);

describe('a pull request of the world', () => {
  test('is a draft by the turns that it took until then', () => {
    const world = makeWorld();

    const drafts = [55, 30, 5].map((minutes) => world.pull(5, 7, NOON - minutes * MINUTE)?.isDraft);

    expect(drafts).toEqual([true, false, true]);
    expect(world.pull(5, 7, NOON - 61 * MINUTE)).toBeNull();
  });

  test('that is edited shows the change from its own time on, and was updated then', () => {
    const world = makeWorld();

    world.editPull('acme/app', 7, (pull) => ({ ...pull, events: [...pull.events, { event: 'commented', id: 3, created_at: iso(NOON), user: ADA }] }));

    expect([NOON - 1, NOON].map((at) => world.pull(5, 7, at)?.comments.map(({ id }) => id))).toEqual([[1], [1, 3]]);
    expect([NOON - 1, NOON].map((at) => world.entries(5, at)[0]?.updatedAt)).toEqual([NOON - 10 * MINUTE, NOON]);
  });

  test('loses a deleted comment from then on, is updated by that, and tells of it', () => {
    const world = makeWorld();

    world.deleteComment('acme/app', 7, 1, NOON);
    world.deleteComment('acme/app', 7, 2, NOON + MINUTE);

    const seen = [NOON - 1, NOON, NOON + MINUTE].map((at) => {
      const state = world.pull(5, 7, at);
      return [state?.comments.length, state?.lineComments.length, state?.updatedAt];
    });
    expect(seen).toEqual([[1, 1, NOON - 10 * MINUTE], [0, 1, NOON], [0, 0, NOON + MINUTE]]);
    expect([...world.happenings(NOON, Infinity)]).toMatchObject([{ kind: 'comment_deleted', commentId: 1, isOnLine: false }, { kind: 'comment_deleted', commentId: 2, isOnLine: true }]);
    expect(kinds(world, 0, NOON).filter((kind) => kind === 'line_comment')).toHaveLength(1);
    expect(() => world.deleteComment('acme/app', 7, 99, NOON)).toThrow('no comment 99');
  });

  test('may be planted while the world is looked at', () => {
    const world = makeWorld();
    const before = world.entries(5, NOON).length;

    world.plantPull('acme/app', { ...PULL, number: 8, id: 80 });

    expect([before, world.entries(5, NOON).length]).toEqual([1, 2]);
    expect(world.entries(5, NOON - 61 * MINUTE)).toEqual([]);
  });
});

describe('what happened', () => {
  test('is told in order of time, once, in half-open windows', () => {
    const world = makeWorld();

    const whole = [...world.happenings(0, Infinity)];
    const parts = [...world.happenings(0, NOON - 40 * MINUTE), ...world.happenings(NOON - 40 * MINUTE, Infinity)];

    expect(whole.map(({ at }) => at)).toEqual(whole.map(({ at }) => at).sort((a, b) => a - b));
    expect(parts).toEqual(whole);
    expect(whole.map(({ kind }) => kind)).toEqual(['opened', 'timeline', 'timeline', 'line_comment', 'timeline']);
  });
});

describe('a repository of the world', () => {
  test('that is renamed keeps its id and what is in it, and answers to both names', () => {
    const world = makeWorld();

    world.rename('acme/app', 'acme/application', NOON);

    expect([NOON - 1, NOON].map((at) => world.repository(5, at)?.fullName)).toEqual(['acme/app', 'acme/application']);
    expect(world.repositoryNamed('ACME/App', NOON)).toMatchObject({ isEarlierName: true, repository: { id: 5 } });
    expect(world.repositoryNamed('acme/application', NOON - 1)).toBeNull();
    expect([...world.happenings(NOON, Infinity)]).toMatchObject([{ kind: 'renamed', from: 'acme/app', repository: { fullName: 'acme/application' } }]);
  });

  test('that is transferred goes to the installation of its new owner', () => {
    const world = makeWorld();

    world.rename('acme/app', 'globex/app', NOON);

    const owners = (at: number): unknown => world.installations(at).map(({ account, repositoryIds }) => [account.login, repositoryIds]);
    expect(owners(NOON - 1)).toEqual([['acme', [5, 6]], ['globex', []]]);
    expect(owners(NOON)).toEqual([['acme', [6]], ['globex', [5]]]);
    expect(kinds(world, NOON)).toContain('transferred');
  });

  test('is archived, and taken out of its installation, from then on', () => {
    const world = makeWorld();

    world.archive('acme/app', NOON);
    world.removeFromInstallation('acme/lib', NOON + 1);
    world.addToInstallation('acme/lib', NOON + 2);

    expect([NOON - 1, NOON].map((at) => world.repository(5, at)?.isArchived)).toEqual([false, true]);
    expect([NOON, NOON + 1, NOON + 2].map((at) => world.installations(at)[0]?.repositoryIds)).toEqual([[5, 6], [5], [5, 6]]);
    expect(kinds(world, NOON)).toEqual(['archived', 'removed_from_installation', 'added_to_installation']);
  });
});

describe('an installation of the world', () => {
  test('is suspended, let in again, granted other permissions and taken away', () => {
    const world = makeWorld();
    const id = world.installations(NOON)[0]?.id ?? '';

    world.suspendInstallation(id, NOON);
    world.unsuspendInstallation(id, NOON + 1);
    world.grant(id, { permissions: { metadata: 'read' } }, NOON + 2);
    world.uninstall(id, NOON + 3);

    const at = (instant: number): unknown => world.installations(instant).map(({ suspendedAt, permissions }) => [suspendedAt, Object.keys(permissions).length]);
    const all = Object.keys(world.app.permissions).length;
    expect([NOON - 1, NOON, NOON + 1, NOON + 2, NOON + 3].map(at)).toEqual([[[null, all]], [[NOON, all]], [[null, all]], [[null, 1]], []]);
  });
});
