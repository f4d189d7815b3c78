import { afterEach, describe, expect, test } from '@jest/globals';
import { untilRead } from '#test/support/exported-state.ts';
import { recordFigure, size } from '#test/support/figures.ts';
import { recordedWebhooks } from '#test/support/recorded-webhooks.ts';
import { endServices, freshFolder, runNarrows, startService } from '#test/support/running-service.ts';
import { isAcknowledged, WebhookSender } from '#test/support/signed-webhooks.ts';

const MEGABYTE = 1_000_000;

/** What the process may take at most after some thousand deliveries, bytes: the goal is 200 MB, the rest is what a busy machine's collector leaves lying. */
const MOST_RESIDENT = 300 * MEGABYTE;

afterEach(endServices);

describe('a service', () => {
  test('that finds its port taken says so and ends, with code 1', async () => {
    const { port } = await startService({ dataDir: freshFolder() });

    const { code, out, err } = await runNarrows(['start'], { dataDir: freshFolder(), env: { PORT: String(port) } });

    expect(code).toBe(1);
    expect(err).toContain(`Cannot listen on 127.0.0.1:${String(port)}`);
    expect(err).toContain('Choose another PORT or HOST.');
    expect(out).toBe('');
  });

  test('stays small while it takes and reads deliveries', async () => {
    const dataDir = freshFolder();
    const service = await startService({ dataDir });
    const atStart = service.residentBytes();
    const sender = new WebhookSender(20);
    const webhooks = recordedWebhooks(size(40, 519));

    const answers = await sender.sendAll(service.port, webhooks);
    await untilRead({ NARROWS_DATA_DIR: dataDir }, webhooks.length);
    const resident = service.residentBytes();
    sender.close();

    expect(answers.filter((answer) => !isAcknowledged(answer))).toEqual([]);
    if (resident === null || atStart === null) return;
    expect(resident).toBeLessThan(MOST_RESIDENT);
    recordFigure('Running service', 'resident memory after starting, MB', Math.round(atStart / MEGABYTE), 'goal: under 200');
    recordFigure('Running service', `resident memory after ${webhooks.length.toLocaleString('en')} deliveries, MB`, Math.round(resident / MEGABYTE), 'goal: under 200');
  }, 120_000);
});
