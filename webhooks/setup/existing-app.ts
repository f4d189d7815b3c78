import { privateKeyText } from '#src/config/private-key.ts';
import type { GitHubPlace } from '#src/github/web-addresses.ts';
import { readPlace, type Fields, type FormFacts, type FormReading } from './draft.ts';

/** A shorter secret can be guessed from one signed delivery. */
const SHORTEST_SECRET = 16;

/** An App that is there already, as somebody wrote it into the form. */
export interface ExistingApp {
  readonly place: GitHubPlace;
  readonly id: string;
  /** PEM. */
  readonly privateKey: string;
  /** Null where GitHub does not deliver here. */
  readonly webhookSecret: string | null;
}

/** Reads the form of an App that exists. No message repeats a secret. */
export function readExistingApp(fields: Fields, facts: FormFacts): FormReading<ExistingApp> {
  const errors: Record<string, string> = {};
  const id = (fields['app-id'] ?? '').trim();
  if (!/^\d{1,19}$/.test(id)) errors['app-id'] = 'The App ID is a number; it stands under "About" on the page of the App.';
  const key = privateKeyText.safeParse(fields['private-key'] ?? '');
  if (!key.success) errors['private-key'] = 'This is no private key of an App. Paste the whole text of the .pem file, from -----BEGIN RSA PRIVATE KEY----- to -----END RSA PRIVATE KEY-----.';
  const secret = (fields['webhook-secret'] ?? '').trim();
  if (secret !== '' && secret.length < SHORTEST_SECRET) errors['webhook-secret'] = `A secret of fewer than ${String(SHORTEST_SECRET)} characters can be guessed. Set a long random one on the page of the App, and here.`;
  const place = readPlace(fields, facts, errors);
  if (place === null || !key.success || Object.keys(errors).length > 0) return { value: null, errors };
  return { value: { place, id, privateKey: key.data, webhookSecret: secret === '' ? null : secret }, errors: null };
}
