import { WEEKDAYS, type Weekday } from '#src/core/calendar.ts';
import type { CalendarPolicy } from '#src/config/policy.ts';
import type { Installation } from '#src/domain/collection.ts';
import type { OutboxLine } from '#src/domain/outbox.ts';
import type { PolicyMatches, RuleMatches, RulePath } from '#src/domain/policy-matches.ts';
import { appUrl, installationUrl } from '#src/github/web-addresses.ts';
import { installationGaps } from '#src/sources/access/app-access.ts';
import { leftOutByText } from '#src/wording/policy-text.ts';
import type { FrameView } from '../frame-view.ts';
import type { SettingsSource } from '../settings-source.ts';
import type { CalendarView, ConnectionView, InstallationView, PlacedRuleView, RecipientView, RuleView, SettingsView, TeamView } from '../settings-view.ts';

/** What the page Settings is made of. */
export interface SettingsFacts {
  readonly frame: FrameView;
  readonly source: SettingsSource;
  readonly matches: PolicyMatches;
  readonly installations: readonly Installation[];
  readonly mails: readonly OutboxLine[];
  readonly heardAt: number | null;
  readonly nowAt: number;
}

/** The page Settings. */
export function settingsView(facts: SettingsFacts): SettingsView {
  const { frame, source, matches } = facts;
  const { policy, places } = source;
  const placed = (path: RulePath, rule: string): PlacedRuleView => ({ key: path.join(' '), rule, where: whereOf(source, path) });
  const ruleView = ({ path, rule, names }: RuleMatches): RuleView => ({ ...placed(path, rule), names });
  return {
    frame,
    connection: connectionView(facts),
    file: places === null ? null : { path: places.file, hasChanged: places.hasChanged() },
    include: matches.include.map(ruleView),
    exclude: matches.exclude.map(ruleView),
    repositories: matches,
    ignore: matches.ignore.map(({ path, by, rule, pullRequests }) => ({ ...placed(path, rule), by: leftOutByText(by), pullRequests })),
    leftOut: matches.leftOut,
    isInForce: matches.isInForce,
    teams: matches.teams.map((team): TeamView => ({
      ...placed(['teams', team.slug], team.slug),
      ...(team.isInPolicy ? {} : { where: 'GitHub' }),
      name: team.name,
      rules: team.rules.map(ruleView),
      fromGitHub: team.fromGitHub,
      calendar: policy.teams.find(({ slug }) => slug === team.slug)?.calendar?.name ?? null,
    })),
    calendars: matches.calendars.flatMap((calendar) => {
      const written = policy.calendars.find(({ name }) => name === calendar.name);
      return written === undefined ? [] : [calendarView(written, calendar, placed(['calendars', calendar.name], calendar.name))];
    }),
    production: policy.production.map((rule) => placed(['production', rule], rule)),
    bots: { ...matches.bots, rules: matches.bots.rules.map(ruleView) },
    recipients: recipientViews(facts, placed),
    sendsMail: source.sendsMail,
  };
}

function whereOf({ places }: SettingsSource, path: RulePath): string {
  const place = places?.placeOf(path) ?? null;
  return place === null ? 'default' : `line ${String(place.line)}`;
}

function connectionView({ source: { connection, wanted }, installations, heardAt }: SettingsFacts): ConnectionView {
  const { kind, slug, webUrl, apiUrl, isDelivered } = connection;
  return {
    kind,
    app: slug === null ? null : { slug, href: appUrl({ webUrl }, slug) },
    host: new URL(apiUrl).host,
    isDelivered,
    installations: installations.map(({ id, account, accountType, state, stateAt, permissions, events }): InstallationView => {
      const lacking = kind === 'app' && state !== 'removed' ? installationGaps(wanted, { accountType, permissions, events }).permissions : [];
      return {
        id,
        account,
        state,
        stateAt,
        granted: Object.entries(permissions).map(([name, level]) => `${name} ${level}`),
        lacking: lacking.map(({ permission }) => ({ title: permission.title, without: permission.without })),
        href: installationUrl({ webUrl }, { id, account, accountType }),
      };
    }),
    heardAt,
  };
}

function calendarView({ zone, hours, holidays }: CalendarPolicy, { isOrganizations, repositories, teams }: PolicyMatches['calendars'][number], placed: PlacedRuleView): CalendarView {
  return { ...placed, zone, isOrganizations, hours: hoursText(hours), holidays: holidays.length, repositories, teams };
}

/** The hours of a week, days with the same ones together: `Monday to Friday 09:00–17:00`. */
export function hoursText(hours: CalendarPolicy['hours']): string {
  const runs: { first: Weekday; last: Weekday; text: string }[] = [];
  for (const day of WEEKDAYS) {
    const text = hours[day].map(({ startMinute, endMinute }) => `${clockText(startMinute)}–${clockText(endMinute)}`).join(', ');
    const run = runs.at(-1);
    if (run?.text === text) run.last = day;
    else runs.push({ first: day, last: day, text });
  }
  const worked = runs.filter(({ text }) => text !== '');
  if (worked.length === 0) return 'never';
  return worked.map(({ first, last, text }) => `${dayName(first)}${first === last ? '' : ` to ${dayName(last)}`} ${text}`).join('; ');
}

function clockText(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

function dayName(day: Weekday): string {
  return `${day.slice(0, 1).toUpperCase()}${day.slice(1)}`;
}

function recipientViews({ source, mails, nowAt }: SettingsFacts, placed: (path: RulePath, rule: string) => PlacedRuleView): RecipientView[] {
  const { policy, sendsMail, nextSlot } = source;
  return policy.teams.flatMap(({ slug, name, recipients }) =>
    recipients.map(({ mail, day, hour, zone }): RecipientView => {
      const last = mails.filter((line) => line.team === slug && line.recipient === mail).at(-1);
      return {
        ...placed(['teams', slug, 'recipients', mail], mail),
        team: name,
        mail,
        slot: `${dayName(day)} ${clockText(hour * 60)}`,
        zone,
        nextAt: sendsMail ? nextSlot(nowAt, { day, hour, zone }) : null,
        last: last === undefined ? null : { week: last.week, state: last.state, at: last.changedAt, reason: last.reason },
      };
    }),
  );
}
