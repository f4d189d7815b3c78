import { policyFileText } from './policy.ts';
import { readPolicyText, type PolicyPlace } from './policy-text.ts';

/** The policy file as it was when it was read: where things stand in it. */
export interface PolicyPlaces {
  /** As the option names it. */
  readonly file: string;
  /** Where the file itself says something; null for what holds because it says nothing. See `PolicyText.placeOf`. */
  readonly placeOf: (path: readonly string[]) => PolicyPlace | null;
  /** Whether the file says something else by now, or cannot be read any more. */
  readonly hasChanged: () => boolean;
}

/** Reads where things stand in the policy file; null without one. Throws `bad-policy` where it cannot be read. */
export function policyPlaces(file: string | null): PolicyPlaces | null {
  if (file === null) return null;
  const text = policyFileText(file);
  const { placeOf } = readPolicyText(text);
  return { file, placeOf, hasChanged: () => textNow(file) !== text };
}

function textNow(file: string): string | null {
  try {
    return policyFileText(file);
  } catch {
    return null;
  }
}
