import type { RecipientView, RuleView, SettingsView } from '#src/dashboard/settings-view.ts';

import { aFrame, at, COMPUTED_AT } from './example-frame.ts';
import { HOSTILE_HREFS, HOSTILE_TEXTS } from './hostile-views.ts';

const aRule = (rule: string, where: string, names: readonly string[]): RuleView => ({ key: `${rule} ${where}`, rule, where, names });

const LONG = 'saltmarsh/a-repository-with-a-name-as-long-as-github-lets-it-be-and-then-some-more-of-it';

const A_RECIPIENT: RecipientView = {
  key: 'lead',
  rule: 'lead@saltmarsh.example',
  where: 'line 9',
  team: 'Payments',
  mail: 'lead@saltmarsh.example',
  slot: 'Monday 08:00',
  zone: 'Europe/Berlin',
  nextAt: at('2025-12-01T08:00:00+01:00'),
  last: { week: '2025-W46', state: 'sent', at: at('2025-11-17T08:00:09+01:00'), reason: null },
};

/** The settings of the organisation in the pictures. */
export function aSettingsView(changes: Partial<SettingsView> = {}): SettingsView {
  return {
    frame: aFrame({ current: 'settings', bar: null, query: '' }),
    connection: {
      kind: 'app',
      app: { slug: 'saltmarsh-flow', href: 'https://github.com/apps/saltmarsh-flow' },
      host: 'api.github.com',
      isDelivered: true,
      installations: [
        { id: '1', account: 'saltmarsh', state: 'active', stateAt: COMPUTED_AT, granted: ['metadata read', 'pull_requests read', 'issues read', 'contents read'], lacking: [{ title: 'Members', without: 'Teams are not known: a wait for a team cannot be ended by a review of its members, and there are no figures by team.' }], href: 'https://github.com/organizations/saltmarsh/settings/installations/1' },
        { id: '2', account: 'old-saltmarsh', state: 'suspended', stateAt: at('2025-08-12T00:00:00+02:00'), granted: [], lacking: [], href: 'https://github.com/organizations/old-saltmarsh/settings/installations/2' },
      ],
      heardAt: COMPUTED_AT - 120_000,
    },
    file: { path: '/etc/policy.yaml', hasChanged: true },
    include: [aRule('*/*', 'default', ['saltmarsh/payments-api', 'saltmarsh/ledger', LONG])],
    exclude: [aRule('saltmarsh/old-*', 'line 4', [])],
    repositories: { collected: ['saltmarsh/payments-api', 'saltmarsh/ledger', LONG], notCollected: ['saltmarsh/sandbox'] },
    ignore: [
      { key: 'author', rule: 'renovate[bot]', by: 'author', where: 'line 6', pullRequests: 1_204 },
      { key: 'branch', rule: 'release/*', by: 'base branch', where: 'line 7', pullRequests: 0 },
    ],
    leftOut: 1_204,
    isInForce: false,
    teams: [
      { key: 'payments', rule: 'payments', where: 'line 8', name: 'Payments', rules: [aRule('saltmarsh/payments-*', 'line 8', ['saltmarsh/payments-api']), aRule('saltmarsh/paymints', 'line 9', [])], fromGitHub: [], calendar: 'berlin' },
      { key: 'ledger', rule: 'ledger', where: 'GitHub', name: 'Ledger', rules: [], fromGitHub: ['saltmarsh/ledger'], calendar: null },
      { key: 'empty', rule: 'empty', where: 'line 12', name: 'empty', rules: [], fromGitHub: [], calendar: null },
    ],
    calendars: [
      { key: 'berlin', rule: 'berlin', where: 'line 14', zone: 'Europe/Berlin', isOrganizations: true, hours: 'Monday to Friday 09:00–17:00', holidays: 11, repositories: ['saltmarsh/ledger'], teams: ['payments'] },
      { key: 'unused', rule: 'unused', where: 'line 19', zone: 'Asia/Tokyo', isOrganizations: false, hours: 'never', holidays: 0, repositories: [], teams: [] },
    ],
    production: [{ key: 'production', rule: '^(prod|production|live)', where: 'default' }],
    bots: { rules: [aRule('ci-machine', 'line 22', ['ci-machine']), aRule('nobody', 'line 22', [])], fromList: ['DrahtBot'], fromGitHub: ['dependabot[bot]', 'renovate[bot]'] },
    recipients: [A_RECIPIENT, { ...A_RECIPIENT, key: 'other', mail: 'an-address-that-is-longer-than-most@a-department.of-some-subsidiary.saltmarsh.example', last: { week: '2025-W46', state: 'failed', at: COMPUTED_AT, reason: '550 No such user here' } }, { ...A_RECIPIENT, key: 'new', last: null }],
    sendsMail: true,
    ...changes,
  };
}

/** Nothing is connected, known or set. */
export function anEmptySettingsView(): SettingsView {
  return aSettingsView({
    connection: { kind: 'none', app: null, host: 'api.github.com', isDelivered: false, installations: [], heardAt: null },
    file: null,
    include: [aRule('*/*', 'default', [])],
    exclude: [],
    repositories: { collected: [], notCollected: [] },
    ignore: [],
    leftOut: 0,
    isInForce: true,
    teams: [],
    calendars: [],
    bots: { rules: [], fromList: [], fromGitHub: [] },
    recipients: [{ ...A_RECIPIENT, nextAt: null, last: null }],
    sendsMail: false,
  });
}

/** Names that try to be more than text. */
export function hostileSettingsView(): SettingsView {
  const texts = HOSTILE_TEXTS;
  const rules = texts.map((text, index) => aRule(text, `line ${String(index)}`, [text]));
  const { connection } = aSettingsView();
  const [installation] = connection.installations;
  return aSettingsView({
    connection: {
      ...connection,
      app: { slug: texts[0], href: HOSTILE_HREFS[0] },
      installations: installation === undefined ? [] : texts.map((text, index) => ({ ...installation, id: String(index), account: text, granted: [text], lacking: [{ title: text, without: text }], href: HOSTILE_HREFS[index % HOSTILE_HREFS.length] ?? '' })),
    },
    file: { path: texts[0], hasChanged: false },
    include: rules,
    exclude: rules.map((rule) => ({ ...rule, key: `x${rule.key}` })),
    repositories: { collected: texts, notCollected: texts },
    ignore: texts.map((text, index) => ({ key: String(index), rule: text, by: 'label', where: 'line 1', pullRequests: index })),
    teams: texts.map((text, index) => ({ key: String(index), rule: text, where: 'GitHub', name: text, rules: [aRule(text, 'line 1', [text])], fromGitHub: [text], calendar: null })),
    bots: { rules, fromList: texts, fromGitHub: texts },
    recipients: texts.map((text, index) => ({ ...A_RECIPIENT, key: String(index), team: text, mail: text, last: { week: '2025-W46', state: 'failed', at: COMPUTED_AT, reason: text } })),
  });
}
