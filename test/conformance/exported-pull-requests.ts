import { readExport, type ExportedRow, type Installation } from '#test/support/installation.ts';

/** An event as a stranger reads it from `narrows export facts pull-request-events`. */
export interface ExportedEvent {
  readonly event: string;
  readonly id: string;
  /** A login; empty where nobody is known. */
  readonly actor: string;
  readonly actorType: string;
  /** Epoch seconds. */
  readonly at: number;
  readonly detail: Readonly<Record<string, string | boolean | undefined>>;
}

/** A pull request as a stranger reads it from both exports. */
export interface ExportedPullRequest {
  readonly number: number;
  readonly author: string;
  readonly state: string;
  readonly draft: boolean;
  /** Epoch seconds, as the two below. */
  readonly createdAt: number;
  readonly closedAt: number | null;
  readonly mergedAt: number | null;
  readonly additions: number;
  readonly deletions: number;
  readonly commits: number;
  /** In the export's order, which is that of time. */
  readonly events: readonly ExportedEvent[];
}

/** Exports the facts of an installation and reads them again: all that the peers' formulas get to see. */
export async function exportedPullRequests(installation: Installation): Promise<ExportedPullRequest[]> {
  const events = new Map<string, ExportedRow[]>();
  for (const row of readExport(await installation.exportCsv('pull-request-events'))) {
    const number = field(row, 'number');
    const known = events.get(number);
    if (known === undefined) events.set(number, [row]);
    else known.push(row);
  }
  const rows = readExport(await installation.exportCsv('pull-requests'));
  return rows.map((row) => exportedPullRequest(row, events.get(field(row, 'number')) ?? []));
}

function exportedPullRequest(row: ExportedRow, events: readonly ExportedRow[]): ExportedPullRequest {
  return {
    number: Number(row['number']),
    author: field(row, 'author'),
    state: field(row, 'state'),
    draft: field(row, 'draft') === 'true',
    createdAt: seconds(field(row, 'created_at')),
    closedAt: secondsOrNull(field(row, 'closed_at')),
    mergedAt: secondsOrNull(field(row, 'merged_at')),
    additions: Number(row['additions']),
    deletions: Number(row['deletions']),
    commits: Number(row['commits']),
    events: events.map(exportedEvent),
  };
}

function exportedEvent(row: ExportedRow): ExportedEvent {
  return {
    event: field(row, 'event'),
    id: field(row, 'event_id'),
    actor: field(row, 'actor'),
    actorType: field(row, 'actor_type'),
    at: seconds(field(row, 'at')),
    detail: JSON.parse(field(row, 'detail')),
  };
}

function field(row: ExportedRow, name: string): string {
  const value = row[name];
  if (value === undefined) throw new Error(`The export has no column ${name}.`);
  return value;
}

/** An instant of an export as epoch seconds. */
export function seconds(instant: string): number {
  const at = Date.parse(instant) / 1000;
  if (!Number.isInteger(at)) throw new Error(`${instant} is not an instant in whole seconds.`);
  return at;
}

function secondsOrNull(instant: string): number | null {
  return instant === '' ? null : seconds(instant);
}
