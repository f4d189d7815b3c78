import { isSharedKind } from '#src/domain/event-kind.ts';
import type { Store } from '#src/domain/store.ts';
import pullRequestEvents from '#src/exports/pull-request-events.ts';
import pullRequests from '#src/exports/pull-requests.ts';
import type { Dataset } from '#src/exports/rendering/dataset.ts';
import { exportText } from '#src/exports/rendering/write-rows.ts';
import waits from '#src/exports/waits.ts';
import { exportSources } from '#test/support/export-sources.ts';
import { readExport, type ExportedRow } from '#test/support/installation.ts';

/** The stage that a channel may tell more of: webhooks know pushes. */
const ONE_CHANNEL_STAGE = 'review.rework';

/** What two channels owe to each other, as a stranger reads it: lines of CSV. */
export interface ChannelExports {
  /** Events of the shared kinds. */
  readonly events: readonly string[];
  readonly pullRequests: readonly ExportedRow[];
  /** All waits but those of `review.rework`. */
  readonly waits: readonly string[];
  readonly rework: readonly ExportedRow[];
  /** Pushes that a webhook told of: `number at`. */
  readonly pushes: readonly { readonly number: string; readonly at: number }[];
}

/** Exports everything that a store knows. */
export async function channelExports(store: Store): Promise<ChannelExports> {
  const events = await linesOf(store, pullRequestEvents);
  const allWaits = await linesOf(store, waits);
  const eventRows = readExport(events.text);
  const waitRows = readExport(allWaits.text);
  return {
    events: [events.lines[0] ?? '', ...events.lines.slice(1).filter((_, index) => isSharedKind(eventRows[index]?.['event'] ?? ''))],
    pullRequests: readExport((await linesOf(store, pullRequests)).text),
    waits: [allWaits.lines[0] ?? '', ...allWaits.lines.slice(1).filter((_, index) => waitRows[index]?.['stage'] !== ONE_CHANNEL_STAGE)],
    rework: waitRows.filter(({ stage }) => stage === ONE_CHANNEL_STAGE),
    pushes: eventRows.filter(({ event }) => event === 'pushed').map(({ number = '', at = '' }) => ({ number, at: Date.parse(at) })),
  };
}

async function linesOf(store: Store, dataset: Dataset): Promise<{ readonly text: string; readonly lines: readonly string[] }> {
  let text = '';
  for await (const piece of exportText(dataset, dataset.rows(exportSources(store), { viewer: { sees: 'everything' } }), 'csv')) text += piece;
  const lines = text.split('\r\n').filter((line) => line !== '');
  // A row is a line: nothing that is exported here holds a line break.
  if (lines.length !== readExport(text).length + 1) throw new Error(`An export of ${dataset.of} has rows of several lines.`);
  return { text, lines };
}

/** Lines that only one of two exports has, a few of them, for whoever reads a failing test. */
export function differences(a: readonly string[], b: readonly string[]): string[] {
  const [inA, inB] = [new Set(a), new Set(b)];
  return [...a.filter((line) => !inB.has(line)).map((line) => `- ${line}`), ...b.filter((line) => !inA.has(line)).map((line) => `+ ${line}`)].sort((x, y) => (x.slice(2) < y.slice(2) ? -1 : 1)).slice(0, 40);
}
