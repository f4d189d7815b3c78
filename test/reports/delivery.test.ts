import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import { standingClock } from '#src/core/clock.ts';
import { createLog } from '#src/core/log.ts';
import { parsePolicy } from '#src/config/policy.ts';
import type { OutboxLine } from '#src/domain/outbox.ts';
import type { Store } from '#src/domain/store.ts';
import { openStore } from '#src/store/store.ts';
import { deliverDue } from '#reports/delivery/deliver.ts';
import { mailMessage, messageIdOf, senderOf } from '#reports/delivery/message.ts';
import { smtpCarrier } from '#reports/delivery/smtp.ts';
import { chosenSections, loadSections } from '#reports/load-sections.ts';
import { WeeklyMail } from '#reports/weekly-mail.ts';
import { weeklyReport, type WeeklyReport } from '#reports/weekly.ts';
import { exampleFacts, SENT_AT } from './example-facts.ts';
import { startMailServer, type MailServer } from './mail-server.ts';

const KEY = { team: 'payments', recipient: 'lead@example.com', week: '2025-W47' };
const SENDER = senderOf('Narrows <narrows@example.com>');
const MINUTE = 60_000;

const clock = standingClock(SENT_AT);
let folder: string;
let store: Store;
let server: MailServer;
let said: string[];

beforeEach(async () => {
  clock.set(SENT_AT);
  said = [];
  folder = mkdtempSync(join(tmpdir(), 'narrows-delivery-'));
  store = await openStore({ dataDir: folder, databaseUrl: null, clock });
  server = await startMailServer();
});
afterEach(async () => {
  await server.stop();
  await store.close();
  rmSync(folder, { recursive: true });
});

async function exampleReport(team = 'Payments'): Promise<WeeklyReport> {
  return weeklyReport(exampleFacts({ team: { slug: 'payments', name: team } }), chosenSections(await loadSections(), null));
}

async function deliver(): Promise<OutboxLine | null> {
  const log = createLog({ level: 'info', destination: { write: (line: string) => void said.push(line) } });
  await deliverDue({ outbox: store.outbox, carrier: smtpCarrier({ url: server.url }), clock, log });
  return store.outbox.line(KEY);
}

async function enqueue(): Promise<void> {
  await store.outbox.enqueue(await mailMessage(await exampleReport(), KEY, SENDER, SENT_AT));
}

describe('a mail that is sent', () => {
  test('arrives as text, HTML and its pictures, and says that a machine wrote it', async () => {
    await enqueue();

    const line = await deliver();

    const [taken] = server.taken;
    const message = taken?.message ?? '';
    const headers = (message.split('\r\n\r\n')[0] ?? '').replace(/\r\n[ \t]+/g, ' ');
    expect([line?.state, line?.attempts, server.taken.length, taken?.recipient]).toEqual(['sent', 1, 1, 'lead@example.com']);
    expect(headers).toContain('From: Narrows <narrows@example.com>');
    expect(headers).toContain('Subject: Payments, week 47: bottleneck still Awaiting first response');
    expect(headers).toContain(`Message-ID: ${messageIdOf(KEY, SENDER)}`);
    expect(headers).toContain('Auto-Submitted: auto-generated');
    expect(headers).toMatch(/List-Unsubscribe: <mailto:narrows@example\.com/);
    expect(message.match(/^Content-Type: (?:text\/plain|text\/html|image\/png)/gm)).toHaveLength(6);
    for (const [, id] of message.matchAll(/Content-Id: <([^>]+)>/gi)) expect(message.replaceAll(/=\r\n/g, '')).toContain(`cid:${String(id)}`);
    expect(Buffer.byteLength(message)).toBeLessThan(102_400);
  });

  test('arrives once, however often it is put in and whatever else sends', async () => {
    await enqueue();
    await enqueue();

    await Promise.all([deliver(), deliver(), deliver()]);
    await enqueue();
    await deliver();

    expect(server.taken).toHaveLength(1);
  });

  test('carries no header that its names bring along', async () => {
    const report = await exampleReport('Pay\r\nBcc: all@example.com\r\n\r\n<b>');
    await store.outbox.enqueue(await mailMessage(report, KEY, SENDER, SENT_AT));

    await deliver();

    const headers = server.taken[0]?.message.split('\r\n\r\n')[0] ?? '';
    expect(headers).not.toMatch(/^Bcc:/m);
    expect(server.taken[0]?.message).not.toMatch(/^Bcc:/m);
  });
});

describe('a mail that is not taken', () => {
  test('for good is marked with the reason and not tried again', async () => {
    await enqueue();
    server.refusal = { at: 'recipient', code: 550 };

    const line = await deliver();
    server.refusal = null;
    clock.set(SENT_AT + 86_400_000);
    await deliver();

    expect(line).toMatchObject({ state: 'failed', reason: expect.stringContaining('refused for the test') });
    expect(server.taken).toEqual([]);
    expect(said.filter((text) => text.includes('"level":"error"'))).toHaveLength(1);
  });

  test.each([
    ['for now', { at: 'data', code: 451 }],
    ['because of how one signs in', { at: 'sender', code: 530 }],
  ] as const)('%s is tried again later, each pause longer, and then arrives once', async (_why, refusal) => {
    await enqueue();
    server.refusal = refusal;

    const first = await deliver();
    clock.set(SENT_AT + MINUTE);
    const second = await deliver();
    server.refusal = null;
    clock.set(SENT_AT + 5 * MINUTE);
    const tooEarly = await deliver();
    clock.set(SENT_AT + 6 * MINUTE);
    const third = await deliver();

    expect([first, second, tooEarly, third].map((line) => [line?.state, line?.attempts])).toEqual([['queued', 1], ['queued', 2], ['queued', 2], ['sent', 3]]);
    expect([first?.dueAt, second?.dueAt]).toEqual([SENT_AT + MINUTE, SENT_AT + 6 * MINUTE]);
    expect(server.taken).toHaveLength(1);
  });

  test('in three days is given up', async () => {
    await enqueue();
    server.refusal = { at: 'sender', code: 421 };
    let line = await deliver();
    while (line?.dueAt != null) {
      clock.set(line.dueAt);
      line = await deliver();
    }

    expect(line).toMatchObject({ state: 'failed', reason: expect.stringContaining('Given up after 11 attempts') });
    expect(clock.now() - SENT_AT).toBeGreaterThan(2.5 * 86_400_000);
  });

  test('while no server listens waits for one', async () => {
    await enqueue();
    const { port } = server;
    await deliverDue({ outbox: store.outbox, carrier: smtpCarrier({ url: `smtp://127.0.0.1:${String(port === 1 ? 2 : 1)}` }), clock, log: createLog({ level: 'silent' }) });

    expect(await store.outbox.line(KEY)).toMatchObject({ state: 'queued', attempts: 1 });
  });

  test('as far as one can tell, because the server went away after the last line, is unconfirmed and not sent twice', async () => {
    await enqueue();
    server.hangsUp = true;

    const line = await deliver();
    server.hangsUp = false;
    clock.set(SENT_AT + 86_400_000);
    await deliver();

    expect(line?.state).toBe('unconfirmed');
    expect(server.taken).toHaveLength(1);
    expect(said.join('')).toContain('it is not known whether a mail arrived');
  });

  test('because another holds it by now is cut off without its last line', async () => {
    await enqueue();
    const mail = await store.outbox.claim(60);
    if (mail === null) throw new Error('nothing was due');

    const carried = await smtpCarrier({ url: server.url }).carry(mail, () => Promise.resolve(false));
    await new Promise((resolve) => setTimeout(resolve, 100));

    expect([carried, server.taken]).toEqual([{ outcome: 'lost' }, []]);
  });

  test('with a password waits rather than sends it where anyone can read it', async () => {
    const url = `smtp://narrows:secret@${['0.0.0.0', String(server.port)].join(':')}`;
    await enqueue();

    await deliverDue({ outbox: store.outbox, carrier: smtpCarrier({ url }), clock, log: createLog({ level: 'silent' }) });

    expect(await store.outbox.line(KEY)).toMatchObject({ state: 'queued', reason: expect.stringMatching(/STARTTLS|TLS/) });
    expect(server.taken).toEqual([]);
  });
});

describe('a mail of an installation without an address', () => {
  test('links to GitHub, and to no page that its reader cannot reach', async () => {
    const { FLOW, aWaitingItem, aMetric } = await import('./example-facts.ts');
    const { FIRST_RESPONSE } = await import('#test/dashboard/example-figures.ts');
    const facts = exampleFacts();
    const figures = {
      zone: () => facts.reader.zone,
      lastWeeks: () => facts.window,
      flow: () => Promise.resolve(FLOW),
      waiting: () => Promise.resolve([aWaitingItem()]),
      metric: () => Promise.resolve(aMetric(FIRST_RESPONSE)),
    };
    const policy = parsePolicy('teams: {payments: {recipients: [{mail: lead@example.com}]}}', 'policy');
    const mail = new WeeklyMail({ figures: figures as never, viewer: { sees: 'everything' }, policy, clock, sections: await loadSections(), sender: SENDER, publicUrl: '', githubUrl: 'https://github.com' });
    const [recipient] = policy.teams[0]?.recipients ?? [];
    if (recipient === undefined) throw new Error('there is no recipient');

    const { message } = await mail.mail('payments', recipient, facts.week, false);

    const html = Buffer.from(message).toString('utf8').replaceAll(/=\r\n/g, '').replaceAll('=3D', '=');
    const targets = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
    expect(targets).toEqual(['https://github.com/saltmarsh/payments-api/pull/4021', expect.stringMatching(/^mailto:/)]);
  });
});

describe('the preview', () => {
  test('is a page that loads nothing and runs nothing', async () => {
    const { reportPreviewRouter } = await import('#reports/preview-router.ts');
    const report = await exampleReport();
    const mail = { team: (slug: string) => ({ slug }), week: () => exampleFacts().week, report: () => Promise.resolve(report) };
    const app = express().use(reportPreviewRouter({ mail: mail as never, defaultTeam: 'payments' }));

    const response = await request(app).get('/reports/weekly/preview');

    expect(response.status).toBe(200);
    expect(response.headers['content-security-policy']).toContain("default-src 'none'");
    expect(response.text).not.toMatch(/cid:|<script/);
    expect(response.text.match(/src="data:image\/png;base64,/g)).toHaveLength(4);
  });
});
