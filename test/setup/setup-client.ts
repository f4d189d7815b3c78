import { setTimeout as sleep } from 'node:timers/promises';

/** A page as it came. */
export interface AnsweredPage {
  readonly status: number;
  readonly text: string;
  readonly title: string;
  readonly location: string | null;
  readonly headers: Headers;
}

/** A browser without script: it keeps cookies, follows nothing by itself, and fills in what a page's form carries. */
export class SetupClient {
  readonly #address: string;
  #cookie: string | null = null;
  #formToken = '';

  constructor(address: string) {
    this.#address = address;
  }

  /** The cookie as it would be sent. */
  get cookie(): string | null {
    return this.#cookie;
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<AnsweredPage> {
    return this.#ask(path, { headers });
  }

  /** Sends a form; `form-token` is the one of the last page unless it is given. */
  post(path: string, fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}): Promise<AnsweredPage> {
    return this.#ask(path, { method: 'POST', headers, body: new URLSearchParams({ 'form-token': this.#formToken, ...fields }) });
  }

  /** Opens the set-up, and has a page whose form can be sent. */
  async open(code: string): Promise<AnsweredPage> {
    await this.post('/setup/code', { code });
    return this.get('/setup');
  }

  /** Prepares an App for an organisation. Resolves to the state that goes to GitHub. */
  async invite(fields: Readonly<Record<string, string>> = { organization: 'bitcoin-core' }): Promise<{ readonly state: string; readonly action: string; readonly manifest: string }> {
    await this.post('/setup/app', fields);
    const { text } = await this.get('/setup/app');
    const action = (/<form[^>]*action="([^"]*settings\/apps\/new[^"]*)"/.exec(text)?.[1] ?? '').replaceAll('&amp;', '&');
    const manifest = (/name="manifest" value="([^"]*)"/.exec(text)?.[1] ?? '').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
    return { state: new URL(action).searchParams.get('state') ?? '', action, manifest };
  }

  /** Lets the fake GitHub make the App. Resolves to the address it sends the browser back to. */
  async createOnGitHub(): Promise<URL> {
    const { action, manifest } = await this.invite();
    const { origin, searchParams } = new URL(action);
    const answer = await fetch(`${origin}/fake-github/created`, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ manifest, state: searchParams.get('state') ?? '' }) });
    return new URL(answer.headers.get('location') ?? '');
  }

  /** Asks for a page until it says this, or with `isGone` until it does not say it any more. */
  async until(path: string, text: string, { isGone = false, timeoutMs = 60_000 } = {}): Promise<AnsweredPage> {
    for (const until = performance.now() + timeoutMs; ; await sleep(200)) {
      const page = await this.get(path);
      if (page.text.includes(text) !== isGone) return page;
      if (performance.now() > until) throw new Error(`${path} ${isGone ? 'still says' : 'does not say'} “${text}”:\n${page.text}`);
    }
  }

  async #ask(path: string, init: RequestInit): Promise<AnsweredPage> {
    const headers = { ...(this.#cookie === null ? {} : { cookie: this.#cookie }), ...(init.headers as Record<string, string>) };
    const answer = await fetch(`${this.#address}${path}`, { ...init, headers, redirect: 'manual' });
    const text = await answer.text();
    for (const cookie of answer.headers.getSetCookie()) this.#cookie = cookie.split(';')[0] ?? null;
    this.#formToken = /name="form-token" value="([^"]*)"/.exec(text)?.[1] ?? this.#formToken;
    const title = (/<h1[^>]*>([^<]*)<\/h1>/.exec(text)?.[1] ?? '').replaceAll('&#x27;', "'");
    return { status: answer.status, text, title, location: answer.headers.get('location'), headers: answer.headers };
  }
}
