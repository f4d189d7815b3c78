import type { PullRequestEvidence } from '#src/domain/timeline/evidence.ts';
import type { SightingList } from '#src/domain/timeline/sighting-list.ts';
import { decodeAttributes, encodeAttributes } from './attribute-codec.ts';
import { decodeSightings, decodeTimeline } from './timeline-decoder.ts';
import { encodeTimeline } from './timeline-encoder.ts';

/** A pull request's evidence as it is stored: two JSON texts (`evidence-tables.ts` says how they are made). */
export interface EncodedEvidence {
  readonly attributes: string;
  readonly timeline: string;
}

/** Writes evidence; equal evidence gives equal texts. */
export function encodeEvidence(evidence: PullRequestEvidence): EncodedEvidence {
  return { attributes: encodeAttributes(evidence.attributes), timeline: encodeTimeline(evidence) };
}

/** Reads evidence laid out to be resolved: all of it, or what waits read. Throws as `decodeEvidence`. */
export function decodeSightingList({ attributes, timeline }: EncodedEvidence, kinds: 'all' | 'waits'): SightingList {
  const { listings, sightings, deletions } = decodeSightings(timeline, kinds);
  return { attributes: decodeAttributes(attributes), listings, sightings, deletions };
}

/** Reads evidence. Throws `storage-failed` for texts that `encodeEvidence` did not write. */
export function decodeEvidence({ attributes, timeline }: EncodedEvidence): PullRequestEvidence {
  const { listings, sightings, deletions } = decodeTimeline(timeline);
  return { attributes: decodeAttributes(attributes), listings, sightings, deletions };
}
