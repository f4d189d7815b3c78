import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ProblemAnswer } from '#src/core/problem.ts';

/** How long what a refused sender still sends is read and dropped, milliseconds. */
const LINGER_MS = 1_000;

/**
 * Answers a request whose body has not come to its end, and closes the connection. The answer goes out whole at
 * once, but the connection stays until the sender has finished or the time is up: closed under a sender that is
 * still writing, it would be reset and the answer lost with it.
 */
export function answerEarly(request: IncomingMessage, response: ServerResponse, answer: ProblemAnswer): void {
  response.writeHead(answer.status, { ...answer.headers, connection: 'close' });
  response.write(answer.body);
  const timer = setTimeout(close, LINGER_MS);

  function close(): void {
    clearTimeout(timer);
    request.off('end', close).off('close', close);
    response.end();
  }
  request.on('error', close).on('end', close).on('close', close).resume();
}
