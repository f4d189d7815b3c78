import type { PullRequestEvidence } from '#src/domain/timeline/evidence.ts';
import { decodeAttributes, encodeAttributes } from './attribute-codec.ts';
import { decodeTimeline } from './timeline-decoder.ts';
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

/** Reads evidence. Throws `storage-failed` for texts that `encodeEvidence` did not write. */
export function decodeEvidence({ attributes, timeline }: EncodedEvidence): PullRequestEvidence {
  const { listings, sightings, deletions } = decodeTimeline(timeline);
  return { attributes: decodeAttributes(attributes), listings, sightings, deletions };
}
