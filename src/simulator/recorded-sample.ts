import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { formatInstant, parseInstant } from '#src/core/instant.ts';

/** The recording is cut here: until then it was busy. */
const CUT_AT = Date.UTC(2021, 6, 1);

const WEEK_MS = 7 * 86_400_000;

/** A Monday 00:00 UTC: where weeks are counted from. */
const MONDAY = Date.UTC(1970, 0, 5);

/** The repository that was recorded. */
export const SAMPLE_REPOSITORY = 'bitcoin-core/gui';

/** Recorded facts as if they were of today. */
export interface RecordedSample {
  /** Recordings, a line each, ready to be imported. */
  readonly lines: readonly string[];
  /** When they are taken as of, epoch ms. */
  readonly takenAt: number;
  /** By how much every instant was moved, ms: whole weeks, so that Mondays stay Mondays. */
  readonly shiftMs: number;
}

type Item = Readonly<Record<string, unknown>>;

/**
 * The bundled recording, cut at the end of June 2021 and moved by whole weeks so that it ends in the week of
 * `nowAt`; what would lie after `nowAt` has not happened yet. Each pull request is as it stood then:
 * events, state and ends are cut alike.
 */
export async function recordedSample(file: string, nowAt: number): Promise<RecordedSample> {
  const shiftMs = weekOf(nowAt) - weekOf(CUT_AT - 1);
  const until = Math.min(CUT_AT, nowAt - shiftMs);
  const lines: string[] = [];
  for await (const text of createInterface({ input: createReadStream(file).pipe(createGunzip()), crlfDelay: Infinity })) {
    const recorded: unknown = JSON.parse(text);
    const then = isItem(recorded) ? asOf(recorded, until) : null;
    if (then !== null) lines.push(JSON.stringify(moved(then, shiftMs)));
  }
  return { lines, takenAt: until + shiftMs, shiftMs };
}

/** The Monday that an instant's week starts with. */
function weekOf(at: number): number {
  return at - ((((at - MONDAY) % WEEK_MS) + WEEK_MS) % WEEK_MS);
}

/** A recorded pull request as it stood at an instant; null when it was not opened yet. */
function asOf(recorded: Item, until: number): Item | null {
  const createdAt = parseInstant(recorded['created_at']);
  if (createdAt === null || createdAt > until) return null;
  const events = items(recorded['events']).filter((event) => timeOf(event) <= until);
  const comments = items(recorded['review_comment_list']).filter((comment) => timeOf(comment) <= until);
  const last = events.findLast((event) => event['event'] === 'closed' || event['event'] === 'reopened');
  const mergedAt = happened(recorded['merged_at'], until);
  const closedAt = last?.['event'] === 'closed' ? (happened(recorded['closed_at'], until) ?? last['created_at']) : null;
  const draftEvent = events.findLast((event) => event['event'] === 'convert_to_draft' || event['event'] === 'ready_for_review');
  const firstDraftEvent = items(recorded['events']).find((event) => event['event'] === 'convert_to_draft' || event['event'] === 'ready_for_review');
  const draft = draftEvent === undefined ? (firstDraftEvent === undefined ? recorded['draft'] : firstDraftEvent['event'] === 'ready_for_review') : draftEvent['event'] === 'convert_to_draft';
  const updatedAt = Math.max(createdAt, ...events.map(timeOf), ...comments.map(timeOf));
  return {
    ...recorded,
    state: mergedAt !== null || closedAt !== null ? 'closed' : 'open',
    draft,
    closed_at: mergedAt ?? closedAt,
    merged_at: mergedAt,
    updated_at: formatInstant(updatedAt),
    commits: events.filter((event) => event['event'] === 'committed').length,
    comments: events.filter((event) => event['event'] === 'commented').length,
    events,
    review_comment_list: comments,
  };
}

function happened(value: unknown, until: number): unknown {
  const at = parseInstant(value);
  return at !== null && at <= until ? value : null;
}

/** When an item of a timeline happened; one without a time never did. */
function timeOf(item: Item): number {
  return parseInstant(item['submitted_at'] ?? item['created_at'] ?? item['committer_date']) ?? Infinity;
}

/** The same with every instant moved. */
function moved(value: unknown, shiftMs: number): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => moved(item, shiftMs));
  if (isItem(value)) return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, moved(member, shiftMs)]));
  if (typeof value !== 'string') return value;
  const at = parseInstant(value);
  return at === null ? value : formatInstant(at + shiftMs);
}

function items(value: unknown): Item[] {
  return Array.isArray(value) ? value.filter(isItem) : [];
}

function isItem(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
