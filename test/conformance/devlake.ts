import type { ExportedPullRequest } from './exported-pull-requests.ts';

/** What Apache DevLake says of one merged pull request, in minutes; null where it says nothing. */
export interface DevlakeMinutes {
  readonly coding: number | null;
  readonly pickup: number | null;
  readonly review: number | null;
  readonly cycle: number | null;
}

const RESPONSES = new Set(['commented', 'review_commented', 'reviewed']);

/** The values of Apache DevLake, by its formulas, from exported facts. */
export function devlakeMinutes(pull: ExportedPullRequest): DevlakeMinutes {
  const { author, createdAt, mergedAt, events } = pull;
  const authored = events.filter(({ event }) => event === 'committed').map(({ detail }) => Date.parse(String(detail['author_date'])) / 1000);
  const responses = events.filter(({ event, actor }) => RESPONSES.has(event) && actor !== author).map(({ at }) => at);
  const firstAuthored = authored.length === 0 ? null : Math.min(...authored);
  const firstResponse = responses.length === 0 ? null : Math.min(...responses);
  const coding = span(firstAuthored, createdAt);
  const toMerge = span(createdAt, mergedAt);
  return {
    coding,
    pickup: span(createdAt, firstResponse),
    review: span(firstResponse, mergedAt),
    cycle: coding === null && toMerge === null ? null : (coding ?? 0) + (toMerge ?? 0),
  };
}

/** Minutes begun between two instants; null where one is missing or they stand the other way round. */
function span(start: number | null, end: number | null): number | null {
  return start === null || end === null || end < start ? null : Math.ceil((end - start) / 60);
}
