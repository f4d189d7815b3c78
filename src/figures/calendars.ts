import type { CalendarPolicy, Policy } from '#src/config/policy.ts';
import { policyRules } from '#src/config/policy-rules.ts';
import { Calendar } from '#src/core/calendar.ts';
import type { Scope } from '#src/domain/scope.ts';

/** A calendar of the policy, laid on the time line. */
export interface NamedCalendar {
  readonly name: string;
  readonly zone: string;
  readonly calendar: Calendar;
}

/** The policy's calendars; each is reckoned once. */
export class Calendars {
  readonly #policy: Policy;
  readonly #calendarFor: (team: string | null, repository: string) => CalendarPolicy | null;
  readonly #known = new Map<string, NamedCalendar>();

  constructor(policy: Policy) {
    this.#policy = policy;
    this.#calendarFor = policyRules(policy).calendarFor;
  }

  /** The calendar of whoever is waited on: the team's, else the repository's, else the organisation's; null without any. */
  of(team: string | null, repository: string): NamedCalendar | null {
    return this.#named(this.#calendarFor(team, repository));
  }

  /** The calendar in whose zone a scope's weeks are reckoned. */
  ofScope(scope: Scope): NamedCalendar | null {
    switch (scope.kind) {
      case 'organization':
        return this.#named(this.#policy.calendar);
      case 'team':
        return this.#named(this.#policy.teams.find(({ slug }) => slug === scope.slug)?.calendar ?? this.#policy.calendar);
      case 'repository':
        return this.of(null, scope.fullName);
    }
  }

  /** The zone in which weeks and dates of a scope are reckoned. */
  zoneOf(scope: Scope): string {
    return this.ofScope(scope)?.zone ?? 'UTC';
  }

  #named(policy: CalendarPolicy | null): NamedCalendar | null {
    if (policy === null) return null;
    const known = this.#known.get(policy.name);
    if (known !== undefined) return known;
    const named = { name: policy.name, zone: policy.zone, calendar: new Calendar(policy) };
    this.#known.set(policy.name, named);
    return named;
  }
}
