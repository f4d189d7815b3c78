import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';

/** The secret of every server in this bench. */
export const SECRET = 'a secret of thirty-two characters';

/** What is sent to all of them. */
export interface SignedPayload {
  readonly event: string;
  readonly body: Buffer;
  readonly signature: string;
}

interface Example {
  readonly name: string;
  readonly examples: readonly unknown[];
}

/** GitHub's own example of a pull request's webhook that is nearest to 20 kB, as GitHub writes it and signed. */
export function pullRequestPayload(): SignedPayload {
  const require = createRequire(import.meta.url);
  const events: readonly Example[] = require('@octokit/webhooks-examples/api.github.com/index.json');
  const bodies = events
    .filter(({ name }) => name === 'pull_request')
    .flatMap(({ examples }) => examples.map((example) => Buffer.from(JSON.stringify(example))))
    .sort((a, b) => Math.abs(a.length - 20_000) - Math.abs(b.length - 20_000));
  const [body] = bodies;
  if (body === undefined) throw new Error('@octokit/webhooks-examples holds no pull_request event');
  return { event: 'pull_request', body, signature: `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}` };
}
