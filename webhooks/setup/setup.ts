import { privateKeyText } from '#src/config/private-key.ts';
import type { StoredCredentials } from '#src/config/credentials-file.ts';
import type { Clock } from '#src/core/clock.ts';
import { NarrowsError } from '#src/core/errors.ts';
import type { Log } from '#src/core/log.ts';
import type { Conversion, NewApp } from '#src/github/convert-manifest.ts';
import { newAppUrl, type GitHubPlace } from '#src/github/web-addresses.ts';
import type { AppAccess } from '#src/sources/access/app-access.ts';
import { isSameText, secretText, type RandomBytes } from './code.ts';
import type { AppDraft } from './draft.ts';
import type { ExistingApp } from './existing-app.ts';
import { appManifest, suggestedName, type AppManifest } from './manifest.ts';

/** GitHub forgets a code after an hour; what began before is not taken up again, ms. */
const STATE_MS = 3_600_000;

/** What GitHub says of an App that proves itself with its key. */
export type AppCheck = { readonly outcome: 'known'; readonly slug: string } | { readonly outcome: 'refused' } | { readonly outcome: 'failed'; readonly reason: string };

/** What connecting an App needs of the program. */
export interface SetupParts {
  readonly access: AppAccess;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: RandomBytes;
  convert(code: string, apiUrl: string): Promise<Conversion>;
  /** Asks GitHub who an App is, as that App. */
  check(app: ExistingApp): Promise<AppCheck>;
  /** Throws `storage-failed` where credentials could not be stored. */
  ensureRoom(): Promise<void>;
  /** Stores the credentials and starts to work with them. Throws `storage-failed` where nothing was stored. */
  connect(credentials: StoredCredentials): Promise<void>;
}

/** What is sent to GitHub with a browser. */
export interface Invitation {
  readonly draft: AppDraft;
  /** Where the form goes. */
  readonly action: string;
  readonly manifest: AppManifest;
}

/** What became of a step that should connect an App. All but `connected` have words of their own on a page. */
export type Connecting =
  | { readonly outcome: 'connected' }
  | { readonly outcome: 'replayed' | 'wrong-state' | 'expired' | 'refused' | 'not-active' }
  | { readonly outcome: 'failed' | 'not-stored'; readonly reason: string };

/** The App that is being connected: from what somebody wants to credentials in use, once. */
export class Setup {
  readonly #parts: SetupParts;
  #invitation: (Invitation & { readonly state: string; readonly madeAt: number }) | null = null;
  #usedState: string | null = null;
  #unsaved: StoredCredentials | null = null;
  #isConnected = false;

  constructor(parts: SetupParts) {
    this.#parts = parts;
  }

  get isConnected(): boolean {
    return this.#isConnected;
  }

  /** Prepares what goes to GitHub with the browser: a manifest, and a state that has to come back with the answer. */
  invite(draft: AppDraft, { baseUrl, webhookUrl }: { readonly baseUrl: string; readonly webhookUrl: string | null }): void {
    const { access, clock, random } = this.#parts;
    const state = secretText(random);
    const name = suggestedName(draft.organization, Buffer.from(random(3)).toString('hex'));
    const manifest = appManifest({ access, name, baseUrl, webhookUrl: draft.delivers ? webhookUrl : null });
    this.#invitation = { draft, action: newAppUrl(draft.place, draft.organization, state), manifest, state, madeAt: clock.now() };
  }

  /** What goes to GitHub with the browser; null where nothing was prepared, or too long ago. */
  get invitation(): Invitation | null {
    const isOld = this.#invitation !== null && this.#parts.clock.now() - this.#invitation.madeAt >= STATE_MS;
    return isOld ? null : this.#invitation;
  }

  /** The browser has come back with a code. A state that is not ours changes nothing; one that is ours is good once, unless GitHub could not be asked. */
  async returned(code: string, state: string): Promise<Connecting> {
    const invited = this.invitation === null ? null : this.#invitation;
    if (this.#usedState !== null && isSameText(state, this.#usedState)) return { outcome: 'replayed' };
    if (invited === null || !isSameText(state, invited.state)) return { outcome: 'wrong-state' };
    const room = await roomLeft(this.#parts);
    if (room !== null) return room;
    this.#invitation = null;
    const conversion = await this.#parts.convert(code, invited.draft.place.apiUrl);
    if (conversion.outcome === 'failed') this.#invitation = invited;
    else this.#usedState = invited.state;
    if (conversion.outcome !== 'converted') return conversion;
    return this.#take(conversion.app, invited.draft.place, invited.draft.delivers);
  }

  /** Connects an App that exists, once GitHub has said that id and key belong together. */
  async takeExisting(existing: ExistingApp): Promise<Connecting> {
    if (this.#isConnected) return { outcome: 'replayed' };
    const found = await this.#parts.check(existing);
    if (found.outcome !== 'known') return found;
    const { id, privateKey, webhookSecret, place } = existing;
    return this.#take({ id, slug: found.slug, privateKey, webhookSecret, clientId: null, clientSecret: null }, place, webhookSecret !== null);
  }

  /** Whether an App is at hand that could not be stored: GitHub does not give its key again. */
  get hasUnsaved(): boolean {
    return this.#unsaved !== null;
  }

  /** Tries again to store what could not be stored. */
  async saveAgain(): Promise<Connecting> {
    return this.#unsaved === null ? { outcome: 'replayed' } : this.#save(this.#unsaved);
  }

  async #take(app: NewApp, place: GitHubPlace, delivers: boolean): Promise<Connecting> {
    const key = privateKeyText.safeParse(app.privateKey);
    if (!key.success) return { outcome: 'failed', reason: 'a key that is none' };
    const { id: appId, slug, webhookSecret, clientId, clientSecret } = app;
    const connectedAt = this.#parts.clock.now();
    return this.#save({ appId, slug, privateKey: key.data, webhookSecret: delivers ? webhookSecret : null, clientId, clientSecret, ...place, connectedAt });
  }

  async #save(credentials: StoredCredentials): Promise<Connecting> {
    if (this.#isConnected) return { outcome: 'replayed' };
    try {
      await this.#parts.connect(credentials);
    } catch (error) {
      if (error instanceof NarrowsError && error.code === 'storage-failed') {
        this.#unsaved = credentials;
        return { outcome: 'not-stored', reason: error.message };
      }
      this.#parts.log.error({ err: error }, 'an App was stored, and the running program cannot work with it');
      return { outcome: 'not-active' };
    }
    this.#unsaved = null;
    this.#isConnected = true;
    this.#parts.log.info({ app: credentials.slug, delivers: credentials.webhookSecret !== null }, 'a GitHub App is connected');
    return { outcome: 'connected' };
  }
}

/** Null where there is room for credentials; otherwise why there is none. */
async function roomLeft(parts: Pick<SetupParts, 'ensureRoom'>): Promise<Connecting | null> {
  try {
    await parts.ensureRoom();
    return null;
  } catch (error) {
    if (error instanceof NarrowsError && error.code === 'storage-failed') return { outcome: 'not-stored', reason: error.message };
    throw error;
  }
}
