import type { AttributeName, AttributeValue, PullRequestEvidence, Register } from '#src/domain/timeline/evidence.ts';
import { readEncoded } from './encoded-reader.ts';
import { ATTRIBUTES, FORMAT } from './evidence-tables.ts';

/** Writes a pull request's attributes (`evidence-tables.ts` says how). */
export function encodeAttributes(attributes: PullRequestEvidence['attributes']): string {
  const versions: number[] = [];
  const places = new Map<string, number>();
  const registers: unknown[] = [];
  for (const [number, name] of ATTRIBUTES.entries()) {
    const register = attributes[name];
    if (register === undefined) continue;
    const version = `${register.updatedAt} ${register.knownAt}`;
    const place = places.get(version) ?? versions.push(register.updatedAt, register.knownAt) - 2;
    places.set(version, place);
    registers.push(number, register.value, place);
  }
  return JSON.stringify([FORMAT, versions, registers]);
}

/** Reads what `encodeAttributes` wrote. Throws `storage-failed` for anything else. */
export function decodeAttributes(text: string): PullRequestEvidence['attributes'] {
  const parts = readEncoded(text);
  const versions: number[] = [];
  for (const list = parts.list(); !list.isAtEnd(); ) versions.push(list.number());
  const attributes: Partial<Record<AttributeName, Register>> = {};
  for (const registers = parts.list(); !registers.isAtEnd(); ) {
    const name = registers.entryOf(ATTRIBUTES);
    const value = registers.value();
    const version = registers.number();
    const [updatedAt, knownAt] = [versions[version] ?? registers.refuse(), versions[version + 1] ?? registers.refuse()];
    attributes[name] = { value: isAttributeValue(value) ? value : registers.refuse(), updatedAt, knownAt };
  }
  return attributes;
}

function isAttributeValue(value: unknown): value is AttributeValue {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
