import type { App } from './app.ts';
import { hasCredential, webhookSecrets, type Options } from './config/options.ts';
import { policyPlaces } from './config/policy-places.ts';
import type { ConnectionOptions, SettingsSource } from './dashboard/settings-source.ts';
import { placeOfApi } from './github/web-addresses.ts';
import { slotAfter } from './schedule/weekly-slot.ts';
import { appAccess } from './sources/access/app-access.ts';

/** Mails are shown that came to their state since so long ago, ms: the last of every recipient is among them. */
const MAILS_MS = 60 * 86_400_000;

/** What the page Settings shows of a program. To be made when the program starts: it remembers the policy file as it is then. Throws `bad-policy` where that cannot be read. */
export function settingsSource(app: App): SettingsSource {
  const { options, policy, clock, sources } = app;
  return {
    policy,
    places: policyPlaces(options.policyFile),
    connection: connectionOf(app),
    wanted: appAccess(sources.keys()),
    sendsMail: options.smtpUrl !== null,
    nextSlot: slotAfter,
    installations: async () => (await app.store()).collection.installations(),
    mails: async () => (await app.store()).outbox.lines(clock.now() - MAILS_MS),
  };
}

function connectionOf({ options, connectedApp }: Pick<App, 'options' | 'connectedApp'>): ConnectionOptions {
  const isDelivered = webhookSecrets(options).length > 0;
  return {
    kind: kindOf(options, isDelivered),
    slug: connectedApp?.slug ?? null,
    webUrl: connectedApp?.webUrl ?? placeOfApi(options.githubApiUrl).webUrl,
    apiUrl: options.githubApiUrl,
    isDelivered,
  };
}

function kindOf(options: Options, isDelivered: boolean): ConnectionOptions['kind'] {
  if (hasCredential(options)) return options.githubToken === null ? 'app' : 'token';
  return isDelivered ? 'webhooks' : 'none';
}
