import type { ReactElement, ReactNode } from 'react';

import { ageText } from '#src/wording/duration-text.ts';
import { countText, counted } from '#src/wording/number-text.ts';
import { plainText } from '#src/wording/plain-text.ts';
import { collectedSentence, ignoreText, namesText } from '#src/wording/policy-text.ts';

import { Block } from './block.tsx';
import { Connection, connectionSentence } from './connection-block.tsx';
import { DataTable, type Column } from './data-table.tsx';
import { Frame } from './frame.tsx';
import { Recipients } from './recipient-block.tsx';
import type { CalendarView, IgnoreRuleView, PlacedRuleView, RuleView, SettingsView, TeamView } from './settings-view.ts';
import { Foreign } from './text.tsx';

/** The page `/settings`: how is this installation set, and what does each rule match? It is read only: the file is the place to change. */
export function SettingsPage({ view }: { readonly view: SettingsView }): ReactElement {
  const { frame, connection, repositories, recipients } = view;
  const heard = connection.heardAt === null ? 'Nothing was heard from GitHub yet.' : `Last heard from GitHub ${ageText(Math.max(0, frame.computedAt - connection.heardAt) / 1000)} ago.`;
  return (
    <Frame view={frame} title="Settings">
      <h1>{`${connectionSentence(connection)} ${collectedSentence(repositories)}`}</h1>
      <p className="lede">
        {heard} <PolicyFile view={view} />
      </p>
      <Connection connection={connection} frame={frame} />
      <Block id="repositories" title="Repositories" aside="which are collected">
        <DataTable columns={RULE_COLUMNS} rows={[...view.include.map((rule) => named('include', rule)), ...view.exclude.map((rule) => named('exclude', rule))]} keyOf={keyOf} labelledBy="repositories" className="rules" />
        <p className="note">{`Collected: ${namesText(repositories.collected)}. Known and not collected: ${namesText(repositories.notCollected)}.`}</p>
      </Block>
      <Ignored view={view} />
      <Block id="teams" title="Teams" aside="whose repositories are whose">
        {view.teams.length === 0 ? <p>No team owns a repository: none is named in the policy, and none maintains or administers one on GitHub.</p> : <DataTable columns={TEAM_COLUMNS} rows={view.teams} keyOf={keyOf} labelledBy="teams" className="rules" />}
      </Block>
      <Block id="calendars" title="Calendars" aside="when whoever is waited on works">
        {view.calendars.length === 0 ? <p>The policy names no calendar: no working time is given, and weeks begin in UTC.</p> : <DataTable columns={CALENDAR_COLUMNS} rows={view.calendars} keyOf={keyOf} labelledBy="calendars" className="rules" />}
      </Block>
      <Block id="production" title="Production" aside="environments by name">
        <DataTable columns={PRODUCTION_COLUMNS} rows={view.production} keyOf={keyOf} labelledBy="production" className="rules" />
      </Block>
      <Block id="bots" title="Bots" aside="accounts that are no people">
        {view.bots.rules.length > 0 && <DataTable columns={BOT_COLUMNS} rows={view.bots.rules} keyOf={keyOf} labelledBy="bots" className="rules" />}
        <p className="note">{`By the list that comes with Narrows: ${namesText(view.bots.fromList)}. By GitHub’s own word: ${namesText(view.bots.fromGitHub)}.`}</p>
      </Block>
      <Recipients recipients={recipients} sendsMail={view.sendsMail} frame={frame} />
    </Frame>
  );
}

function PolicyFile({ view: { file, isInForce } }: { readonly view: SettingsView }): ReactElement {
  if (file === null) return <>There is no policy file, so the defaults hold; NARROWS_POLICY names one.</>;
  return (
    <>
      The rules below stand in <Foreign text={file.path} />, read when Narrows started.
      {file.hasChanged && <strong> The file has changed since: restart to use it; narrows config check says what it comes to.</strong>}
      {!isInForce && ' It is being applied: pull requests are still left out by the policy before.'}
    </>
  );
}

function Ignored({ view: { ignore, leftOut } }: { readonly view: SettingsView }): ReactElement {
  return (
    <Block id="left-out" title="Left out" aside="pull requests that stand outside all figures">
      {ignore.length === 0 ? <p>No pull request is left out: the policy names no author, label or base branch.</p> : <DataTable columns={IGNORE_COLUMNS} rows={ignore} keyOf={keyOf} labelledBy="left-out" className="rules" />}
      {ignore.length > 0 && <p className="note">{`${counted(leftOut, 'pull request')} in all; one that several rules leave out is counted at the first of them.`}</p>}
    </Block>
  );
}

function keyOf({ key }: PlacedRuleView): string {
  return key;
}

function named(word: string, rule: RuleView): RuleView {
  return { ...rule, rule: `${word} ${rule.rule}` };
}

/** What a rule matches; one that matches nothing is marked, since it may be misspelt. */
function Matched({ names, isIdle = names.length === 0 }: { readonly names: readonly string[]; readonly isIdle?: boolean }): ReactElement {
  return isIdle ? <Idle>matches nothing now</Idle> : <bdi>{namesText(names)}</bdi>;
}

function Idle({ children }: { readonly children: ReactNode }): ReactElement {
  return <strong className="idle">{children}</strong>;
}

function ruleColumn<Row extends PlacedRuleView>(head: string): Column<Row> {
  return { key: 'rule', head, label: null, align: 'start', cell: ({ rule }) => <Foreign text={rule} /> };
}

function whereColumn<Row extends PlacedRuleView>(): Column<Row> {
  return { key: 'where', head: 'Where', label: 'Where', align: 'start', className: 'where', cell: ({ where }) => where };
}

const RULE_COLUMNS: readonly Column<RuleView>[] = [ruleColumn('Rule'), whereColumn(), { key: 'matches', head: 'Matches now', label: 'Matches now', align: 'start', cell: ({ names }) => <Matched names={names} /> }];

const IGNORE_COLUMNS: readonly Column<IgnoreRuleView>[] = [
  { key: 'rule', head: 'Rule', label: null, align: 'start', cell: ({ by, rule }) => <bdi>{`${by} ${plainText(rule)}`}</bdi> },
  whereColumn(),
  { key: 'left-out', head: 'Leaves out', label: 'Leaves out', align: 'start', cell: (one) => (one.pullRequests === 0 ? <Idle>{ignoreText(one)}</Idle> : counted(one.pullRequests, 'pull request')) },
];

const TEAM_COLUMNS: readonly Column<TeamView>[] = [
  { key: 'team', head: 'Team', label: null, align: 'start', cell: ({ name, rule }) => <bdi>{name === rule ? plainText(name) : `${plainText(name)} (${rule})`}</bdi> },
  whereColumn(),
  { key: 'repositories', head: 'Repositories', label: 'Repositories', align: 'start', cell: (team) => <TeamRepositories team={team} /> },
  { key: 'calendar', head: 'Calendar', label: 'Calendar', align: 'start', cell: ({ calendar }) => calendar ?? 'its repositories’' },
];

function TeamRepositories({ team: { rules, fromGitHub } }: { readonly team: TeamView }): ReactElement {
  if (rules.length === 0 && fromGitHub.length === 0) return <Idle>none now</Idle>;
  return (
    <ul className="plain">
      {rules.map(({ key, rule, where, names }) => (
        <li key={key}>
          <Foreign text={rule} /> ({where}): <Matched names={names} />
        </li>
      ))}
      {fromGitHub.length > 0 && <li>{`from GitHub: ${namesText(fromGitHub)}`}</li>}
    </ul>
  );
}

const CALENDAR_COLUMNS: readonly Column<CalendarView>[] = [
  { key: 'calendar', head: 'Calendar', label: null, align: 'start', cell: ({ rule, isOrganizations }) => `${rule}${isOrganizations ? ', the organisation’s' : ''}` },
  whereColumn(),
  { key: 'hours', head: 'Hours', label: 'Hours', align: 'start', cell: ({ hours, zone, holidays }) => `${hours}, ${zone}${holidays === 0 ? '' : `, ${countText(holidays)} days off`}` },
  { key: 'keeps', head: 'Who keeps it', label: 'Who keeps it', align: 'start', cell: (calendar) => <Keepers calendar={calendar} /> },
];

function Keepers({ calendar: { teams, repositories } }: { readonly calendar: CalendarView }): ReactElement {
  if (teams.length === 0 && repositories.length === 0) return <Idle>nobody now</Idle>;
  return <>{[...(teams.length === 0 ? [] : [`teams ${namesText(teams)}`]), ...(repositories.length === 0 ? [] : [`reviewers without a team’s in ${namesText(repositories)}`])].join('; ')}</>;
}

const PRODUCTION_COLUMNS: readonly Column<PlacedRuleView>[] = [
  ruleColumn('Expression'),
  whereColumn(),
  { key: 'matches', head: 'Matches now', label: 'Matches now', align: 'start', cell: () => 'not known: environments are not collected yet' },
];

const BOT_COLUMNS: readonly Column<RuleView>[] = [
  ruleColumn('Login'),
  whereColumn(),
  { key: 'matches', head: 'Account', label: 'Account', align: 'start', cell: ({ names }) => (names.length === 0 ? <Idle>nobody known by that login</Idle> : 'known') },
];
