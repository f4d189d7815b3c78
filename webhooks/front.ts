import type { IncomingMessage, RequestListener } from 'node:http';
import type { RequestHandler } from './receiver.ts';

/** Where GitHub sends its deliveries to. */
export const WEBHOOK_PATH = '/webhooks/github';

/**
 * The listener for Node's server: hands what is for `WEBHOOK_PATH` to the receiver and everything else to the
 * application. Express would do for both, but it costs as much again as receiving itself, and no body parser mounted
 * one day by mistake can come between GitHub and the receiver here.
 */
export function webhooksFirst(receive: RequestHandler, application: RequestListener): RequestListener {
  return (request, response) => {
    if (isForWebhooks(request)) receive(request, response);
    else application(request, response);
  };
}

/** The path with or without a query or a slash at its end, as a router would take it. */
function isForWebhooks(request: IncomingMessage): boolean {
  const url = request.url ?? '';
  if (url === WEBHOOK_PATH) return true;
  if (!url.startsWith(WEBHOOK_PATH)) return false;
  return /^\/?(?:\?|$)/.test(url.slice(WEBHOOK_PATH.length));
}
