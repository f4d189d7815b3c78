import { createServer } from 'node:http';
import { systemClock } from '#src/core/clock.ts';
import { openInbox } from '#src/store/inbox-thread.ts';
import { webhookReceiver } from '#webhooks/receiver.ts';
import { SECRET } from './payload.ts';
import { serve } from './serve.ts';

/** The receiver and the inbox as the product has them and nothing else: every 202 is a delivery on disk. */
const [dataDir = ''] = process.argv.slice(2);
const inbox = await openInbox({ dataDir, databaseUrl: null, clock: systemClock });
const SECRETS = [SECRET];
const log = { warn: console.error, error: console.error };
serve(createServer(webhookReceiver({ inbox, secrets: () => SECRETS, clock: systemClock, log })));
