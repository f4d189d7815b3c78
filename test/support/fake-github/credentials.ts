import { createHash } from 'node:crypto';
import { appPublicKey, isJwt, refuseJwt } from './app-jwt.ts';
import { failure, json, type Caller, type FakeAnswer, type FakeCall, type FakeParts, type MakeMiddleware } from './hooks.ts';
import { forbiddenAnswer, missingPermission, withForbiddenFields } from './permissions.ts';
import type { InstallationState } from './world.ts';

/** How long an installation's token lives, seconds. */
export const TOKEN_SECONDS = 3_600;

/** Who may ask this GitHub. */
export interface CredentialsOptions {
  /** The App's key, PEM: the public half, or the private one. */
  readonly appKey: string;
  /** Personal tokens that see the whole world [none]. */
  readonly personalTokens?: readonly string[];
  /** Every token given to an installation, for a test that looks at them. */
  readonly issued?: string[];
}

const TOKENS_ROUTE = 'POST /app/installations/{installation_id}/access_tokens';

/** What a signed token of the App may ask, beside everything under `/app`; an installation's token may not ask that. */
const APP_ROUTES: ReadonlySet<string> = new Set(['GET /orgs/{org}/installation', 'GET /repos/{owner}/{repo}/installation', 'GET /users/{username}/installation', 'GET /rate_limit', 'GET /meta']);

/**
 * Says who calls, or refuses: the App by a signed token, an installation by one that it gives out and that expires
 * after an hour, a person by a token. A suspended installation, and one without the permission, are refused in
 * GitHub's words; nobody asks anything without a credential.
 */
export const credentials: MakeMiddleware<CredentialsOptions> = (parts, options) => {
  const tokens = new InstallationTokens(options.issued ?? []);
  const key = appPublicKey(options.appKey);
  const personal = new Set(options.personalTokens ?? []);

  function callerOf(token: string, call: FakeCall): Caller | FakeAnswer {
    if (isJwt(token)) {
      const refusal = refuseJwt(token, { id: parts.world.app.id, key }, call.at);
      if (refusal !== null) return failure(refusal.status, refusal.message);
      return isForApp(call) ? { kind: 'app' } : failure(401, 'Bad credentials');
    }
    if (personal.has(token)) return isOnlyForApp(call) ? failure(401, 'A JSON web token could not be decoded') : { kind: 'token' };
    const installationId = tokens.holder(token, call.at);
    if (installationId === null) return failure(401, 'Bad credentials');
    return isOnlyForApp(call) ? failure(401, 'A JSON web token could not be decoded') : { kind: 'installation', installationId };
  }

  return {
    routes: [TOKENS_ROUTE],
    async answer(call, next) {
      const token = tokenOf(call.headers['authorization']);
      if (token === null) return failure(401, call.api === 'graphql' ? 'This endpoint requires you to be authenticated.' : 'Requires authentication');
      const caller = callerOf(token, call);
      if ('status' in caller) return caller;
      if (call.name === TOKENS_ROUTE) return giveToken(parts, tokens, call);
      if (caller.kind !== 'installation') return next({ ...call, caller });
      const installation = parts.world.installations(call.at).find(({ id }) => id === caller.installationId);
      if (installation === undefined) return failure(401, 'Bad credentials');
      if (installation.suspendedAt !== null) return suspended();
      const missing = missingPermission(call, installation.permissions);
      if (missing !== null) return forbiddenAnswer(missing);
      return withForbiddenFields(call, installation.permissions, await next({ ...call, caller }));
    },
  };
};

function giveToken({ world }: FakeParts, tokens: InstallationTokens, call: FakeCall): FakeAnswer {
  const id = /installations\/([^/]+)\/access_tokens$/.exec(call.path)?.[1];
  const installation = world.installations(call.at).find((one) => one.id === id);
  if (installation === undefined) return failure(404, 'Not Found');
  if (installation.suspendedAt !== null) return suspended();
  const asked = askedPermissions(call.body);
  const refused = Object.entries(asked).find(([name, level]) => !isGranted(installation, name, level));
  if (refused !== undefined) return failure(422, 'The permissions requested are not granted to this installation.');
  const { token, expiresAt } = tokens.give(installation.id, call.at);
  const permissions = Object.keys(asked).length > 0 ? asked : installation.permissions;
  return json({ token, expires_at: new Date(expiresAt).toISOString().replace('.000Z', 'Z'), permissions, repository_selection: 'selected' }, 201);
}

const LEVELS: readonly string[] = ['read', 'write', 'admin'];

function isGranted(installation: InstallationState, name: string, level: string): boolean {
  return LEVELS.indexOf(installation.permissions[name] ?? '') >= LEVELS.indexOf(level);
}

function askedPermissions(body: string): Readonly<Record<string, string>> {
  const asked: unknown = body === '' ? {} : JSON.parse(body);
  const permissions = typeof asked === 'object' && asked !== null && 'permissions' in asked ? asked.permissions : null;
  return typeof permissions === 'object' && permissions !== null ? Object.fromEntries(Object.entries(permissions).map(([name, level]) => [name, String(level)])) : {};
}

function suspended(): FakeAnswer {
  return failure(403, 'This installation has been suspended');
}

function tokenOf(header: string | undefined): string | null {
  return /^(?:bearer|token)\s+(\S+)$/i.exec(header ?? '')?.[1] ?? null;
}

function isOnlyForApp(call: FakeCall): boolean {
  return call.path === '/app' || call.path.startsWith('/app/');
}

function isForApp(call: FakeCall): boolean {
  return isOnlyForApp(call) || APP_ROUTES.has(call.name);
}

/** Tokens given out, each with its installation and its end. A new one ends no older one. */
class InstallationTokens {
  readonly #given = new Map<string, { readonly installationId: string; readonly expiresAt: number }>();
  readonly #issued: string[];

  constructor(issued: string[]) {
    this.#issued = issued;
  }

  give(installationId: string, now: number): { readonly token: string; readonly expiresAt: number } {
    const token = `ghs_${createHash('sha256').update(`${installationId} ${String(this.#given.size)}`).digest('hex').slice(0, 36)}`;
    const expiresAt = Math.floor(now / 1000) * 1000 + TOKEN_SECONDS * 1000;
    this.#given.set(token, { installationId, expiresAt });
    this.#issued.push(token);
    return { token, expiresAt };
  }

  /** The installation that a token stands for; null for one that expired or was never given. */
  holder(token: string, now: number): string | null {
    const given = this.#given.get(token);
    return given === undefined || now >= given.expiresAt ? null : given.installationId;
  }
}
