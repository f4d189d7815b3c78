import { z } from 'zod';
import { parseInstant } from '#src/core/instant.ts';
import type { GitHubInstallation, LoggedDelivery } from './github.ts';

/** GitHub's ids are whole numbers; beyond 2^53 the parser gives their digits. Ids are text everywhere here. */
const id = z.union([z.int().transform(String), z.string().regex(/^\d+$/)]);

const instant = z.unknown().transform((value, context) => {
  const at = parseInstant(value);
  if (at !== null) return at;
  context.addIssue({ code: 'custom', message: 'expected an instant' });
  return z.NEVER;
});

/** An instant that may be missing: then null. */
const instantOrNull = z.union([z.null(), instant]).optional().transform((at) => at ?? null);

const permissions = z.record(z.string(), z.string());

/** The App itself, as `GET /app` answers. */
export const appAnswer = z.object({ id, slug: z.string(), permissions, events: z.array(z.string()) });

const account = z.object({ id, login: z.string(), type: z.enum(['Organization', 'User']) });

/**
 * A page of installations. Those of a whole enterprise, whose account has no login and which give no access to any
 * repository, are left out.
 */
export const installationsAnswer: z.ZodType<readonly GitHubInstallation[]> = z
  .array(
    z.object({
      id,
      account: account.nullable().catch(null),
      permissions,
      events: z.array(z.string()),
      suspended_at: instantOrNull,
    }),
  )
  .transform((all) =>
    all.flatMap(({ account: owner, suspended_at: suspendedAt, ...rest }) => (owner === null ? [] : [{ ...rest, account: owner, suspendedAt }])),
  );

/** A page of the log of deliveries. */
export const deliveriesAnswer: z.ZodType<readonly LoggedDelivery[]> = z.array(
  z
    .object({
      id,
      guid: z.string(),
      delivered_at: instant,
      redelivery: z.boolean(),
      status_code: z.int(),
      event: z.string(),
      action: z.string().nullish(),
      installation_id: id.nullish(),
      repository_id: id.nullish(),
    })
    .transform((one) => ({
      id: one.id,
      guid: one.guid,
      event: one.event,
      action: one.action ?? null,
      deliveredAt: one.delivered_at,
      isRedelivery: one.redelivery,
      isAccepted: one.status_code >= 200 && one.status_code < 300,
      repositoryId: one.repository_id ?? null,
      installationId: one.installation_id ?? null,
    })),
);
