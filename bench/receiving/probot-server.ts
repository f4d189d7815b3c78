import { createServer } from 'node:http';
import { createNodeMiddleware, Probot } from 'probot';
import { SECRET } from './payload.ts';
import { serve } from './serve.ts';

/** Probot's middleware on Node's server with a handler that does nothing and no line logged per request: it stores nothing. */
const probot = new Probot({ githubToken: 'unused', secret: SECRET, logLevel: 'warn' });
const middleware = await createNodeMiddleware((app) => app.on('pull_request', () => undefined), {
  probot,
  webhooksPath: '/webhooks/github',
});
serve(createServer((request, response) => void middleware(request, response)));
