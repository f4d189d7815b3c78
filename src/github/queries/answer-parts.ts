import { z } from 'zod';
import { parseInstant } from '#src/core/instant.ts';

/** An instant in an answer, epoch ms. */
export const instant = z.string().transform((value, context) => {
  const at = parseInstant(value);
  if (at !== null) return at;
  context.addIssue({ code: 'custom', message: `is no instant: ${value.slice(0, 40)}` });
  return z.NEVER;
});

/** A numeric id as text: GitHub's ids pass 2^31 and may pass 2^53, so that one may come as text already. */
export const numericId = z.union([z.number().int(), z.string().regex(/^\d+$/)]).transform(String);

/** Where a connection goes on. */
export const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });

/**
 * A page of a connection whose entries are kept as they came: what they mean is read from the delivery they are put
 * in. GitHub leaves entries, or the whole connection, null where it answers in part.
 */
export const rawConnection = z
  .object({ totalCount: z.number().int().nonnegative().nullish(), pageInfo, nodes: z.array(z.unknown()).nullable() })
  .nullable();

/** A page of a connection, its entries as they came; null where GitHub left it out. */
export type RawConnection = z.infer<typeof rawConnection>;

/** A page of a connection whose entries are read at once. */
export function connection<T extends z.ZodType>(node: T) {
  return z.object({ totalCount: z.number().int().nonnegative(), pageInfo, nodes: z.array(node.nullable()) });
}
