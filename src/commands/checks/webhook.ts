import { WEBHOOK_PATH } from '#src/api/server.ts';
import { webhookSecrets } from '#src/config/options.ts';
import { formatInstant } from '#src/core/instant.ts';
import type { LoggedDelivery } from '#src/github/github.ts';
import { appAccess, missingEvents } from '#src/sources/access/app-access.ts';
import type { Check } from '../contract/check.ts';
import type { Finding } from '../contract/finding.ts';
import { askGitHub } from '../contract/github-reach.ts';

/** Whether GitHub delivers, and whether we take it: by GitHub's own log. */
const check: Check = {
  place: 6,
  title: 'Webhook',
  async run({ app: { options, sources }, github }) {
    return askGitHub(await github(), async (access, signal) => {
      if (access.kind === 'token') return [{ verdict: 'unknown', text: 'the log of deliveries is shown to an App alone, and a token is connected' }];
      if (webhookSecrets(options).length === 0) return [{ verdict: 'unknown', text: 'not asked: GitHub does not deliver here, it is only asked' }];
      const { permissions, events } = await access.app.identity(signal);
      const lacking = missingEvents(appAccess(sources.keys()), permissions, events);
      const address = `${options.publicUrl ?? 'the public address of this service'}${options.publicUrl === null ? ', followed by ' : ''}${WEBHOOK_PATH}`;
      return [...delivered((await access.app.deliveryLog(null, signal)).deliveries, address), ...subscribed(lacking)];
    });
  },
};

export default check;

/** What GitHub's log, newest first, says of its deliveries. */
export function delivered(log: readonly LoggedDelivery[], address: string): readonly Finding[] {
  const [newest] = log;
  if (newest === undefined) {
    return [{ verdict: 'note', text: 'GitHub has delivered nothing in its last three days', todo: `On the page of the App: is "Active" on under Webhook, is the URL ${address}, is the App installed? "Redeliver" of the ping under Advanced is a test.` }];
  }
  const refused = log.filter(({ isAccepted }) => !isAccepted).length;
  const name = `${newest.event}${newest.action === null ? '' : `.${newest.action}`} of ${formatInstant(newest.deliveredAt)}`;
  const ping = log.find(({ event }) => event === 'ping');
  const pinged: readonly Finding[] = ping === undefined ? [] : [{ verdict: 'ok', text: `the ping of ${formatInstant(ping.deliveredAt)} was ${ping.isAccepted ? 'accepted' : 'refused'}` }];
  if (!newest.isAccepted) {
    return [
      { verdict: 'wrong', text: `the newest delivery, ${name}, was not accepted; ${String(refused)} of the newest ${String(log.length)} were not`, todo: `See the answer under Advanced on the page of the App: 401 means another secret than NARROWS_WEBHOOK_SECRET, no connection another URL than ${address}. What was lost is fetched within minutes once it works.` },
      ...pinged,
    ];
  }
  return [{ verdict: 'ok', text: `the newest delivery, ${name}, was accepted${refused === 0 ? '' : `; ${String(refused)} of the newest ${String(log.length)} were not and are being fetched`}` }, ...pinged];
}

function subscribed(lacking: readonly string[]): readonly Finding[] {
  if (lacking.length === 0) return [{ verdict: 'ok', text: 'the App subscribes to every event that is read' }];
  return [{ verdict: 'note', text: `the App does not subscribe to ${lacking.join(', ')}`, todo: 'Tick them under "Permissions & events" on the page of the App: until then what they tell comes late, with the listings, or not at all.' }];
}
