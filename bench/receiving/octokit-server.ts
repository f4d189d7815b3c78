import { createServer } from 'node:http';
import { createNodeMiddleware, Webhooks } from '@octokit/webhooks';
import { SECRET } from './payload.ts';
import { serve } from './serve.ts';

/** `@octokit/webhooks`' own middleware on Node's server with a handler that does nothing: it stores nothing. */
const webhooks = new Webhooks({ secret: SECRET });
webhooks.on('pull_request', () => undefined);
const middleware = createNodeMiddleware(webhooks, { path: '/webhooks/github' });
serve(createServer((request, response) => void middleware(request, response)));
