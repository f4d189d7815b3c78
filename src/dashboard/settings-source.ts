import type { Policy } from '#src/config/policy.ts';
import type { PolicyPlaces } from '#src/config/policy-places.ts';
import type { Installation } from '#src/domain/collection.ts';
import type { OutboxLine } from '#src/domain/outbox.ts';
import type { AppAccess } from '#src/sources/access/app-access.ts';

/** What of the connection to GitHub the options say. */
export interface ConnectionOptions {
  readonly kind: 'app' | 'token' | 'webhooks' | 'none';
  /** Null where only the id of an App is known. */
  readonly slug: string | null;
  readonly webUrl: string;
  readonly apiUrl: string;
  readonly isDelivered: boolean;
}

/** Where the page Settings reads what figures do not know: how this installation is set, connected and mailing. */
export interface SettingsSource {
  readonly policy: Policy;
  /** Null without a policy file. */
  readonly places: PolicyPlaces | null;
  readonly connection: ConnectionOptions;
  /** What the sources want to be allowed. */
  readonly wanted: AppAccess;
  readonly sendsMail: boolean;
  /** The next instant at or after another at which a recipient's mail goes out, epoch ms. */
  readonly nextSlot: (at: number, slot: Pick<Policy['teams'][number]['recipients'][number], 'day' | 'hour' | 'zone'>) => number;
  installations(): Promise<readonly Installation[]>;
  /** Mails of the last weeks and those on their way, oldest first. */
  mails(): Promise<readonly OutboxLine[]>;
}
