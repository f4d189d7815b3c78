import { httpServer } from '#src/api/server.ts';
import { openApp } from '#src/app.ts';
import { secretValues, webhookSecrets } from '#src/config/options.ts';
import { startIngestThread } from '#src/ingest/ingest-thread.ts';
import { openSite } from '#src/site.ts';
import { openInbox } from '#src/store/inbox-thread.ts';
import { webhookReceiver } from '#webhooks/receiver.ts';
import { serve } from '../receiving/serve.ts';

/**
 * The service as an installation will run it once its readers can be told apart: it takes deliveries, folds them and
 * answers questions, all at once. Today `narrows start` shows nothing to anybody while GitHub delivers to it.
 */
const app = await openApp(process.env);
const { options, clock, log } = app;
const place = { dataDir: options.dataDir, databaseUrl: options.databaseUrl };
const inbox = await openInbox({ ...place, clock });
const ingest = startIngestThread({ ...place, logLevel: options.logLevel, secrets: secretValues(options), policy: app.policy, viewer: app.operator, retentionMs: options.retentionDays * 86_400_000 }, log);
const { readers } = await openSite(app, null);
const secrets = webhookSecrets(options);
const store: typeof inbox.store = async (deliveries) => {
  const added = await inbox.store(deliveries);
  ingest.notify();
  return added;
};
serve(httpServer({ receiver: webhookReceiver({ inbox: { store }, secrets: () => secrets, clock, log }), isReady: () => true, isShut: () => false, trustProxy: 0, readers, log }));
