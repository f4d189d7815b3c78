import type { Clock } from '#src/core/clock.ts';
import { NarrowsError } from '#src/core/errors.ts';
import { isoWeekOf, parseIsoWeek, weekAfter, type IsoWeek } from '#src/core/iso-week.ts';
import type { Policy, Recipient, TeamPolicy } from '#src/config/policy.ts';
import type { Figures } from '#src/domain/figures.ts';
import type { Viewer } from '#src/domain/viewer.ts';
import type { NewMail } from '#src/domain/outbox.ts';
import { mailMessage, unsubscribeHref, type Sender } from './delivery/message.ts';
import { chosenSections, type Sections } from './load-sections.ts';
import { readReportFacts } from './read-facts.ts';
import { reportLinks, type LinkPlaces } from './report-links.ts';
import { weeklyReport, type WeeklyReport } from './weekly.ts';

/** What weekly mails are made of. */
export interface WeeklyMailOptions extends LinkPlaces {
  readonly figures: Figures;
  readonly viewer: Viewer;
  readonly policy: Pick<Policy, 'teams' | 'names'>;
  readonly clock: Clock;
  readonly sections: Sections;
  /** Null where no sender is set: then there are reports and no mails. */
  readonly sender: Sender | null;
}

/** For whom a report is put together. */
export interface ReportFor {
  readonly team: string;
  readonly week: IsoWeek;
  /** Null for a preview by nobody in particular: all sections, the team's zone. */
  readonly recipient: Pick<Recipient, 'zone' | 'sections'> | null;
  readonly isLate: boolean;
}

/** Reports and mails of the policy's teams. */
export class WeeklyMail {
  readonly #options: WeeklyMailOptions;

  constructor(options: WeeklyMailOptions) {
    this.#options = options;
  }

  /** A team of the policy. Throws `NarrowsError('not-found')` for one that is not in it. */
  team(slug: string): TeamPolicy {
    const found = this.#options.policy.teams.find((team) => team.slug === slug);
    if (found === undefined) throw new NarrowsError('not-found', `There is no team ${JSON.stringify(slug)} in the policy file: ${this.#known()}.`);
    return found;
  }

  /** The week that was asked for, else the last full one, in the team's zone. Throws `NarrowsError('bad-usage')` for a text that is no week, or one that is not over. */
  week(slug: string, text: string | null): IsoWeek {
    const { figures, clock } = this.#options;
    const zone = figures.zone({ kind: 'team', slug });
    const current = isoWeekOf(clock.now(), zone);
    if (text === null) return weekAfter(current, -1, zone);
    const week = parseIsoWeek(text, zone);
    if (week === null) throw new NarrowsError('bad-usage', `${JSON.stringify(text)} is not a week: write it like ${weekAfter(current, -1, zone).id}.`);
    if (week.toAt > clock.now()) throw new NarrowsError('bad-usage', `The week ${week.id} is not over yet.`);
    return week;
  }

  /** Puts a report together as it stands now; its links lead to the pages beside it where the installation has no address. */
  async report(asked: ReportFor): Promise<WeeklyReport> {
    return this.#write(asked, this.#options);
  }

  async #write({ team: slug, week, recipient, isLate }: ReportFor, places: LinkPlaces): Promise<WeeklyReport> {
    const { figures, viewer, policy, clock, sections, sender } = this.#options;
    const { name } = this.team(slug);
    const zone = figures.zone({ kind: 'team', slug });
    const facts = await readReportFacts(figures, {
      viewer,
      team: { slug, name },
      week,
      names: policy.names,
      links: reportLinks(places, slug, week, zone),
      sending: { at: clock.now(), zone: recipient?.zone ?? zone, isLate, unsubscribe: sender === null ? null : unsubscribeHref(sender, slug) },
    });
    return weeklyReport(facts, chosenSections(sections, recipient?.sections ?? null));
  }

  /** Puts a recipient's mail together; a mail has no pages beside it, so without an address of the installation its links lead to GitHub. Throws `NarrowsError('not-configured')` where no sender is set. */
  async mail(slug: string, recipient: Recipient, week: IsoWeek, isLate: boolean): Promise<NewMail> {
    const { sender, clock } = this.#options;
    if (sender === null) throw new NarrowsError('not-configured', 'No mail can be sent: set NARROWS_SMTP_URL and NARROWS_MAIL_FROM.');
    const { publicUrl, githubUrl } = this.#options;
    const report = await this.#write({ team: slug, week, recipient, isLate }, { publicUrl: publicUrl === '' ? null : publicUrl, githubUrl });
    return mailMessage(report, { team: slug, recipient: recipient.mail, week: week.id }, sender, clock.now());
  }

  #known(): string {
    const { teams } = this.#options.policy;
    return teams.length === 0 ? 'it names none' : `it names ${teams.map(({ slug }) => slug).join(', ')}`;
  }
}
