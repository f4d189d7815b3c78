import { NarrowsError } from '#src/core/errors.ts';
import type { CollectedRepository } from '#src/domain/collection.ts';
import type { HeadPage, ListedPullRequest, ListingPage, PullRequestHead, PullRequestLister } from '#src/poller/pull-request-lister.ts';

/** A pull request of the world: what its listing would say is its number and its update. */
export interface WorldPull {
  readonly repositoryId: string;
  readonly number: number;
  updatedAt: number;
  isOpen: boolean;
}

/** What tests change of a world, and what it was asked. */
export interface ListedWorld extends PullRequestLister {
  readonly pulls: WorldPull[];
  /** Questions in order: `page 1 a 25`, `byIds P1`. */
  readonly asked: string[];
  /** Called before each question is answered; what it throws is the answer. */
  before: (question: string) => void;
  /** Listings of more than so many at once are too large. */
  largest: number;
  /** Whether a listing taken now is complete. */
  isComplete: (pull: WorldPull) => boolean;
  /** Repositories that may not be read. */
  readonly forbidden: Set<string>;
}

/** The GraphQL id of a pull request of the world. */
export function nodeIdOf({ repositoryId, number }: Pick<WorldPull, 'repositoryId' | 'number'>): string {
  return `P_${repositoryId}_${String(number)}`;
}

/** A world that is listed without GitHub: pages by newest update, with cursors that stay where they are when things move. */
export function listedWorld(pulls: readonly WorldPull[], now: () => number): ListedWorld {
  const world: ListedWorld = {
    pulls: pulls.map((pull) => ({ ...pull })),
    asked: [],
    before: () => undefined,
    largest: Infinity,
    isComplete: () => true,
    forbidden: new Set(),

    async page({ id, fullName }, { after, size }): Promise<ListingPage> {
      await ask(`page ${id} ${after ?? 'start'} ${String(size)}`);
      refuse(id, fullName, size);
      const { items, next, total } = slice(id, after, size);
      return { pullRequests: items.map(listed), next, total, askedAt: now() };
    },
    async byIds(nodeIds): Promise<ListedPullRequest[]> {
      await ask(`byIds ${nodeIds.join(' ')}`);
      if (nodeIds.length > world.largest) throw tooLarge();
      return nodeIds.flatMap((nodeId) => readable().filter((pull) => nodeIdOf(pull) === nodeId).map(listed));
    },
    async heads({ id, fullName }, { after, size }): Promise<HeadPage> {
      await ask(`heads ${id} ${after ?? 'start'} ${String(size)}`);
      refuse(id, fullName, 0);
      const { items, next, total } = slice(id, after, size);
      return { heads: items.map(head), next, total, askedAt: now() };
    },
    async newestHeads(repositories: readonly CollectedRepository[]) {
      await ask(`newestHeads ${repositories.map(({ id }) => id).join(' ')}`);
      return repositories
        .filter(({ id }) => !world.forbidden.has(id))
        .map(({ id, nodeId }) => {
          const { items, next, total } = slice(id, null, 10);
          return { nodeId, heads: items.map(head), next, total, askedAt: now() };
        });
    },
    async headsOf(nodeIds): Promise<PullRequestHead[]> {
      await ask(`headsOf ${nodeIds.join(' ')}`);
      return readable().filter((pull) => nodeIds.includes(nodeIdOf(pull))).map(head);
    },
  };

  /** Everything asked takes a turn of the event loop, as it would of a network. */
  const ask = async (question: string): Promise<void> => {
    await new Promise(setImmediate);
    world.asked.push(question);
    world.before(question);
  };
  const refuse = (id: string, fullName: string, size: number): void => {
    if (world.forbidden.has(id)) throw new NarrowsError('github-forbidden', `GitHub refuses ${fullName}.`);
    if (size > world.largest) throw tooLarge();
  };
  const readable = (): WorldPull[] => world.pulls.filter(({ repositoryId }) => !world.forbidden.has(repositoryId));
  const slice = (id: string, after: string | null, size: number) => {
    const all = world.pulls.filter(({ repositoryId }) => repositoryId === id).sort((a, b) => b.updatedAt - a.updatedAt || b.number - a.number);
    const [at = Infinity, number = Infinity] = after === null ? [] : after.split(':').map(Number);
    const rest = all.filter((pull) => pull.updatedAt < at || (pull.updatedAt === at && pull.number < number));
    const items = rest.slice(0, size);
    const last = items.at(-1);
    return { items, total: all.length, next: rest.length > size && last !== undefined ? `${String(last.updatedAt)}:${String(last.number)}` : null };
  };
  const head = (pull: WorldPull): PullRequestHead => ({ nodeId: nodeIdOf(pull), number: pull.number, updatedAt: pull.updatedAt, isOpen: pull.isOpen });
  const listed = (pull: WorldPull): ListedPullRequest => {
    const isComplete = world.isComplete(pull);
    const about = `${pull.repositoryId} ${String(pull.number)} ${String(pull.updatedAt)} ${String(isComplete)}`;
    return {
      ...head(pull),
      takenAt: now(),
      isComplete,
      parts: null,
      delivery: { guid: `${about} ${String(now())}`, channel: 'api', event: 'pull_request_listing', deliveredAt: now(), takenAt: now(), format: 'json', body: Buffer.from(about) },
    };
  };
  return world;
}

function tooLarge(): NarrowsError {
  return new NarrowsError('github-too-large', 'The query timed out.');
}
