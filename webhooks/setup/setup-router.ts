import { randomUUID } from 'node:crypto';
import express, { Router, type NextFunction, type Request, type Response } from 'express';
import { createElement, type ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { Clock } from '#src/core/clock.ts';
import type { Log } from '#src/core/log.ts';
import type { AppAccess } from '#src/sources/access/app-access.ts';
import { callerOf, cookieOf, isOwnForm, type Caller, type CallerOptions } from './caller.ts';
import { isSameText } from './code.ts';
import type { ConnectedFacts } from './connected-facts.ts';
import type { Door, Session } from './door.ts';
import { emptyDraft, readDraft, type FieldErrors, type Fields, type FormFacts } from './draft.ts';
import { readExistingApp } from './existing-app.ts';
import { AppPage } from './pages/app-page.tsx';
import { CodePage } from './pages/code-page.tsx';
import { ExistingPage } from './pages/existing-page.tsx';
import { FORM_TOKEN } from './pages/form.tsx';
import { ProgressPage, type InstallNotice } from './pages/progress-page.tsx';
import { RefusalPage } from './pages/refusal-page.tsx';
import { ReviewPage } from './pages/review-page.tsx';
import type { SetupFrameView } from './pages/setup-frame.tsx';
import { CLOSED, DENIED, FOREIGN_FORM, NO_SESSION, refusalOf, type Refusal } from './refusals.ts';
import type { Connecting, Setup } from './setup.ts';
import { readSetupAssets } from './setup-assets.ts';

/** What the set-up pages are made of. */
export interface SetupRouterOptions extends CallerOptions {
  readonly door: Door;
  readonly setup: Setup;
  readonly forms: FormFacts;
  /** Where GitHub would deliver; null where it cannot, as far as the settings tell. */
  readonly webhookUrl: string | null;
  readonly access: AppAccess;
  /** What is known of the connected App; null while there is none. */
  facts(): Promise<ConnectedFacts | null>;
  /** Somebody has come back from installing the App: look now. */
  look(): void;
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  /** The style sheet that all pages share. */
  readonly pagesStyle: string;
}

const COOKIE = 'narrows_setup';

/** A cookie outlives no session, s. */
const COOKIE_SECONDS = 4 * 3_600;

/** A form with a key in it has some four thousand bytes. */
const LARGEST_FORM = 65_536;

const HEADERS = {
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
  vary: 'Cookie',
} as const;

/** What every page may load: its own style sheet and script. `formTargets` beside this site is where its forms may lead. */
function contentPolicy(formTargets: string): string {
  return `default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'${formTargets}; base-uri 'none'; frame-ancestors 'none'`;
}

/** One request to the set-up. */
interface Call {
  readonly request: Request;
  readonly response: Response;
  readonly caller: Caller;
  readonly frame: SetupFrameView;
}

/** A request by whoever has opened the set-up. */
interface OpenCall extends Call {
  readonly session: Session;
}

/**
 * The set-up pages, everything below `/setup`. They stand before the gate that shuts the other pages: what opens them is
 * the code that was printed, and once the App is connected and the session over they are shut for everyone alike.
 */
export function setupRouter(options: SetupRouterOptions): Router {
  const { door, setup, access, forms, webhookUrl, version, log } = options;
  const assets = readSetupAssets(options.pagesStyle);
  const notices = new Map<string, InstallNotice>();
  const router = Router({ caseSensitive: true, strict: true });

  function frameOf({ basePath }: Caller, isLive = false): SetupFrameView {
    return { basePath, version, stylesheetHref: `${basePath}${assets.style.path}`, scriptHref: isLive ? `${basePath}${assets.script.path}` : null };
  }

  function sessionOf(request: Request): Session | null {
    return door.session(cookieOf(request.headers, COOKIE));
  }

  function refuse({ response, frame }: Call, { status, title, sentences, next }: Refusal, again: { action: string; formToken: string } | null = null): void {
    const link = next === null ? null : { href: `${frame.basePath}/setup`, label: next === 'anew' ? 'Go back to the first step' : 'Go on' };
    send(response.status(status), createElement(RefusalPage, { view: { frame, title, sentences, next: link, again } }));
  }

  /** A route for whoever has opened the set-up; a form among them must come from one of its pages. */
  function opened(serve: (call: OpenCall) => void | Promise<void>): (request: Request, response: Response, next: NextFunction) => void {
    return (request, response, next) => {
      const caller = callerOf(request, options);
      if (caller === null) return next();
      const call = { request, response, caller, frame: frameOf(caller) };
      const session = sessionOf(request);
      if (session === null && setup.isConnected) return refuse(call, CLOSED);
      if (session === null) return refuse(call, NO_SESSION);
      if (request.method === 'POST' && !(isOwnForm(request.headers, caller) && isSameText(fieldsOf(request)[FORM_TOKEN] ?? '', session.formToken))) return refuse(call, FOREIGN_FORM);
      Promise.resolve(serve({ ...call, session })).catch(next);
    };
  }

  function sendOutcome(call: OpenCall, connecting: Connecting): void {
    if (connecting.outcome === 'connected') return redirect(call, '/setup');
    const again = connecting.outcome === 'not-stored' && setup.hasUnsaved ? { action: `${call.frame.basePath}/setup/again`, formToken: call.session.formToken } : null;
    refuse(call, refusalOf(connecting), again);
  }

  function sendForm({ response, frame, session }: OpenCall, fields: Fields, errors: FieldErrors): void {
    const status = Object.keys(errors).length > 0 ? 422 : 200;
    send(response.status(status), createElement(AppPage, { view: { frame, formToken: session.formToken, fields, errors, webhookUrl } }));
  }

  function sendExisting({ response, frame, session }: OpenCall, fields: Fields, errors: FieldErrors): void {
    const status = Object.keys(errors).length > 0 ? 422 : 200;
    send(response.status(status), createElement(ExistingPage, { view: { frame, formToken: session.formToken, fields, errors, webhookUrl, access } }));
  }

  router.use('/setup', (_request, response, next) => {
    response.set(HEADERS).set('content-security-policy', contentPolicy(''));
    next();
  });
  router.use('/setup', express.urlencoded({ extended: false, limit: LARGEST_FORM, parameterLimit: 20 }));
  for (const { path, type, text } of [assets.style, assets.script]) {
    router.get(path, (_request, response) => {
      response.set('cache-control', 'public, max-age=31536000, immutable').removeHeader('vary');
      response.type(type).send(text);
    });
  }

  router.get('/setup', (request, response, next) => {
    const caller = callerOf(request, options);
    if (caller === null) return next();
    const session = sessionOf(request);
    const call = { request, response, caller, frame: frameOf(caller) };
    if (session === null && setup.isConnected) return refuse(call, CLOSED);
    if (session === null) return send(response, createElement(CodePage, { view: { frame: call.frame, problem: null } }));
    if (!setup.isConnected) return sendForm({ ...call, session }, emptyDraft(forms), {});
    options
      .facts()
      .then((facts) => {
        if (facts === null) return refuse(call, CLOSED);
        send(response, createElement(ProgressPage, { view: { frame: frameOf(caller, true), formToken: session.formToken, access, facts, notice: notices.get(session.id) ?? null } }));
      })
      .catch(next);
  });

  router.post('/setup/code', (request, response, next) => {
    const caller = callerOf(request, options);
    if (caller === null) return next();
    const call = { request, response, caller, frame: frameOf(caller) };
    if (setup.isConnected) return refuse(call, CLOSED);
    if (!isOwnForm(request.headers, caller)) return refuse(call, FOREIGN_FORM);
    const opening = door.open(fieldsOf(request)['code'] ?? '', request.ip ?? '');
    if (opening.outcome === 'opened') {
      const isSecure = caller.baseUrl.startsWith('https:');
      response.cookie(COOKIE, opening.session.id, { httpOnly: true, sameSite: 'lax', secure: isSecure, path: `${caller.basePath}/setup`, maxAge: COOKIE_SECONDS * 1000 });
      log.info({}, 'the set-up was opened');
      return redirect(call, '/setup');
    }
    if (opening.outcome !== 'wait') log.warn({ outcome: opening.outcome }, 'the set-up was not opened');
    if (opening.outcome === 'wait') response.set('retry-after', String(Math.ceil(opening.waitMs / 1000)));
    send(response.status(opening.outcome === 'wait' ? 429 : 403), createElement(CodePage, { view: { frame: call.frame, problem: CODE_PROBLEMS[opening.outcome] } }));
  });

  router.post('/setup/app', opened((call) => {
    if (setup.isConnected) return redirect(call, '/setup');
    const fields = fieldsOf(call.request);
    const draft = readDraft(fields, forms);
    if (draft.errors !== null) return sendForm(call, fields, draft.errors);
    setup.invite(draft.value, { baseUrl: call.caller.baseUrl, webhookUrl });
    redirect(call, '/setup/app');
  }));

  router.get('/setup/app', opened((call) => {
    const { invitation } = setup;
    if (invitation === null || setup.isConnected) return redirect(call, '/setup');
    // The form leads to GitHub, which may lead on to where an organisation signs in; GitHub is told which site it comes from, and no more.
    call.response.set({ 'referrer-policy': 'strict-origin', 'content-security-policy': contentPolicy(` https: ${new URL(invitation.action).origin}`) });
    send(call.response, createElement(ReviewPage, { view: { frame: call.frame, invitation, access } }));
  }));

  router.get('/setup/existing', opened((call) => (setup.isConnected ? redirect(call, '/setup') : sendExisting(call, emptyDraft(forms), {}))));

  router.post('/setup/existing', opened(async (call) => {
    const fields = fieldsOf(call.request);
    const reading = readExistingApp(fields, forms);
    if (reading.errors !== null) return sendExisting(call, fields, reading.errors);
    const connecting = await setup.takeExisting(reading.value);
    if (connecting.outcome !== 'refused') return sendOutcome(call, connecting);
    sendExisting(call, fields, { 'private-key': 'GitHub does not accept this key for this App. Compare the App ID, or make a new key on the page of the App; a clock of this machine that is wrong by minutes has the same effect.' });
  }));

  router.get('/setup/callback', opened(async (call) => {
    const { code, state, error } = call.request.query;
    if (typeof error === 'string') return refuse(call, DENIED);
    sendOutcome(call, await setup.returned(textOf(code), textOf(state)));
  }));

  router.post('/setup/again', opened(async (call) => sendOutcome(call, await setup.saveAgain())));

  router.get('/setup/installed', opened((call) => {
    const { setup_action: action, error } = call.request.query;
    if (action === 'request') notices.set(call.session.id, 'requested');
    else if (typeof error === 'string') notices.set(call.session.id, 'denied');
    else notices.delete(call.session.id);
    options.look();
    redirect(call, '/setup');
  }));

  router.post('/setup/finish', opened((call) => {
    if (!setup.isConnected) return redirect(call, '/setup');
    door.close();
    call.response.clearCookie(COOKIE, { path: `${call.frame.basePath}/setup` });
    refuse(call, FINISHED);
  }));

  router.use('/setup', (error: unknown, request: Request, response: Response, next: NextFunction) => {
    const caller = callerOf(request, options);
    if (response.headersSent || caller === null) return next(error);
    const call = { request, response, caller, frame: frameOf(caller) };
    if (isBadForm(error)) return refuse(call, { ...FOREIGN_FORM, status: 400 });
    const reference = randomUUID();
    log.error({ err: error, reference, path: request.path }, 'a page of the set-up could not be made');
    refuse(call, { status: 500, title: 'This did not work.', sentences: [`Reference ${reference}. The log says why under this reference.`], next: 'on' });
  });
  return router;
}

/** The session is over, and all is well. */
const FINISHED: Refusal = { status: 200, title: 'The set-up is finished.', sentences: ['These pages are shut now, and collecting goes on. On the machine that runs Narrows, narrows status says how far it is and narrows show prints figures.'], next: null };

const CODE_PROBLEMS = {
  wrong: 'This is not the code. Compare it with what Narrows printed last: every start prints another one.',
  used: 'This code was used already, in another browser or before. Start Narrows again: it prints a new one.',
  wait: 'Too many wrong codes came from here. Wait a minute, and paste the code as it was printed.',
} as const;

function send(response: Response, page: ReactElement): void {
  response.type('html').send(`<!doctype html>${renderToStaticMarkup(page)}`);
}

function redirect({ response, frame }: Pick<Call, 'response' | 'frame'>, path: string): void {
  response.redirect(303, `${frame.basePath}${path}`);
}

/** The fields of a form; what was sent twice counts as not sent. */
function fieldsOf(request: Request): Fields {
  const body: unknown = request.body;
  if (typeof body !== 'object' || body === null) return {};
  return Object.fromEntries(Object.entries(body).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** What the reader of forms throws for one that is too large or not readable. */
function isBadForm(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number' && error.status >= 400 && error.status < 500;
}
