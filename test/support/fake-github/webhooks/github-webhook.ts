import type { Partly } from '../schema-filling.ts';

/** What a webhook tells, before it is brought into GitHub's shape. */
export interface Told {
  /** When it happened, epoch ms. */
  readonly at: number;
  readonly event: string;
  /** With `action`, where the event has one; repository, organisation, installation and shape are added later. */
  readonly known: Partly;
}

/** A webhook as GitHub would send it; not signed yet. */
export interface GitHubWebhook {
  /** `X-GitHub-Delivery`: the same for the same webhook in every run. */
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  /** When it happened, epoch ms. */
  readonly at: number;
  readonly installationId: string | null;
  readonly repositoryId: number | null;
  /** The payload, JSON. */
  readonly body: string;
}
