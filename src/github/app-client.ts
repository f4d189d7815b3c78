import { z } from 'zod';
import { NarrowsError } from '#src/core/errors.ts';
import type { ApiAddress } from './api-address.ts';
import { appAnswer, deliveriesAnswer, installationsAnswer } from './app-schemas.ts';
import { Channel, type ChannelParts } from './channel.ts';
import type { Credential } from './credential.ts';
import type { DeliveryLogPage, GitHub, GitHubApp, GitHubInstallation } from './github.ts';
import { InstallationClient, NEVER } from './installation-client.ts';
import { installationCredential, installationToken, type InstallationToken } from './installation-credential.ts';
import { jsonSlice } from './json-slice.ts';
import { askRest, readRest, sendRest } from './rest-question.ts';

const PAGE = 100;

/** More pages than any App has; a list that never ends must not be followed for ever. */
const MOST_PAGES = 1_000;

/** What is read of a logged delivery beside the text of its payload. */
const loggedDelivery = z.object({ request: z.object({ payload: z.unknown() }) });

/** An answer that may have a next page. */
interface Page<T> {
  readonly data: T;
  readonly nextPath: string | null;
}

/** The App itself, and its installations, each with a queue of its own. */
export class AppClient implements GitHubApp {
  readonly #channel: Channel;
  readonly #parts: ChannelParts;
  readonly #address: ApiAddress;
  readonly #installations = new Map<string, GitHub>();

  constructor(credential: Credential, parts: ChannelParts) {
    this.#channel = new Channel(credential, parts);
    this.#parts = parts;
    this.#address = parts.address;
  }

  async installations(signal: AbortSignal = NEVER): Promise<readonly GitHubInstallation[]> {
    const found: GitHubInstallation[] = [];
    let path: string | null = `/app/installations?per_page=${PAGE}`;
    for (let page = 0; path !== null; page += 1) {
      if (page === MOST_PAGES) throw new NarrowsError('github-failed', 'The list of installations does not end.');
      const answer: Page<readonly GitHubInstallation[]> = await this.#get(path, installationsAnswer, signal);
      found.push(...answer.data);
      path = answer.nextPath;
    }
    return found;
  }

  async identity(signal: AbortSignal = NEVER): Promise<z.infer<typeof appAnswer>> {
    return (await this.#get('/app', appAnswer, signal)).data;
  }

  installation(id: string): GitHub {
    const known = this.#installations.get(id);
    if (known !== undefined) return known;
    const credential = installationCredential(() => this.#askForToken(id), this.#parts.clock);
    const client = new InstallationClient(new Channel(credential, this.#parts), this.#address);
    this.#installations.set(id, client);
    return client;
  }

  async deliveryLog(cursor: string | null, signal: AbortSignal = NEVER): Promise<DeliveryLogPage> {
    const parameters = { per_page: PAGE, ...(cursor === null ? {} : { cursor }) };
    const { data, nextPath } = await this.#get('/app/hook/deliveries', deliveriesAnswer, signal, parameters);
    return { deliveries: data, next: nextPath === null ? null : new URL(nextPath, 'http://api').searchParams.get('cursor') };
  }

  async deliveredPayload(id: string, signal: AbortSignal = NEVER): Promise<string | null> {
    const path = `/app/hook/deliveries/${encodeURIComponent(id)}`;
    const { answer } = await sendRest(this.#channel, this.#address, { path, method: 'GET' }, signal);
    const { payload } = readRest(path, loggedDelivery, answer.text).request;
    if (payload === null || payload === undefined) return null;
    return typeof payload === 'string' ? payload : jsonSlice(answer.text, ['request', 'payload']);
  }

  async redeliver(id: string, signal: AbortSignal = NEVER): Promise<void> {
    await sendRest(this.#channel, this.#address, { path: `/app/hook/deliveries/${encodeURIComponent(id)}/attempts`, method: 'POST' }, signal);
  }

  async #get<T>(path: string, answer: z.ZodType<T>, signal: AbortSignal, parameters: Readonly<Record<string, string | number>> = {}): Promise<Page<T>> {
    const found = await askRest(this.#channel, this.#address, { path, answer, parameters }, signal);
    if (!found.isUnchanged) return found;
    throw new NarrowsError('github-failed', `GitHub says that ${path} is unchanged, although nothing was known of it.`);
  }

  /** Nobody's signal stops it: all who wait for the installation share it. */
  async #askForToken(id: string): Promise<InstallationToken> {
    const path = `/app/installations/${encodeURIComponent(id)}/access_tokens`;
    try {
      const { answer } = await sendRest(this.#channel, this.#address, { path, method: 'POST' }, NEVER);
      const { token, expires_at: expiresAt } = readRest(path, installationToken, answer.text);
      return { token, expiresAt };
    } catch (error) {
      if (error instanceof NarrowsError && error.code === 'github-not-found') {
        throw new NarrowsError('github-forbidden', `The App is no longer installed as installation ${id}: its owner took it away, or it was another App's.`, { cause: error });
      }
      throw error;
    }
  }
}
