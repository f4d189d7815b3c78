import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import type { Viewer } from '#src/domain/viewer.ts';
import { dashboardRouter } from '#src/dashboard/dashboard-router.ts';
import { hoursText } from '#src/dashboard/views/settings.ts';
import { parsePolicy } from '#src/config/policy.ts';
import { settingsSource } from '#src/settings.ts';
import { openReadingSite, recordedImport, type ReadingSite } from '#test/support/reading-site.ts';

const POLICY = `repositories:
  exclude: [acme/*]
ignore:
  authors:
    - account-1
  labels: [nobody-uses-this]
teams:
  gui:
    name: GUI
    repositories: [bitcoin-core/gui]
    calendar: berlin
    recipients:
      - mail: lead@example.com
        day: friday
        hour: 16
calendars:
  berlin:
    zone: Europe/Berlin
bots: [account-23]
`;

let site: ReadingSite;

beforeEach(async () => {
  site = await openReadingSite([await recordedImport()], POLICY);
});

afterEach(() => site.close());

function served(viewer: Viewer = site.app.operator): express.Express {
  const { app, figures, clock } = site;
  const router = dashboardRouter({ figures, policy: app.policy, clock, log: app.log, version: '0.0.0', viewerOf: () => viewer, organization: null, sample: null, githubUrl: null, settings: settingsSource(app) });
  return express().use(router);
}

async function words(viewer?: Viewer): Promise<string> {
  const { text } = await request(served(viewer)).get('/settings').expect(200);
  return text.replace(/<style.*?<\/style>/gs, '').replace(/<[^>]*>/g, ' ').replaceAll('\u00A0', ' ').replaceAll('&#x27;', "'").replace(/\s+/g, ' ');
}

describe('the page of settings', () => {
  test('says of each rule where it stands and what it matches', async () => {
    const page = await words();

    expect(page).toContain('include */* default bitcoin-core/gui');
    expect(page).toContain('exclude acme/* line 2 matches nothing now');
    expect(page).toMatch(/author account-1 line 5 \d+ pull requests/);
    expect(page).toContain('label nobody-uses-this line 6 nothing, or only what a rule above it leaves out');
    expect(page).toContain('GUI (gui) line 8 bitcoin-core/gui (line 10): bitcoin-core/gui berlin');
    expect(page).toContain('berlin line 17 Monday to Friday 09:00–17:00, Europe/Berlin teams gui');
    expect(page).toContain('^(prod|production|live) default not known: environments are not collected yet');
    expect(page).toContain('account-23 line 19 known');
    expect(page).toContain('lead@example.com line 13 GUI Friday 16:00, Europe/Berlin none: no mail server is set');
  });

  test('counts of left out pull requests what figures leave out', async () => {
    const { waitReader } = await site.app.store();
    const all = await waitReader.lives(site.app.operator, { withIgnored: true });
    const counted = await waitReader.lives(site.app.operator, {});

    expect(await words()).toContain(`${String(all.length - counted.length)} pull requests in all`);
  });

  test('says that the file has changed since it was read', async () => {
    const page = served();
    expect((await request(page).get('/settings')).text).not.toContain('has changed since');

    writeFileSync(site.app.options.policyFile ?? '', `${POLICY}names: true\n`);

    expect((await request(page).get('/settings')).text).toContain('has changed since');
  });

  test('tells what became of the last mail', async () => {
    const { outbox } = await site.app.store();
    const mail = { team: 'gui', recipient: 'lead@example.com', week: '2026-W45', messageId: '<1@example.com>', sender: 'narrows@example.com', message: Buffer.from('x') };
    await outbox.enqueue(mail);
    const claimed = await outbox.claim(60);
    if (claimed !== null) await outbox.settle(claimed, { state: 'failed', reason: '550 No such user' });

    expect(await words()).toMatch(/2026-W45: failed .*, 550 No such user/);
  });

  test('is one and the same as nothing for a reader who may not see everything, and where nothing is set', async () => {
    const missing = (await request(served()).get('/nothing-there').expect(404)).text;

    const limited = await request(served({ sees: 'repositories', repositoryIds: ['name:bitcoin-core/gui'] })).get('/settings').expect(404);
    await request(await site.serve()).get('/settings').expect(404);

    expect(limited.text).toBe(missing);
    expect(limited.text).not.toContain('acme');
    expect((await request(await site.serve()).get('/')).text).not.toContain('href="/settings');
    expect((await request(served()).get('/')).text).toContain('href="/settings');
  });
});

describe('the hours of a calendar', () => {
  const hoursOf = (text: string): string => {
    const calendar = parsePolicy(`calendars: { c: { zone: UTC, hours: ${text} } }`, 'policy.yaml').calendars[0];
    return calendar === undefined ? '' : hoursText(calendar.hours);
  };

  test('stand together where days have the same ones, and days off are not named', () => {
    expect(hoursOf("{ weekdays: '08:30-12:00, 13:00-17:30', wednesday: off, saturday: '10:00-24:00' }")).toBe(
      'Monday to Tuesday 08:30–12:00, 13:00–17:30; Thursday to Friday 08:30–12:00, 13:00–17:30; Saturday 10:00–24:00',
    );
  });

  test('of a week without work are never', () => {
    expect(hoursOf('{ weekdays: off }')).toBe('never');
  });
});
