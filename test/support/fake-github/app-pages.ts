import { randomUUID } from 'node:crypto';
import { emitterEventNames } from '@octokit/webhooks';
import { failure, json, type FakeAnswer, type FakeCall, type MakeMiddleware } from './hooks.ts';

/** What of a manifest GitHub looks at. */
export interface GivenManifest {
  readonly name: string;
  readonly url: string;
  readonly hook_attributes: { readonly url: string; readonly active?: boolean };
  readonly redirect_url: string;
  readonly setup_url?: string;
  readonly public?: boolean;
  readonly default_permissions: Readonly<Record<string, string>>;
  readonly default_events: readonly string[];
}

/** What a browser does on GitHub to get an App, and what a test sees of it. */
export interface AppPagesOptions {
  /** The App's key, PEM, which is given away for the code. */
  readonly appKey: string;
  readonly webhookSecret: string;
  readonly clientSecret: string;
  /** Whoever installs the App under a login has done so: a test makes the installation. Returns its id. */
  readonly onInstall: (login: string, call: FakeCall) => string;
  /** So many exchanges of a code fail before one succeeds [0]. */
  readonly failingExchanges?: number;
  /** Every manifest that an App was made of. */
  readonly manifests?: GivenManifest[];
}

const NEW_OF_PERSON = 'POST /settings/apps/new';
const NEW_OF_ORGANIZATION = 'POST /organizations/{org}/settings/apps/new';
const CREATED = 'POST /fake-github/created';
const CONVERSION = 'POST /app-manifests/{code}/conversions';
const INSTALL = 'GET /github-apps/{slug}/installations/new';
const INSTALLED = 'POST /fake-github/installed';

const CODE_LIFE_MS = 3_600_000;

/**
 * The pages on which a person makes and installs an App, as plain forms, and the exchange of the code that comes of it.
 * GitHub's own rules hold: a name of at most 34 characters, no webhook to the machine itself, no event it does not know, a code that
 * is good for an hour and once.
 */
export const appPages: MakeMiddleware<AppPagesOptions> = ({ world }, options) => {
  const codes = new Map<string, { readonly givenAt: number; readonly manifest: GivenManifest }>();
  let made: GivenManifest | null = null;
  let failures = options.failingExchanges ?? 0;

  function askToCreate(call: FakeCall): FakeAnswer {
    const manifest = JSON.parse(new URLSearchParams(call.body).get('manifest') ?? '{}') as GivenManifest;
    const mistakes = mistakesIn(manifest);
    if (mistakes.length > 0) return page(422, 'Invalid manifest', mistakes.join('\n'), []);
    return page(200, `Create ${manifest.name}`, 'This App may read.', [
      { action: '/fake-github/created', label: 'Create GitHub App', fields: { manifest: JSON.stringify(manifest), state: call.query.get('state') ?? '' } },
    ]);
  }

  function create(call: FakeCall): FakeAnswer {
    const fields = new URLSearchParams(call.body);
    const manifest = JSON.parse(fields.get('manifest') ?? '{}') as GivenManifest;
    options.manifests?.push(manifest);
    const code = randomUUID().replaceAll('-', '');
    codes.set(code, { givenAt: call.at, manifest });
    return seeOther(manifest.redirect_url, { code, state: fields.get('state') ?? '' });
  }

  function convert(call: FakeCall): FakeAnswer {
    if (failures > 0) {
      failures -= 1;
      return failure(502, 'Bad Gateway');
    }
    const code = /app-manifests\/([^/]+)\/conversions$/.exec(call.path)?.[1] ?? '';
    const given = codes.get(code);
    codes.delete(code);
    if (given === undefined || call.at - given.givenAt >= CODE_LIFE_MS) return failure(404, 'Not Found');
    made = given.manifest;
    const { id, slug } = world.app;
    const { default_permissions: permissions, default_events: events, name } = given.manifest;
    const secret = given.manifest.hook_attributes.active === false ? null : options.webhookSecret;
    const app = { id: Number(id), slug, node_id: `A_${id}`, name, html_url: `http://${call.headers['host'] ?? ''}/github-apps/${slug}`, permissions, events };
    return json({ ...app, client_id: 'Iv23liFAKEFAKEFAKEFA', client_secret: options.clientSecret, webhook_secret: secret, pem: options.appKey }, 201);
  }

  function askToInstall(): FakeAnswer {
    const form = (label: string, action: string): PageForm => ({ action: '/fake-github/installed', label, fields: { login: 'bitcoin-core', action } });
    return page(200, `Install ${world.app.slug}`, 'On bitcoin-core.', [form('Install', 'install'), form('Request', 'request'), form('Cancel', 'cancel')]);
  }

  function install(call: FakeCall): FakeAnswer {
    const fields = new URLSearchParams(call.body);
    const setupUrl = made?.setup_url;
    if (setupUrl === undefined) return page(200, 'Done', 'There is no way back.', []);
    const action = fields.get('action');
    if (action === 'request') return seeOther(setupUrl, { setup_action: 'request' });
    if (action === 'cancel') return seeOther(setupUrl, { error: 'access_denied' });
    return seeOther(setupUrl, { installation_id: options.onInstall(fields.get('login') ?? '', call), setup_action: 'install' });
  }

  const answers: Readonly<Record<string, (call: FakeCall) => FakeAnswer>> = {
    [NEW_OF_PERSON]: askToCreate,
    [NEW_OF_ORGANIZATION]: askToCreate,
    [CREATED]: create,
    [CONVERSION]: convert,
    [INSTALL]: askToInstall,
    [INSTALLED]: install,
  };
  return {
    routes: Object.keys(answers),
    answer: async (call, next) => answers[call.name]?.(call) ?? next(call),
  };
};

/** What GitHub refuses of a manifest. */
function mistakesIn({ name, url, hook_attributes: hook, redirect_url: redirectUrl, default_events: events }: GivenManifest): readonly string[] {
  const known: readonly string[] = emitterEventNames;
  return [
    ...(name.length > 34 ? ['Name is too long (maximum is 34 characters)'] : []),
    ...(URL.canParse(url) ? [] : ['Url must be a valid URL']),
    ...(URL.canParse(redirectUrl) ? [] : ['Redirect url must be a valid URL']),
    ...(/^https?:\/\/(?:localhost|127\.)/.test(hook.url) ? ["Hook url is not supported because it isn't reachable over the public Internet (localhost)"] : []),
    ...events.filter((event) => !known.includes(event)).map((event) => `Default events unsupported: ${event}`),
  ];
}

interface PageForm {
  readonly action: string;
  readonly label: string;
  readonly fields: Readonly<Record<string, string>>;
}

function page(status: number, title: string, text: string, forms: readonly PageForm[]): FakeAnswer {
  const hidden = (fields: PageForm['fields']): string => Object.entries(fields).map(([name, value]) => `<input type="hidden" name="${name}" value="${escaped(value)}">`).join('');
  const written = forms.map(({ action, label, fields }) => `<form method="post" action="${action}">${hidden(fields)}<button>${escaped(label)}</button></form>`).join('');
  const body = `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escaped(title)}</title><h1>${escaped(title)}</h1><p>${escaped(text)}</p>${written}</html>`;
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

function seeOther(url: string, query: Readonly<Record<string, string>>): FakeAnswer {
  const target = new URL(url);
  for (const [name, value] of Object.entries(query)) target.searchParams.set(name, value);
  return { status: 302, headers: { location: target.href }, body: '' };
}
