import { describe, expect, test } from '@jest/globals';
import { largestTime } from '#src/ingest/import/largest-time.ts';
import { lineDelivery, type LineContext } from '#src/ingest/import/line-delivery.ts';

const context: LineContext = { repository: 'acme/widgets', takenAt: Date.UTC(2025, 0, 1), receivedAt: Date.UTC(2030, 0, 1) };

function deliveryOf(line: unknown, about: LineContext = context): Extract<ReturnType<typeof lineDelivery>, { shape: string }>['delivery'] {
  const reading = lineDelivery(typeof line === 'string' ? line : JSON.stringify(line), about);
  if ('problem' in reading) throw new Error(reading.problem);
  return reading.delivery;
}

describe('a line of an import', () => {
  test('that is a recording becomes a listing taken when it is said to be', () => {
    const delivery = deliveryOf({ kind: 'pr', number: 1, events: [] });

    expect(delivery).toMatchObject({ channel: 'recording', event: 'recording', takenAt: context.takenAt, deliveredAt: context.takenAt });
    expect(JSON.parse(Buffer.from(delivery.body).toString())).toEqual({ repository: 'acme/widgets', recording: { kind: 'pr', number: 1, events: [] } });
  });

  test('is the same delivery when imported twice, and another one taken at another time', () => {
    const line = { kind: 'pr', number: 1, events: [] };

    expect(deliveryOf(line).guid).toBe(deliveryOf(line, { ...context, repository: 'Acme/Widgets' }).guid);
    expect(deliveryOf(line).guid).not.toBe(deliveryOf(line, { ...context, takenAt: 1 }).guid);
  });

  test('that is a recording needs the repository to be named', () => {
    expect(lineDelivery('{"kind":"pr","events":[]}', { ...context, repository: null })).toEqual({ problem: expect.stringContaining('--repository OWNER/NAME') });
  });

  test('that is a delivery keeps its guid and its time', () => {
    const delivery = deliveryOf({ event: 'push', guid: 'g-1', delivered_at: '2025-02-03T04:05:06Z', payload: { a: 1 } });

    expect(delivery).toMatchObject({ guid: 'g-1', event: 'push', channel: 'webhook', deliveredAt: Date.UTC(2025, 1, 3, 4, 5, 6) });
  });

  test('without guid is known by its digest, without delivered_at by the largest time in the payload', () => {
    const payload = { pull_request: { created_at: '2025-01-01T00:00:00Z', updated_at: '2025-01-02T00:00:00Z' }, milestone: { due_on: '2031-01-01T00:00:00Z' } };
    const delivery = deliveryOf({ event: 'pull_request', payload });

    expect(delivery.guid).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(delivery.deliveredAt).toBe(Date.UTC(2025, 0, 2));
  });

  test('that names no time at all counts as delivered when it was received', () => {
    expect(deliveryOf({ event: 'ping', payload: { zen: 'x' } }).deliveredAt).toBe(context.receivedAt);
  });

  test('of GH Archive is known by its id and was delivered when it happened', () => {
    const delivery = deliveryOf({ id: '17', type: 'PushEvent', repo: { id: 1, name: 'a/b' }, actor: { id: 2, login: 'x' }, payload: {}, created_at: '2021-07-21T06:00:00Z' });

    expect(delivery).toMatchObject({ guid: 'archive:17', channel: 'archive', deliveredAt: Date.UTC(2021, 6, 21, 6) });
  });

  test.each([
    ['{"a":', /is not JSON/],
    ['[1]', /is no JSON object/],
    ['{"a":1}', /neither a recording/],
    ['{"event":"x","payload":{},"delivered_at":"soon"}', /delivered_at that is no instant: "soon"/],
    ['{"event":"x","payload":{},"guid":7}', /guid that is no text/],
    ['{"type":"PushEvent","repo":{"id":1},"payload":{}}', /without created_at/],
  ])('like %s is refused with the reason', (line, reason) => {
    expect(lineDelivery(line, context)).toEqual({ problem: expect.stringMatching(reason) });
  });
});

describe('largestTime', () => {
  test('finds the latest instant at any depth, written as text or as a number', () => {
    expect(largestTime({ a: [{ pushed_at: 1_700_000_000 }], b: { updated_at: '2020-01-01T00:00:00Z' } })).toBe(1_700_000_000_000);
  });

  test('says null when no instant is named', () => {
    expect(largestTime({ id: 1_700_000_000, text: '2020-01-01T00:00:00Z' })).toBeNull();
  });
});
