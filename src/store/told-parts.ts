import { compareText } from '#src/core/text.ts';
import { joinEvidence, NO_EVIDENCE, type PullRequestEvidence } from '#src/domain/timeline/evidence.ts';
import { EncodedReader } from './encoded-reader.ts';
import { decodeEvidence, encodeEvidence } from './evidence-codec.ts';

/**
 * The evidence of a pull request's row, by the repository key under which each part of it was told.
 * A recording tells of `name:owner/name`; once that name belongs to an id its evidence stands in the
 * id's row. Should the name go over to another id (renamed away, made anew), it moves on, which joined
 * evidence alone would not allow: what was joined cannot be taken apart.
 */
export interface ToldEvidence {
  /** Everything, joined. */
  readonly all: PullRequestEvidence;
  /** The parts by key; null where all of it was told under the row's own key. */
  readonly parts: ReadonlyMap<string, PullRequestEvidence> | null;
}

/** A row's evidence before anything was told. */
export const NOTHING_TOLD: ToldEvidence = { all: NO_EVIDENCE, parts: null };

/** Adds what was told under a key to the evidence of the row with the key `rowKey`. */
export function addTold(rowKey: string, told: ToldEvidence, key: string, evidence: PullRequestEvidence): ToldEvidence {
  const all = joinEvidence(told.all, evidence);
  if (key === rowKey && told.parts === null) return { all, parts: null };
  const parts = new Map(told.parts ?? (told === NOTHING_TOLD ? [] : [[rowKey, told.all]]));
  parts.set(key, joinEvidence(parts.get(key) ?? NO_EVIDENCE, evidence));
  return { all, parts };
}

/** What was told under a key; null when nothing was. */
export function partTold(rowKey: string, told: ToldEvidence, key: string): PullRequestEvidence | null {
  if (told.parts === null) return key === rowKey ? told.all : null;
  return told.parts.get(key) ?? null;
}

/** Takes away what was told under a key; null when nothing else was told. */
export function withoutTold(rowKey: string, told: ToldEvidence, key: string): ToldEvidence | null {
  if (partTold(rowKey, told, key) === null) return told;
  const rest = [...(told.parts ?? [])].filter(([other]) => other !== key);
  if (rest.length === 0) return null;
  return rest.reduce<ToldEvidence>((left, [other, evidence]) => addTold(rowKey, left, other, evidence), NOTHING_TOLD);
}

/** Writes the parts: key, attributes and timeline of each; null where there are none to tell apart. */
export function encodeParts({ parts }: ToldEvidence): string | null {
  if (parts === null) return null;
  const sorted = [...parts].sort(([a], [b]) => compareText(a, b));
  const encoded = sorted.map(([key, evidence]) => [key, encodeEvidence(evidence)] as const);
  return JSON.stringify(encoded.flatMap(([key, { attributes, timeline }]) => [key, attributes, timeline]));
}

/** Reads a row's evidence. Throws `storage-failed` where a row holds anything else. */
export function decodeTold(row: { readonly attributes: string; readonly timeline: string; readonly parts: string | null }): ToldEvidence {
  const all = decodeEvidence(row);
  if (row.parts === null) return { all, parts: null };
  const parts = new Map<string, PullRequestEvidence>();
  for (const reader = new EncodedReader(JSON.parse(row.parts)); !reader.isAtEnd(); ) {
    parts.set(reader.text(), decodeEvidence({ attributes: reader.text(), timeline: reader.text() }));
  }
  return { all, parts };
}
