import { once } from 'node:events';
import { get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { isLoopbackAddress, isLoopbackHost } from '#src/api/loopback.ts';
import { isFromThisMachine, shutBecause, type ReachOptions } from '#src/api/reader-gate.ts';
import { openReadingSite, type ReadingSite } from '#test/support/reading-site.ts';

let site: ReadingSite;
let server: Server;

beforeAll(async () => {
  site = await openReadingSite([]);
  server = await site.serve();
});

afterAll(() => site.close());

const AT_HOME: ReachOptions = { host: '127.0.0.1', publicUrl: null, trustProxy: 0, webhookSecret: null };

/** Everything a reader may ask for: pages, what pages load, figures, what does not exist. */
const READ = ['/', '/reviews', '/waits?stage=review.approval', '/pull-requests/acme/widgets/1', '/nothing', '/api/v1/metrics', '/api/v1/waits', '/api/v1/openapi.json', '/api/nothing'];

describe('an installation is shut to readers', () => {
  test.each<[Partial<ReachOptions>, string]>([
    [{ webhookSecret: 'a secret of sixteen' }, 'GitHub delivers to this installation (it has a webhook secret)'],
    [{ host: '0.0.0.0' }, 'it listens on 0.0.0.0, which other machines reach (HOST)'],
    [{ host: '::' }, 'it listens on ::, which other machines reach (HOST)'],
    [{ host: '192.168.1.5' }, 'it listens on 192.168.1.5, which other machines reach (HOST)'],
    [{ host: 'narrows.example.com' }, 'it listens on narrows.example.com, which other machines reach (HOST)'],
    [{ host: '127.0.0.1.example.com' }, 'it listens on 127.0.0.1.example.com, which other machines reach (HOST)'],
    [{ publicUrl: 'https://narrows.example.com' }, 'it has a public address (NARROWS_PUBLIC_URL is set)'],
    [{ trustProxy: 1 }, 'a proxy stands before it (NARROWS_TRUST_PROXY is set)'],
    [{ trustProxy: ['loopback'] }, 'a proxy stands before it (NARROWS_TRUST_PROXY is set)'],
  ])('with %j', (changed, because) => {
    expect(shutBecause({ ...AT_HOME, ...changed })).toBe(because);
  });

  test.each(['127.0.0.1', '127.8.8.8', '::1', 'localhost', 'LOCALHOST'])('but not where it listens on %s alone', (host) => {
    expect(shutBecause({ ...AT_HOME, host })).toBeNull();
  });

  test('and then answers nothing but deliveries and its health, whatever is asked', async () => {
    const shut = await site.serve({ isShut: true });

    for (const address of READ) {
      const answer = await request(shut).get(address);
      expect([address, answer.status, answer.type, answer.body.code]).toEqual([address, 403, 'application/problem+json', 'forbidden']);
      expect(answer.text).not.toMatch(/acme|widgets|review\./);
    }
    expect((await request(shut).get('/healthz')).status).toBe(200);
    expect((await request(shut).post('/webhooks/github').send('{}')).status).toBe(202);
  });
});

describe('an open installation answers whoever sits at this machine', () => {
  test.each(['localhost', 'localhost:3000', 'LocalHost:3000', 'narrows.localhost', '127.0.0.1', '127.0.0.1:3000', '127.1.2.3:80', '[::1]', '[::1]:3000'])('by the name %s', async (host) => {
    expect((await request(server).get('/api/v1/metrics').set('host', host)).status).toBe(200);
  });

  test.each([
    'narrows.example.com',
    'example.com:3000',
    '192.168.1.5:3000',
    '10.0.0.1',
    '0.0.0.0:3000',
    '[::]:3000',
    '[::ffff:10.0.0.1]:3000',
    '[fe80::1]:3000',
    // Names made to lead here, as DNS rebinding makes them.
    '127.0.0.1.nip.io',
    '127.0.0.1.example.com:3000',
    'localhost.example.com',
    'localhost.example.com:3000',
    'notlocalhost',
    'evil-localhost:3000',
    'example.com#localhost',
    'example.com:80:localhost',
    'localhost@example.com',
    'localhost:3000@example.com',
    '127.0.0.1@example.com',
    '127.0.0.256',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '::1',
    '[::1].example.com',
    '[::1',
    'x[::1]',
    'localhost.',
  ])('and refuses the name %j for every address', async (host) => {
    for (const address of ['/', '/api/v1/metrics', '/nothing']) {
      const answer = await request(server).get(address).set('host', host);
      expect([address, answer.status]).toEqual([address, 403]);
    }
    expect((await request(server).get('/healthz').set('host', host)).status).toBe(200);
  });

  test.each([
    ['x-forwarded-host', 'localhost'],
    ['x-forwarded-for', '127.0.0.1'],
    ['x-forwarded-proto', 'https'],
    ['forwarded', 'for=127.0.0.1;host=localhost'],
    ['via', '1.1 proxy'],
    ['x-real-ip', '127.0.0.1'],
  ])('and refuses what a proxy passed on: %s', async (header, value) => {
    const refused = await request(server).get('/api/v1/metrics').set('host', 'localhost:3000').set(header, value);

    expect([refused.status, refused.body.code]).toEqual([403, 'forbidden']);
  });

  test('and is not led by X-Forwarded-Host past a foreign Host', async () => {
    const refused = await request(server).get('/').set('host', 'narrows.example.com').set('x-forwarded-host', 'localhost');

    expect(refused.status).toBe(403);
  });

  test('and takes the Host header for the name even where the address line has another', async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    try {
      const statusOf = async (path: string, host: string): Promise<number | undefined> => {
        const asked = get({ port, path, headers: { host } });
        const [answer] = await once(asked, 'response');
        answer.resume();
        return answer.statusCode;
      };

      expect(await statusOf('http://localhost/api/v1/metrics', 'narrows.example.com')).toBe(403);
      expect(await statusOf('http://narrows.example.com/api/v1/metrics', 'localhost')).toBe(200);
    } finally {
      server.close();
    }
  });

  test('and refuses a request without a name at all', () => {
    expect(isFromThisMachine({})).toBe(false);
    expect(isFromThisMachine({ host: 'localhost' })).toBe(true);
  });
});

describe('loopback', () => {
  test('is written with brackets in a Host header and without them as an address', () => {
    expect([isLoopbackHost('[::1]'), isLoopbackHost('::1')]).toEqual([true, false]);
    expect([isLoopbackAddress('[::1]'), isLoopbackAddress('::1')]).toEqual([false, true]);
  });
});
