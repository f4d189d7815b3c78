import { buildWorld } from './fake-github/build-world.ts';
import { GUI_ID } from './fake-github/gui-world.ts';
import { recordedPulls } from './fake-github/pull-source.ts';
import { worldWebhooks } from './fake-github/webhooks/world-webhooks.ts';
import { aboutGui, guiText } from './gui-recording.ts';
import { FORM_TYPE, JSON_TYPE, webhookOf, type Webhook } from './signed-webhooks.ts';

/**
 * The webhooks that GitHub would have sent for the recorded pull requests, at most so many of these, in order of time.
 * Every GUID is its own and the same in every run; every seventh is form-encoded.
 */
export function recordedWebhooks(pullRequests: number): Webhook[] {
  const lines = guiText('pulls.ndjson.gz').split('\n').filter((line) => line !== '');
  const world = buildWorld({ repositories: [{ fullName: aboutGui.repository, id: GUI_ID, owner: { id: 9 }, pulls: recordedPulls(lines.slice(0, pullRequests)) }] });
  return [...worldWebhooks(world)].map(({ guid, event, body }, index) =>
    index % 7 === 0 ? webhookOf(guid, event, `payload=${encodeURIComponent(body)}`, FORM_TYPE) : webhookOf(guid, event, body, JSON_TYPE),
  );
}
