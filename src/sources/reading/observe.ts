import type { AccountRef } from '#src/domain/account.ts';
import type { TimeSource } from '#src/domain/event-kind.ts';
import type { DeliveryEnvelope } from '#src/domain/source.ts';
import { sightingKey, type Sighting, type SightingDetail } from '#src/domain/timeline/evidence.ts';

/** An event that a webhook tells of. */
export interface Observation {
  readonly kind: string;
  readonly id?: string;
  readonly at: number;
  readonly atFrom: TimeSource;
  readonly actor: AccountRef | null;
  readonly detail?: SightingDetail;
}

/** Makes a sighting of what a webhook told. */
export function observe(observation: Observation, envelope: DeliveryEnvelope): Sighting {
  const { kind, id, at, atFrom, actor, detail } = observation;
  return {
    kind,
    id: id ?? null,
    at,
    atFrom,
    actor,
    detail: detail ?? {},
    saidAt: envelope.deliveredAt,
    listed: null,
    knownAt: envelope.deliveredAt,
    knownBy: envelope.guid,
    givenState: givenState(kind, detail?.state),
  };
}

/** The state that a review was given: any but `DISMISSED`, which says only what became of it. */
export function givenState(kind: string, state: string | undefined): string | null {
  return kind === 'reviewed' && state !== undefined && state !== 'DISMISSED' ? state : null;
}

/** Sightings under their keys. */
export function keyed(sightings: readonly Sighting[]): Record<string, Sighting> {
  return Object.fromEntries(sightings.map((sighting) => [sightingKey(sighting), sighting]));
}

/** The time of an event that carries none of its own: near the `updated_at` of its payload, else when it was delivered. */
export function nearTime(updatedAt: number | undefined, envelope: DeliveryEnvelope): Pick<Observation, 'at' | 'atFrom'> {
  return updatedAt === undefined ? { at: envelope.deliveredAt, atFrom: 'delivered' } : { at: updatedAt, atFrom: 'near' };
}
