import type { DeliveryEnvelope } from '#src/domain/source.ts';
import type { TeamSighting, TransitionTime } from '#src/domain/team.ts';
import type { TeamPayload } from './schemas.ts';

/** A payload's team as a sighting. */
export function teamSighting(team: TeamPayload, organization: string, isDeleted: boolean, envelope: DeliveryEnvelope): TeamSighting {
  return {
    id: team.id,
    organization,
    slug: team.slug,
    name: team.name,
    parentId: team.parent?.id ?? null,
    seenAt: envelope.deliveredAt,
    deletedAt: isDeleted ? envelope.deliveredAt : null,
  };
}

/** Memberships and grants carry no time of their own: it is when the event was delivered. */
export function deliveredTransition(envelope: DeliveryEnvelope): TransitionTime {
  const { deliveredAt, guid } = envelope;
  return { at: deliveredAt, atFrom: 'delivered', knownAt: deliveredAt, knownBy: guid };
}
