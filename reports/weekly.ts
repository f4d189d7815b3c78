import { DateTime } from 'luxon';
import type { Comparison } from '#src/wording/change-text.ts';
import { dateText, lastDayText, momentText } from '#src/wording/date-text.ts';
import { plainText } from '#src/wording/plain-text.ts';
import { sentenceText, type Sentence } from '#src/wording/sentence.ts';
import { REPORT_WEEKS, type ReportFacts } from './report-facts.ts';
import type { ReportPicture, ReportSection, WrittenSection } from './report-section.ts';
import { comparisonLine, openingSentence, openingTopics } from './writing/flow-words.ts';
import { subjectLine } from './writing/subject-line.ts';
import { waitLine, waitWords } from './writing/wait-words.ts';

/** A report with all its words, ready to be set. */
export interface WeeklyReport {
  /** At most 70 characters, one line. */
  readonly subject: string;
  /** What a list of mails shows after the subject: the leading figure. */
  readonly preheader: string;
  /** `Narrows · Payments · week 47, 17 to 23 Nov 2025` */
  readonly origin: string;
  readonly sentence: Sentence;
  /** Empty where nothing stands. */
  readonly comparison: string;
  readonly sections: readonly WrittenSection[];
  readonly pictures: readonly ReportPicture[];
  readonly footer: Footer;
}

/** Why one gets it, and how to change that. */
export interface Footer {
  readonly sentences: readonly string[];
  /** A `mailto:` address; null where mail has no sender. */
  readonly unsubscribe: string | null;
}

const COMPARISON: Comparison = { against: 'before', weeks: REPORT_WEEKS };

/** Puts a report together from its facts. A function of its arguments alone. */
export function weeklyReport(given: ReportFacts, sections: readonly ReportSection[]): WeeklyReport {
  const team = { slug: given.team.slug, name: plainText(given.team.name, given.team.slug) };
  const facts = { ...given, team };
  const { week, flow, bottleneckBefore, reader, sending, metrics } = facts;
  const written = sections.flatMap((section) => section.write(facts) ?? []);
  const sentence = openingSentence(flow, bottleneckBefore, REPORT_WEEKS);
  const lead = metrics[0];
  return {
    subject: subjectLine({ team: team.name, weekNumber: week.number, lateAt: sending.isLate ? sending.at : null, topics: openingTopics(flow, bottleneckBefore) }, reader),
    preheader: lead === undefined ? sentenceText(sentence) : waitLine(waitWords(lead.figure, COMPARISON)),
    origin: `Narrows · ${team.name} · ${weekText(facts)}`,
    sentence,
    comparison: comparisonLine(flow, COMPARISON),
    sections: written,
    pictures: written.flatMap(({ pictures }) => pictures),
    footer: footerOf(facts),
  };
}

function weekText({ week, reader, sending }: ReportFacts): string {
  const last = DateTime.fromMillis(week.toAt - 1, { zone: reader.zone });
  const days = `${dateText(week.fromAt, { ...reader, nowAt: week.toAt - 1 })} to ${lastDayText(week.toAt, { ...reader, nowAt: week.toAt - 1 })} ${String(last.year)}`;
  return `week ${String(week.number)}, ${days}${sending.isLate ? `, sent late on ${dateText(sending.at, { ...reader, zone: sending.zone })}` : ''}`;
}

function footerOf({ team, sending, reader }: ReportFacts): Footer {
  const day = DateTime.fromMillis(sending.at, { zone: sending.zone, locale: 'en-US' }).toFormat('cccc');
  return {
    sentences: [
      `Made on ${day} ${momentText(sending.at, sending.zone)} (${sending.zone}) because the policy names you as a recipient of ${team.name}.`,
      `Weeks are those of ${reader.zone}. Intervals are 95 %.`,
      `Day, hour and sections stand in the policy file under teams.${team.slug}.recipients.`,
    ],
    unsubscribe: sending.unsubscribe,
  };
}
