import type { PolicyPlace } from '#src/config/policy-text.ts';
import type { PolicyMatches, RulePath } from '#src/domain/policy-matches.ts';
import { counted } from '#src/wording/number-text.ts';
import { plainText } from '#src/wording/plain-text.ts';
import { collectedSentence, ignoreText, leftOutByText, namesText } from '#src/wording/policy-text.ts';
import { textTable } from './text-table.ts';

/** A place as editors and terminals take it: `policy.yaml:12:5`. */
export function placeText(file: string, { line, column }: PolicyPlace): string {
  return `${file}:${String(line)}:${String(column)}`;
}

type Row = readonly [rule: string, where: string, matches: string];

/** What every rule matches, for a terminal: a table of rules, where each stands, and what it comes to. */
export function policyLines(matches: PolicyMatches, placeOf: (path: RulePath) => PolicyPlace | null): string {
  const where = (path: RulePath): string => {
    const place = placeOf(path);
    return place === null ? 'default' : `line ${String(place.line)}`;
  };
  const rows: Row[] = [
    ...matches.include.map(({ rule, path, names }): Row => [`include ${rule}`, where(path), namesText(names)]),
    ...matches.exclude.map(({ rule, path, names }): Row => [`exclude ${rule}`, where(path), namesText(names)]),
    ...matches.ignore.map((one): Row => [`ignore ${leftOutByText(one.by)} ${one.rule}`, where(one.path), ignoreText(one)]),
    ...matches.teams.flatMap((team) => teamRows(team, where)),
    ...matches.calendars.flatMap((calendar) => calendarRows(calendar, where)),
    ...matches.bots.rules.map(({ rule, path, names }): Row => [`bot ${rule}`, where(path), names.length === 0 ? 'nobody known by that login' : namesText(names)]),
    ['bots of the list', 'default', namesText(matches.bots.fromList)],
    ['bots by GitHub’s word', '', namesText(matches.bots.fromGitHub)],
  ];
  const table = textTable(['Rule', 'where', 'matches now'], rows.map((row) => row.map((cell) => plainText(cell, ''))), 'words');
  return `${collectedSentence(matches)} ${counted(matches.leftOut, 'pull request')} of them left out of all figures.\n\n${table}`;
}

function teamRows({ slug, isInPolicy, rules, fromGitHub }: PolicyMatches['teams'][number], where: (path: RulePath) => string): Row[] {
  const own = rules.map(({ rule, path, names }): Row => [`team ${slug}: ${rule}`, where(path), namesText(names)]);
  const onGitHub: Row = [`team ${slug}`, isInPolicy ? where(['teams', slug]) : 'GitHub', `${namesText(fromGitHub)}${fromGitHub.length === 0 ? '' : ' (by its permissions on GitHub)'}`];
  return own.length > 0 && fromGitHub.length === 0 ? own : [...own, onGitHub];
}

function calendarRows({ name, isOrganizations, rules, repositories, teams }: PolicyMatches['calendars'][number], where: (path: RulePath) => string): Row[] {
  const keeping = teams.length === 0 ? '' : `; teams ${namesText(teams)}`;
  const all: Row = [`calendar ${name}${isOrganizations ? ' (the organisation’s)' : ''}`, where(['calendars', name]), `${namesText(repositories)}${keeping}`];
  return [all, ...rules.map(({ rule, path, names }): Row => [`calendar ${name}: ${rule}`, where(path), namesText(names)])];
}
