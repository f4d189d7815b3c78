import type { AppAccess } from '#src/sources/access/app-access.ts';

/** GitHub takes no longer name. */
const LONGEST_NAME = 34;

/** GitHub wants an address even where it is not to deliver. `.invalid` never leads anywhere. */
const NOWHERE = 'https://narrows.invalid/webhooks/github';

/** An App as GitHub is asked to make it. */
export interface AppManifest {
  readonly name: string;
  readonly url: string;
  readonly hook_attributes: { readonly url: string; readonly active: boolean };
  readonly redirect_url: string;
  readonly setup_url: string;
  readonly setup_on_update: boolean;
  readonly public: boolean;
  readonly description: string;
  readonly default_permissions: Readonly<Record<string, 'read'>>;
  readonly default_events: readonly string[];
}

/** What a manifest is made of. */
export interface ManifestParts {
  readonly access: AppAccess;
  readonly name: string;
  /** Where this installation's pages are, without a slash at the end: where the browser is now. */
  readonly baseUrl: string;
  /** Where GitHub delivers; null where it does not and is only asked. */
  readonly webhookUrl: string | null;
}

/**
 * The manifest of the App. It may read and nothing else, and is private: only its owner installs it. Without webhooks it
 * subscribes to the same events, so that they only have to be switched on later.
 */
export function appManifest({ access, name, baseUrl, webhookUrl }: ManifestParts): AppManifest {
  return {
    name,
    url: baseUrl,
    hook_attributes: { url: webhookUrl ?? NOWHERE, active: webhookUrl !== null },
    redirect_url: `${baseUrl}/setup/callback`,
    setup_url: `${baseUrl}/setup/installed`,
    setup_on_update: false,
    public: false,
    description: 'Measures how long reviews, access and pipelines wait. It reads and changes nothing.',
    default_permissions: Object.fromEntries(access.permissions.map(({ name: permission }) => [permission, 'read'])),
    default_events: access.events,
  };
}

/** A name that is likely to be free: names of Apps are unique on the whole of GitHub. `suffix` tells those of persons apart. */
export function suggestedName(organization: string | null, suffix: string): string {
  return `Narrows ${organization ?? suffix}`.slice(0, LONGEST_NAME).trim();
}
