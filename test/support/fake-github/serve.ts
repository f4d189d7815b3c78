import { parseArgs } from 'node:util';
import { folderWorld } from './folder-world.ts';
import { startFakeGitHub } from './fake-github.ts';

/**
 * `npm run fake-github -- --world DIR --port N`: a GitHub over recordings, until it is stopped. It asks for no
 * credential and keeps no limits; `narrows` collects from it with NARROWS_GITHUB_API_URL and any NARROWS_GITHUB_TOKEN.
 */
const { values } = parseArgs({ options: { world: { type: 'string' }, port: { type: 'string', default: '8991' } } });
const port = Number(values.port);
if (values.world === undefined || !Number.isInteger(port)) {
  process.stderr.write('Usage: npm run fake-github -- --world DIR [--port 8991]\nDIR holds OWNER__NAME/pulls.ndjson.gz.\n');
  process.exit(2);
}
const fake = await startFakeGitHub({ world: folderWorld(values.world), port, keptCalls: 1_000 });
const names = fake.world.repositories(Date.now()).map(({ fullName }) => fullName);
process.stdout.write(`A fake GitHub with ${names.join(', ')} listens at ${fake.url}.\n`);
let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (isStopping) return;
    isStopping = true;
    fake.close().catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    });
  });
}
