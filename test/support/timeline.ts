import { formatInstant } from '#src/core/instant.ts';
import { accountDirectory, type AccountSighting } from '#src/domain/account.ts';
import type { Delivery } from '#src/domain/delivery.ts';
import type { Push } from '#src/domain/push.ts';
import { joinEvidence, NO_EVIDENCE, type PullRequestEvidence, type Sighting } from '#src/domain/timeline/evidence.ts';
import type { PullRequest, TimelineEvent } from '#src/domain/timeline/event.ts';
import { resolveTimeline } from '#src/domain/timeline/resolve.ts';
import { lineDelivery } from '#src/ingest/import/line-delivery.ts';
import { readDelivery, type DeliveryReading, type SourcesByEvent } from '#src/ingest/read-delivery.ts';
import type { Payload } from './github-payloads.ts';
import { aWebhook } from './sources.ts';

/** A recording of `acme/widgets` as an import makes it a delivery. */
export function aListing(recording: Payload, takenAt: number): Delivery {
  const reading = lineDelivery(JSON.stringify(recording), { repository: 'acme/widgets', takenAt, receivedAt: takenAt });
  if ('problem' in reading) throw new Error(`The recording of a test ${reading.problem}.`);
  return reading.delivery;
}

/** What a source makes of a webhook's payload. */
export function readWebhook(sources: SourcesByEvent, event: string, payload: unknown, more: Partial<Delivery> = {}): DeliveryReading {
  return readDelivery(aWebhook(event, payload, more), sources);
}

/** The evidence of a reading about its one pull request. */
export function evidenceOf(reading: DeliveryReading): PullRequestEvidence {
  const change = reading.outcome === 'facts' ? reading.changes.pullRequests?.[0] : undefined;
  if (change === undefined) throw new Error(`The delivery tells of no pull request: ${JSON.stringify(reading)}.`);
  return change.evidence;
}

/** A sighting or an event in short: kind, id, time, where the time is from, actor, and the rest where there is any. */
export function inShort({ kind, id, at, atFrom, actor, detail }: Sighting | TimelineEvent): unknown[] {
  const short = [kind, id, formatInstant(at), atFrom, actor];
  return Object.keys(detail).length === 0 ? short : [...short, detail];
}

/** What a webhook is seen to tell, in short. */
export function sightingsOf(reading: DeliveryReading): unknown[] {
  return Object.values(evidenceOf(reading).sightings).map(inShort);
}

/** The pull request that deliveries about one amount to; gone events are left out unless wanted. */
export function pullRequestOf(sources: SourcesByEvent, deliveries: readonly Delivery[], withGone = false): PullRequest {
  const sightings: AccountSighting[] = [];
  const pushes: Push[] = [];
  let evidence = NO_EVIDENCE;
  for (const delivery of deliveries) {
    const reading = readDelivery(delivery, sources);
    if (reading.outcome !== 'facts') continue;
    sightings.push(...(reading.changes.accounts ?? []));
    pushes.push(...(reading.changes.pushes ?? []).map(({ repository, ...push }) => ({ ...push, repositoryId: repository.id ?? '' })));
    for (const change of reading.changes.pullRequests ?? []) evidence = joinEvidence(evidence, change.evidence);
  }
  const context = { repositoryId: '100', number: 1, accounts: accountDirectory(sightings), pushes, withGone };
  const pullRequest = resolveTimeline(evidence, context);
  if (pullRequest === null) throw new Error('The deliveries do not tell when the pull request was opened.');
  return pullRequest;
}

/** The events of that pull request, in short, of some kinds or of all. */
export function timelineOf(sources: SourcesByEvent, deliveries: readonly Delivery[], kinds?: readonly string[], withGone = false): unknown[] {
  const { events } = pullRequestOf(sources, deliveries, withGone);
  return events.filter(({ kind }) => kinds === undefined || kinds.includes(kind)).map(inShort);
}
