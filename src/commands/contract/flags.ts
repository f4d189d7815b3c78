import { NarrowsError } from '#src/core/errors.ts';
import { parseInstant } from '#src/core/instant.ts';

/** An instant given on the command line, under the name it is read by; nothing when it was not given. Throws `bad-usage` for what is no instant. */
export function instantFlag<Name extends string>(name: Name, flag: string, text: string | undefined): { readonly [Key in Name]?: number } {
  if (text === undefined) return {};
  const at = parseInstant(text) ?? parseInstant(`${text}T00:00:00Z`);
  if (at === null) throw new NarrowsError('bad-usage', `${flag} ${text} is not an instant: write a date (2025-11-23) or an instant with its zone (2025-11-23T08:00:00Z).`);
  return { [name]: at } as { readonly [Key in Name]?: number };
}
