import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { KNOWN_BOTS } from '#src/config/bots.ts';
import { DEFAULT_POLICY, loadPolicy, parsePolicy, policyDigest } from '#src/config/policy.ts';

const NINE_TO_FIVE = [{ startMinute: 540, endMinute: 1020 }];

describe('a policy', () => {
  test('has a default for everything', () => {
    expect(DEFAULT_POLICY).toEqual({
      teams: [],
      calendars: [],
      calendar: null,
      repositories: { include: ['*/*'], exclude: [] },
      ignore: { labels: [], authors: [], baseBranches: [] },
      bots: expect.arrayContaining(['DrahtBot']),
      production: ['^(prod|production|live)'],
      staleAfterSeconds: 30 * 86_400,
      names: false,
      ignoredChecks: [],
      stepCategories: {},
      incidentLabels: [],
      hotfixLabels: [],
    });
  });

  test.each(['', '# nothing yet\n', '{}', 'teams:\nbots: # none yet\nignore:\n  labels:\n'])('is the default one where the file says nothing: %j', (text) => {
    expect(parsePolicy(text, 'policy.yaml')).toEqual(DEFAULT_POLICY);
  });

  test('reads everything a file may say', () => {
    const policy = parsePolicy(
      `
calendars:
  berlin:
    zone: Europe/Berlin
    hours: { weekdays: '08:30-12:00, 13:00-24:00', friday: off, saturday: '10:00 - 11:00' }
    holidays: [2025-12-25, 2024-02-29]
    repositories: [acme/eu-*]
  plain: { zone: Asia/Tokyo }
calendar: plain
teams:
  payments:
    name: Payments & Ledger
    repositories: [acme/pay-*, acme/ledger]
    calendar: berlin
    recipients:
      - mail: lead@example.com
      - { mail: other@example.com, day: friday, hour: 0, zone: UTC, sections: [access, review] }
  infra: { recipients: [{ mail: infra@example.com }] }
repositories: { include: ['acme/*'], exclude: [acme/sandbox-*] }
ignore: { labels: [wip], authors: ['renovate[bot]'], base_branches: [release/*] }
bots: [acme-ci]
production: [^main-eu$]
stale_after: 6w
names: true
checks: { ignore: [codecov/*] }
step_categories: { lint: [^ruff] }
labels: { incident: [incident], hotfix: [hotfix] }
`,
      'policy.yaml',
    );

    const morningAndLate = [
      { startMinute: 510, endMinute: 720 },
      { startMinute: 780, endMinute: 1440 },
    ];
    const berlin = {
      name: 'berlin',
      zone: 'Europe/Berlin',
      hours: { monday: morningAndLate, tuesday: morningAndLate, wednesday: morningAndLate, thursday: morningAndLate, friday: [], saturday: [{ startMinute: 600, endMinute: 660 }], sunday: [] },
      holidays: ['2025-12-25', '2024-02-29'],
      repositories: ['acme/eu-*'],
    };
    const plain = {
      name: 'plain',
      zone: 'Asia/Tokyo',
      hours: { monday: NINE_TO_FIVE, tuesday: NINE_TO_FIVE, wednesday: NINE_TO_FIVE, thursday: NINE_TO_FIVE, friday: NINE_TO_FIVE, saturday: [], sunday: [] },
      holidays: [],
      repositories: [],
    };
    expect(policy).toEqual({
      calendars: [berlin, plain],
      calendar: plain,
      teams: [
        {
          slug: 'infra',
          name: 'infra',
          repositories: null,
          calendar: null,
          recipients: [{ mail: 'infra@example.com', day: 'monday', hour: 8, zone: 'Asia/Tokyo', sections: null }],
        },
        {
          slug: 'payments',
          name: 'Payments & Ledger',
          repositories: ['acme/pay-*', 'acme/ledger'],
          calendar: berlin,
          recipients: [
            { mail: 'lead@example.com', day: 'monday', hour: 8, zone: 'Europe/Berlin', sections: null },
            { mail: 'other@example.com', day: 'friday', hour: 0, zone: 'UTC', sections: ['access', 'review'] },
          ],
        },
      ],
      repositories: { include: ['acme/*'], exclude: ['acme/sandbox-*'] },
      ignore: { labels: ['wip'], authors: ['renovate[bot]'], baseBranches: ['release/*'] },
      bots: expect.arrayContaining([...KNOWN_BOTS, 'acme-ci']),
      production: ['^main-eu$'],
      staleAfterSeconds: 6 * 7 * 86_400,
      names: true,
      ignoredChecks: ['codecov/*'],
      stepCategories: { lint: ['^ruff'] },
      incidentLabels: ['incident'],
      hotfixLabels: ['hotfix'],
    });
  });

  test('is read from JSON, tabs and all', () => {
    expect(parsePolicy('{\n\t"names": true,\n\t"teams": {\n\t\t"infra": {}\n\t}\n}\n', 'policy.json')).toMatchObject({ names: true, teams: [{ slug: 'infra' }] });
  });

  test('gives a recipient UTC where neither team nor organisation has a calendar', () => {
    const policy = parsePolicy('teams: { a: { recipients: [{ mail: a@b.example }] } }', 'policy.yaml');

    expect(policy.teams[0]?.recipients[0]?.zone).toBe('UTC');
  });

  test('takes any section where the sections are not known, and shared lists by reference', () => {
    const policy = parsePolicy('bots: &machines [ci-acme]\nignore: { authors: *machines }\nteams: { a: { recipients: [{ mail: a@b.example, sections: [later] }] } }', 'policy.yaml');

    expect(policy.ignore.authors).toEqual(['ci-acme']);
    expect(policy.teams[0]?.recipients[0]?.sections).toEqual(['later']);
  });

  test('is plain data that crosses threads unchanged', () => {
    const policy = parsePolicy('calendars: { a: { zone: UTC } }\ncalendar: a\nstep_categories: { lint: [x] }', 'policy.yaml');

    expect(structuredClone(policy)).toEqual(policy);
  });

  test('comes from the file that is named, or is the default one for none', () => {
    const folder = mkdtempSync(join(tmpdir(), 'narrows-policy-'));
    const file = join(folder, 'policy.yaml');
    writeFileSync(file, 'names: true\n');

    expect(loadPolicy(file).names).toBe(true);
    expect(loadPolicy(null)).toBe(DEFAULT_POLICY);
    expect(() => loadPolicy(join(folder, 'none.yaml'))).toThrow(`NARROWS_POLICY names ${JSON.stringify(join(folder, 'none.yaml'))}, which cannot be read (ENOENT).`);

    rmSync(folder, { recursive: true });
  });
});

describe('the digest of a policy', () => {
  const digest = (text: string) => policyDigest(parsePolicy(text, 'policy.yaml'));

  test('is the same whatever the layout, the order of keys or the defaults spelt out', () => {
    const one = digest('names: true\nteams: { b: {}, a: { name: A } }\n');
    const other = digest('# ours\nstale_after: 30d\nteams:\n  a:\n    name: A\n    recipients: []\n  b:\nnames: true\n');

    expect(one).toBe(other);
    expect(one).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each(['names: true', 'stale_after: 29d', 'bots: [x]', 'teams: { a: {} }', 'production: [^x]', 'repositories: { exclude: [a/b] }', 'calendars: { a: { zone: UTC } }'])('changes with %s', (text) => {
    expect(digest(text)).not.toBe(policyDigest(DEFAULT_POLICY));
  });

  test('stays what it was over releases that change nothing about it', () => {
    expect(policyDigest({ ...DEFAULT_POLICY, bots: ['DrahtBot'] })).toBe('dde5250173a9574de9769826a8b61bb3dc31b0b19c8be5e079c4f6be2670f622');
  });
});
