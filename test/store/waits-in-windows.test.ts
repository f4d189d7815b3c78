import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { standingClock } from '#src/core/clock.ts';
import type { Stretch } from '#src/core/stretch.ts';
import { uniform, xoshiro128, type Random } from '#src/core/statistics/random.ts';
import type { ReadingStore, Store } from '#src/domain/store.ts';
import type { ComputedSubject, PausedWait } from '#src/domain/subject.ts';
import type { Viewer } from '#src/domain/viewer.ts';
import type { Stage } from '#src/domain/wait.ts';
import { Database } from '#src/store/database.ts';
import { sqliteDialect } from '#src/store/dialect.ts';
import { openReadingStore, openStore, type StoreOptions } from '#src/store/store.ts';
import { size } from '#test/support/figures.ts';
import { startPostgres, type TestPostgres } from '#test/support/postgres.ts';
import { aFold, aPullRequestChange, byId } from './builders.ts';

const DAY = 86_400_000;
const BEGIN = Date.UTC(2022, 0, 3);
const DAYS = 1_500;
const REPOSITORIES = ['10', '9', '11'];
const STAGES: readonly Stage[] = ['review.first_response', 'change.lead'];
const EVERYTHING: Viewer = { sees: 'everything' };

/** A day's midnight three times of ten, so that ends and starts touch the edges of windows. */
function instant(random: Random): number {
  return BEGIN + (uniform(random) < 0.3 ? DAY * Math.floor(uniform(random) * DAYS) : Math.floor(uniform(random) * DAYS * DAY));
}

/** From a minute to three years, or a whole number of days; one in ten has not ended. */
function endAfter(startedAt: number, random: Random): number | null {
  if (uniform(random) < 0.1) return null;
  return startedAt + (uniform(random) < 0.3 ? DAY * Math.floor(uniform(random) * 600) : Math.floor(60_000 * Math.exp(uniform(random) * 14.3)));
}

function aWait(stage: Stage, round: number, random: Random): PausedWait {
  const startedAt = instant(random);
  const endedAt = endAfter(startedAt, random);
  const isPaused = endedAt !== null && endedAt > startedAt + 5_000 && uniform(random) < 0.2;
  return {
    wait: {
      stage,
      round,
      waitsOn: null,
      startedAt,
      startedFrom: 'github',
      endedAt,
      endedFrom: endedAt === null ? null : 'github',
      pausedSeconds: isPaused ? 3 : 0,
      seconds: endedAt === null ? null : (endedAt - startedAt) / 1000 - (isPaused ? 3 : 0),
      outcome: endedAt === null ? null : round === 1 ? 'responded' : 'closed',
      reason: null,
    },
    pauses: isPaused ? [{ fromAt: startedAt + 1_000, toAt: startedAt + 4_000 }] : [],
  };
}

/** Pull requests with two waits of each stage; one in eight is left out of all figures. */
function computed(count: number): ComputedSubject[] {
  const random = xoshiro128(7);
  return Array.from({ length: count }, (_, index) => {
    const about = { repositoryId: REPOSITORIES[index % 3] ?? '', number: 1 + Math.floor(index / 3) };
    const openedAt = instant(random);
    const endedAt = endAfter(openedAt, random);
    return {
      subject: { ...about, counter: 1, kept: null },
      waits: STAGES.flatMap((stage) => [1, 2].map((round) => aWait(stage, round, random))),
      life: {
        ...about,
        title: `Change ${String(about.number)} of ${about.repositoryId}`,
        author: '#1',
        isByHuman: true,
        ignoredFor: index % 8 === 0 ? 'label' : null,
        openedAt,
        endedAt,
        endedBy: endedAt === null ? null : ('merged' as const),
        stays: [{ phase: 'awaiting_review' as const, enteredAt: openedAt, leftAt: endedAt }],
        moving: [],
      },
    };
  });
}

function windows(count: number): Stretch[] {
  const random = xoshiro128(8);
  return Array.from({ length: count }, () => {
    const fromAt = instant(random);
    return { fromAt, toAt: fromAt + Math.max(1, Math.floor(DAY * Math.exp(uniform(random) * 6))) };
  });
}

/** The definition, word for word. */
function overlaps(startedAt: number, endedAt: number | null, { fromAt, toAt }: Stretch): boolean {
  return startedAt < toAt && (endedAt === null || endedAt >= fromAt);
}

/** Tells of all of them, so that they are marked, and puts what was computed. */
async function put(store: Store, subjects: readonly ComputedSubject[]): Promise<void> {
  const pullRequests = subjects.map(({ subject }) => aPullRequestChange(byId(subject.repositoryId, `acme/service-${subject.repositoryId}`), subject.number));
  await store.writer.fold(aFold({ repositories: REPOSITORIES.map((id) => ({ id, fullName: `acme/service-${id}`, seenAt: BEGIN, deletedAt: null })), pullRequests }));
  const marked = new Map((await store.waitWriter.dirty(subjects.length)).map(({ subject }) => [`${subject.repositoryId} ${String(subject.number)}`, subject]));
  const ready = subjects.map((computed) => ({ ...computed, subject: marked.get(`${computed.subject.repositoryId} ${String(computed.subject.number)}`) ?? computed.subject }));
  await store.waitWriter.put(ready, new Map(), 'a policy');
}

describe.each(['SQLite', 'PostgreSQL'])('on %s', (engine) => {
  const everything = computed(400);
  const counted = everything.filter(({ life }) => life?.ignoredFor === null);
  let postgres: TestPostgres | null = null;
  let options: StoreOptions;
  let store: Store;
  let reading: ReadingStore;

  beforeAll(async () => {
    if (engine === 'PostgreSQL') postgres = await startPostgres();
    options = { dataDir: mkdtempSync(join(tmpdir(), 'narrows-windows-')), databaseUrl: (await postgres?.freshDatabase()) ?? null, clock: standingClock(BEGIN) };
    store = await openStore(options);
    await put(store, everything);
    reading = await openReadingStore(options);
  }, 60_000);
  afterAll(async () => {
    await reading.close();
    await store.close();
    await postgres?.stop();
    rmSync(options.dataDir, { recursive: true });
  });

  test('the waits of a window are those that overlap it, and no others', async () => {
    for (const window of windows(size(40, 400))) {
      const found = await reading.waitReader.waits(EVERYTHING, { stages: ['change.lead'], repositoryIds: ['9', '11'], ...window });

      const expected = counted
        .filter(({ subject }) => subject.repositoryId !== '10')
        .flatMap(({ subject, waits }) => waits.filter(({ wait }) => wait.stage === 'change.lead' && overlaps(wait.startedAt, wait.endedAt, window)).map(({ wait }) => `${subject.repositoryId}#${String(subject.number)} ${String(wait.round)}`));
      expect(found.map(({ repositoryId, number, wait }) => `${repositoryId}#${String(number)} ${String(wait.round)}`).sort()).toEqual(expected.sort());
    }
  });

  test('estimates are made of the same waits, with their pauses', async () => {
    for (const window of windows(size(40, 400))) {
      const rows = await reading.waitReader.waits(EVERYTHING, { stages: ['change.lead'], repositoryIds: REPOSITORIES, ...window });
      const { n, subjects, ...columns } = await reading.waitReader.stageWaits(EVERYTHING, { stage: 'change.lead', repositoryIds: REPOSITORIES, ...window });

      const byColumn = Array.from({ length: n }, (_, i) => [
        columns.repositoryIds[columns.repository[i] ?? -1],
        columns.startedAt[i],
        Number.isNaN(columns.endedAt[i]) ? null : columns.endedAt[i],
        columns.outcomes[columns.outcome[i] ?? -1],
        columns.pausedSeconds[i],
        columns.pauses.get(i) ?? [],
      ]);
      const byRow = rows.map(({ repositoryId, wait, pauses }) => [repositoryId, wait.startedAt, wait.endedAt, wait.outcome, wait.pausedSeconds, pauses]);
      expect(byColumn.map((row) => JSON.stringify(row)).sort()).toEqual(byRow.map((row) => JSON.stringify(row)).sort());
      expect(subjects).toBe(new Set(rows.map(({ repositoryId, number }) => `${repositoryId} ${String(number)}`)).size);
      expect(new Set(columns.subject).size).toBe(subjects);
    }
  });

  test('subjects are numbered by repository and number, whatever order the engine finds them in', async () => {
    const whole = { fromAt: BEGIN, toAt: BEGIN + 2 * DAYS * DAY };
    const rows = await reading.waitReader.waits(EVERYTHING, { stages: ['change.lead'], repositoryIds: REPOSITORIES, ...whole });
    const { n, subject, repository, repositoryIds, startedAt } = await reading.waitReader.stageWaits(EVERYTHING, { stage: 'change.lead', repositoryIds: REPOSITORIES, ...whole });

    const inOrder = [...new Set(rows.map(({ repositoryId, number }) => `${repositoryId} ${String(number)}`))];
    const key = new Map(rows.map(({ repositoryId, number, wait }) => [`${repositoryId} ${String(wait.startedAt)}`, `${repositoryId} ${String(number)}`]));
    const numbered = new Map(Array.from({ length: n }, (_, i) => [key.get(`${repositoryIds[repository[i] ?? -1] ?? ''} ${String(startedAt[i])}`), subject[i]]));
    expect(inOrder.map((one) => numbered.get(one))).toEqual(inOrder.map((_, place) => place));
  });

  test('the lives of a window are those that overlap it, by repository and number', async () => {
    for (const window of windows(size(40, 400))) {
      const found = await reading.waitReader.lives(EVERYTHING, { repositoryIds: ['10', '9'], ...window });

      const expected = counted.flatMap(({ life }) => (life !== null && life.repositoryId !== '11' && overlaps(life.openedAt, life.endedAt, window) ? [life] : []));
      expect(found).toEqual(expected.sort((a, b) => (a.repositoryId === b.repositoryId ? a.number - b.number : a.repositoryId < b.repositoryId ? -1 : 1)));
    }
  });

  test('titles come in the order they are asked for; of what is not there or not to be seen there is none', async () => {
    const asked = [{ repositoryId: '9', number: 3 }, { repositoryId: '10', number: 999 }, { repositoryId: '10', number: 1 }];

    expect(await reading.waitReader.titles(EVERYTHING, asked)).toEqual(['Change 3 of 9', null, 'Change 1 of 10']);
    expect(await reading.waitReader.titles({ sees: 'repositories', repositoryIds: ['9'] }, asked)).toEqual(['Change 3 of 9', null, null]);
  });
});

test('a handle for reading can change nothing', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'narrows-reading-')), 'facts.sqlite');
  await (await openStore({ dataDir: dirname(file), databaseUrl: null, clock: standingClock(BEGIN) })).close();
  const database = new Database(await sqliteDialect({ path: file, durability: 'normal', pageSize: 8_192, isReadOnly: true }));

  await expect(database.handle.deleteFrom('waits').execute()).rejects.toMatchObject({ code: 'storage-failed', message: expect.stringContaining('readonly') });

  await database.close();
  rmSync(dirname(file), { recursive: true });
});
