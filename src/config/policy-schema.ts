import { z } from 'zod';
import {
  WEEKDAYS,
  date,
  fullListOf,
  hourOfDay,
  label,
  lengthOfTime,
  listOf,
  login,
  mailAddress,
  nameOf,
  namePattern,
  oneOf,
  POLICY_NOTES,
  regularExpression,
  repositoryPattern,
  slug,
  title,
  workingHours,
  yesOrNo,
  zone,
} from './policy-values.ts';

/** The categories of a failing step that the policy may add names to; what no table knows is `unknown`. */
export const STEP_CATEGORIES = ['lint', 'build', 'unit_test', 'integration_test', 'security', 'dependency', 'deploy', 'infrastructure'] as const;

/** Names that a policy file may refer to and that it, or the program, defines elsewhere. */
export interface PolicyNames {
  readonly calendars: readonly string[];
  /** The report's sections; null where they are not known, and then any name passes. */
  readonly sections: readonly string[] | null;
}

/** A part of the file with fixed keys: any other key is a mistake. */
function section<T extends z.ZodRawShape>(shape: T): z.ZodObject<T, z.core.$strict> {
  const schema = z.strictObject(shape);
  POLICY_NOTES.add(schema, { expects: `keys such as ${Object.keys(shape).slice(0, 3).join(', ')}`, candidates: Object.keys(shape) });
  return schema;
}

/** A part of the file whose keys are names that its writer chooses. */
function named<T extends z.ZodType>(key: z.ZodType<string, string>, value: T): z.ZodRecord<z.ZodType<string, string>, T> {
  const schema = z.record(key, value);
  POLICY_NOTES.add(schema, { expects: 'names, each with its settings' });
  return schema;
}

function calendarSchema() {
  const weekly = { weekdays: workingHours.optional(), ...dailyHours() };
  return section({
    zone: zone.describe('The time zone of the hours and holidays.'),
    hours: section(weekly)
      .prefault({ weekdays: '09:00-17:00' })
      .describe('When people work: `weekdays` for Monday to Friday, `monday` … `sunday` for one day, which goes before `weekdays`. A day that is not named is off.'),
    holidays: listOf(date).default([]).describe('Days on which nobody works.'),
    repositories: listOf(repositoryPattern)
      .default([])
      .describe('Repositories whose reviewers keep this calendar when their team has none. The first calendar that names a repository holds.'),
  });
}

function dailyHours() {
  const hours = workingHours.optional();
  return { monday: hours, tuesday: hours, wednesday: hours, thursday: hours, friday: hours, saturday: hours, sunday: hours };
}

function recipientSchema(names: PolicyNames) {
  const sectionName = names.sections === null ? slug : nameOf('section', names.sections);
  return section({
    mail: mailAddress.describe('Who gets it.'),
    day: oneOf(WEEKDAYS).default('monday').describe('The day it is sent.'),
    hour: hourOfDay.default(8).describe('The hour it is sent, 0 to 23.'),
    zone: zone.optional().describe("The zone of day and hour; without it the team's, else the organisation's, else UTC."),
    sections: fullListOf(sectionName).optional().describe('Which sections it has, in this order; without it all.'),
  });
}

function teamSchema(names: PolicyNames) {
  return section({
    name: title.optional().describe('What the team is called; without it the key.'),
    repositories: fullListOf(repositoryPattern)
      .optional()
      .describe('Its repositories. Without it those that the GitHub team with this slug maintains or administers.'),
    calendar: nameOf('calendar', names.calendars).optional().describe("When its members work; without it the repository's, else the organisation's calendar."),
    recipients: listOf(recipientSchema(names)).default([]).describe('Who gets its weekly mail.'),
  });
}

/** The schema of a policy file in which these names may be referred to. */
export function policySchema(names: PolicyNames) {
  return section({
    teams: named(slug, teamSchema(names))
      .default({})
      .describe("Teams by GitHub's slug. A repository that a team names here belongs to the teams that name it; any other to those that maintain or administer it on GitHub."),
    calendars: named(slug, calendarSchema())
      .default({})
      .describe('Working hours by a name of your choice. Without any, no working time is given.'),
    calendar: nameOf('calendar', names.calendars).optional().describe("The organisation's calendar. Its zone also says when a week begins; without it UTC does."),
    repositories: section({
      include: fullListOf(repositoryPattern).default(['*/*']).describe('What is collected.'),
      exclude: listOf(repositoryPattern).default([]).describe('What is not, though included.'),
    })
      .prefault({})
      .describe('Which repositories are collected.'),
    ignore: section({
      labels: listOf(label).default([]).describe('Labels, without regard to case.'),
      authors: listOf(login).default([]).describe('Logins of authors.'),
      base_branches: listOf(namePattern).default([]).describe('Branches that are merged into, such as `release/*`.'),
    })
      .prefault({})
      .describe('Pull requests that stand outside all figures.'),
    bots: listOf(login)
      .default([])
      .describe('Machines that GitHub takes for people. They are added to the list that comes with Narrows, `data/reference/known-bots.json`.'),
    production: fullListOf(regularExpression)
      .default(['^(prod|production|live)'])
      .describe('Environments that are production: regular expressions, without regard to case.'),
    stale_after: lengthOfTime.prefault('30d').describe('How long a pull request may stand without an event by a human before it counts as standing still.'),
    names: yesOrNo.default(false).describe('Whether API and exports of figures name persons.'),
    checks: section({
      ignore: listOf(namePattern).default([]).describe('Names of checks that do not count where the required ones are not known.'),
    })
      .prefault({})
      .describe('Checks of pull requests.'),
    step_categories: named(nameOf('category', STEP_CATEGORIES), fullListOf(regularExpression))
      .default({})
      .describe('More names of failing steps, by category: regular expressions, without regard to case.'),
    labels: section({
      incident: listOf(label).default([]).describe('Issues with such a label, naming a deployment, count it as failed.'),
      hotfix: listOf(label).default([]).describe('Pull requests with such a label count as rework. Without any the rework rate is not known.'),
    })
      .prefault({})
      .describe('Labels that mean something for deployments.'),
  });
}

/** What the schema makes of a file. */
export type PolicyFile = z.output<ReturnType<typeof policySchema>>;
