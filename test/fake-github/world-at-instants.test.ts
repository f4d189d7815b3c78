import { describe, expect, test } from '@jest/globals';
import { pullAt } from '#test/support/fake-github/pull-at.ts';
import { GUI_ID, guiWorld } from '#test/support/fake-github/gui-world.ts';
import type { RecordedEvent, RecordedPull } from '#test/support/fake-github/recorded-pull.ts';
import { aboutGui, guiSnapshots } from '#test/support/gui-recording.ts';

const snapshots = guiSnapshots();
const world = guiWorld();
const DAY = 86_400_000;

const iso = (at: number | null): string | null => (at === null ? null : `${new Date(at).toISOString().slice(0, 19)}Z`);
const idsOf = (items: readonly { readonly id?: number; readonly state?: string }[]): string[] => items.map(({ id = 0, state = '' }) => `${String(id)} ${state.toLowerCase()}`);
const events = (items: readonly RecordedEvent[], ...kinds: readonly string[]): readonly RecordedEvent[] => items.filter(({ event }) => kinds.includes(event));
const turnsOf = (items: readonly RecordedEvent[]): string[] =>
  events(items, 'review_requested', 'review_request_removed', 'ready_for_review', 'convert_to_draft', 'closed', 'reopened', 'merged', 'head_ref_force_pushed').map(({ event, created_at: at = '' }) => `${event} ${at}`);
const shasOf = (items: readonly RecordedEvent[]): string[] => events(items, 'committed').map(({ sha = '' }) => sha);

/** What the world lacks (`no comments`) or has too much (`more comments`) of a pull request, beside what was recorded at that instant. */
function differences(recorded: RecordedPull, at: number): readonly string[] {
  const state = world.pull(GUI_ID, recorded.number, at);
  if (state === null) return ['existence'];
  const wasState = recorded.merged_at != null ? 'MERGED' : recorded.state === 'closed' ? 'CLOSED' : 'OPEN';
  const equal = {
    state: state.state === wasState,
    draft: state.isDraft === recorded.draft,
    closed: iso(state.closedAt) === (recorded.closed_at ?? null),
    merged: iso(state.mergedAt) === (recorded.merged_at ?? null),
    head: state.headSha === recorded.head_sha,
  };
  const lists: Readonly<Record<string, readonly [shown: readonly string[], recorded: readonly string[]]>> = {
    inline: [idsOf(state.lineComments), idsOf(recorded.review_comment_list ?? [])],
    reviews: [idsOf(state.reviews), idsOf(events(recorded.events, 'reviewed'))],
    comments: [idsOf(state.comments), idsOf(events(recorded.events, 'commented'))],
    turns: [turnsOf(state.events), turnsOf(recorded.events)],
    commits: [shasOf(state.events), shasOf(recorded.events)],
  };
  return [
    ...Object.entries(equal).flatMap(([part, isEqual]) => (isEqual ? [] : [part])),
    ...Object.entries(lists).flatMap(([part, [shown, was]]) => [
      ...(was.every((one) => shown.includes(one)) ? [] : [`no ${part}`]),
      ...(shown.every((one) => was.includes(one)) ? [] : [`more ${part}`]),
    ]),
  ];
}

/**
 * What the last recording no longer knows, pull requests by kind: a comment and a review that were deleted since, turns
 * that GitHub lost, commits that a force push replaced. Nothing is there that had not happened.
 */
const FORGOTTEN: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  '2023-07-30T23:52:57Z': { 'no comments': 1, 'no reviews': 1, 'no turns': 3, 'no commits': 6 },
  '2024-02-29T17:49:32Z': { 'no reviews': 1, 'no turns': 2, 'no commits': 6 },
  '2025-02-27T03:02:50Z': { 'no turns': 2, 'no commits': 3 },
};

describe('the world at an instant', () => {
  test.each(snapshots.slice(0, 3))('is what was recorded then ($takenAt), but for what the last recording has forgotten', ({ takenAt, lines }) => {
    const at = Date.parse(takenAt);

    const found: Record<string, number> = {};
    for (const line of lines) for (const part of differences(JSON.parse(line), at)) found[part] = (found[part] ?? 0) + 1;

    const lacking = aboutGui.snapshots.find(({ taken_at }) => taken_at === takenAt)?.lacking ?? [];
    expect(world.entries(GUI_ID, at)).toHaveLength(lines.length + lacking.length);
    expect(found).toEqual(FORGOTTEN[takenAt]);
  });

  test('is the recording itself at last', () => {
    const { takenAt, lines } = snapshots[3];

    const different = lines.flatMap((line) => differences(JSON.parse(line), Date.parse(takenAt)));
    const updated = world.entries(GUI_ID, Date.parse(takenAt)).map(({ updatedAt }) => iso(updatedAt));

    expect(different).toEqual([]);
    expect(updated).toEqual(lines.map((line) => JSON.parse(line).updated_at));
  });

  test('shows nothing that comes later, and what it says was updated never goes back', () => {
    let latest = new Map<number, number>();
    for (let at = Date.UTC(2020, 5, 1); at < Date.UTC(2026, 5, 1); at += 91 * DAY) {
      const entries = world.entries(GUI_ID, at);

      expect(entries.filter(({ createdAt, updatedAt }) => createdAt > at || updatedAt > at)).toEqual([]);
      expect(entries.filter(({ number, updatedAt }) => updatedAt < (latest.get(number) ?? 0))).toEqual([]);
      expect(entries.length).toBeGreaterThanOrEqual(latest.size);
      latest = new Map(entries.map(({ number, updatedAt }) => [number, updatedAt]));
    }
    expect(latest.size).toBe(519);
  });

  test('has a list that agrees with its pull requests, whichever way time was moved before', () => {
    const moments = [2021.3, 2024.6, 2022.9, 2022.9, 2020.8].map((year) => Date.UTC(Math.floor(year), Math.floor((year % 1) * 12), 9));

    for (const at of moments) {
      const fresh = [...world.pulls(GUI_ID)].flatMap((pull) => pullAt(pull, at) ?? []).map(({ number, createdAt, updatedAt, state }) => ({ number, createdAt, updatedAt, state }));

      expect(world.entries(GUI_ID, at).map(({ number, createdAt, updatedAt, state }) => ({ number, createdAt, updatedAt, state }))).toEqual(fresh);
    }
  });
});
