import { systemClock } from '#src/core/clock.ts';
import { readServeOptions, USAGE } from './serve-options.ts';
import { serveGitHub, type ServedGitHub } from './served-github.ts';

/**
 * `npm run fake-github`: a GitHub of recordings, or of a made-up organisation, until it is stopped. It prints what
 * connects an installation of Narrows to it. Stopped, it fails if it was asked what it does not know.
 */
const options = readServeOptions(process.argv.slice(2));
if ('problem' in options) {
  process.stderr.write(`${options.problem}\n\n${USAGE}`);
  process.exit(2);
}

const served = await serveGitHub(options, systemClock);
process.stdout.write(introduction(served));
stopOnSignal(served);
if (served.sendWebhooks !== null) {
  process.stdout.write('\nWebhooks are sent as soon as somebody takes them.\n');
  served.sendWebhooks().then(
    ({ webhooks, accepted }) => process.stdout.write(`Sent ${webhooks.toLocaleString('en')} webhooks; ${accepted.toLocaleString('en')} were accepted. The log of deliveries has them all.\n`),
    (error: unknown) => {
      if (error instanceof Error && error.name === 'AbortError') return;
      throw error;
    },
  );
}

function introduction({ fake, asApp, asPerson }: ServedGitHub): string {
  const repositories = fake.world.repositories(systemClock.now());
  const count = repositories.reduce((sum, { id }) => sum + fake.world.entries(id, systemClock.now()).length, 0);
  const owners = [...new Set(repositories.map(({ owner }) => owner.login))];
  const lines = (variables: Readonly<Record<string, string>>): string => Object.entries(variables).map(([name, value]) => `${name}=${value}\n`).join('');
  return `A fake GitHub listens at ${fake.url}: ${count.toLocaleString('en')} pull requests in ${repositories.length.toLocaleString('en')} repositories of ${owners.join(', ')}.

Connected as an App:

${lines(asApp)}
As a person, with a policy that names ${owners.map((owner) => `${owner}/*`).join(', ')}:

${lines(asPerson)}`;
}

function stopOnSignal(running: ServedGitHub): void {
  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (isStopping) return;
      isStopping = true;
      running.close().catch((error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        process.exitCode = 1;
      });
    });
  }
}
