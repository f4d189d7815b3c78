import { NarrowsError } from '#src/core/errors.ts';
import type { IsoWeek } from '#src/core/iso-week.ts';
import type { App } from '#src/app.ts';
import type { Recipient, TeamPolicy } from '#src/config/policy.ts';
import type { OutboxLine } from '#src/domain/outbox.ts';
import { deliverDue } from '#reports/delivery/deliver.ts';
import { senderOf } from '#reports/delivery/message.ts';
import { smtpCarrier } from '#reports/delivery/smtp.ts';
import { writeReportFiles } from '#reports/delivery/write-files.ts';
import { loadSections } from '#reports/load-sections.ts';
import { mailText } from '#reports/mail-text.ts';
import { WeeklyMail } from '#reports/weekly-mail.ts';
import { momentText } from '#src/wording/date-text.ts';
import type { Terminal } from '../contract/command.ts';

/** What `narrows report` is asked for. */
export interface ReportFlags {
  readonly preview?: boolean;
  readonly send?: boolean;
  readonly again?: boolean;
  readonly team?: string;
  readonly week?: string;
  readonly out?: string;
}

/** Shows or sends the weekly mail. What mails are made of is heavy, so the command loads this when it is called. */
export async function report(flags: ReportFlags, terminal: Terminal): Promise<number> {
  if ((flags.preview === true) === (flags.send === true)) throw new NarrowsError('bad-usage', 'Write either --preview or --send.');
  if (flags.out !== undefined && flags.preview !== true) throw new NarrowsError('bad-usage', '--out belongs to --preview.');
  if (flags.again === true && flags.send !== true) throw new NarrowsError('bad-usage', '--again belongs to --send.');
  const app = await terminal.openApp();
  try {
    const { options } = app;
    if (flags.send === true && (options.smtpUrl === null || options.mailFrom === null)) {
      throw new NarrowsError('not-configured', 'No mail can be sent: set NARROWS_SMTP_URL and NARROWS_MAIL_FROM. narrows report --preview shows the mail without them.');
    }
    await app.ingestAll();
    await app.recomputeAll();
    const mail = new WeeklyMail({
      figures: await app.figures(),
      viewer: app.operator,
      policy: app.policy,
      clock: app.clock,
      sections: await loadSections(),
      sender: options.mailFrom === null ? null : senderOf(options.mailFrom),
      publicUrl: options.publicUrl,
      githubUrl: 'https://github.com',
    });
    const teams = flags.team === undefined ? app.policy.teams : [mail.team(flags.team)];
    if (teams.length === 0) throw new NarrowsError('not-found', 'The policy file names no team: NARROWS_POLICY says whose reports there are.');
    return flags.send === true ? await send(app, mail, teams, flags, terminal) : await preview(mail, teams, flags, terminal);
  } finally {
    await app.close();
  }
}

async function preview(mail: WeeklyMail, teams: readonly TeamPolicy[], flags: ReportFlags, terminal: Terminal): Promise<number> {
  for (const { slug } of teams) {
    const week = mail.week(slug, flags.week ?? null);
    const written = await mail.report({ team: slug, week, recipient: null, isLate: false });
    if (flags.out === undefined) terminal.out.write(`Subject: ${written.subject}\n\n${mailText(written)}`);
    else for (const path of await writeReportFiles(written, flags.out, `${slug}-${week.id}`)) terminal.out.write(`${path}\n`);
  }
  return 0;
}

async function send(app: App, mail: WeeklyMail, teams: readonly TeamPolicy[], flags: ReportFlags, terminal: Terminal): Promise<number> {
  const { outbox } = await app.store();
  const { smtpUrl } = app.options;
  if (smtpUrl === null) return 1;
  const delivery = { outbox, carrier: smtpCarrier({ url: smtpUrl }), clock: app.clock, log: app.log };
  let arrived = true;
  for (const team of teams) {
    const week = mail.week(team.slug, flags.week ?? null);
    if (team.recipients.length === 0) terminal.err.write(`The team ${team.slug} has no recipients in the policy file.\n`);
    for (const recipient of team.recipients) {
      const key = { team: team.slug, recipient: recipient.mail, week: week.id };
      const isNew = await enqueue(app, mail, team, recipient, week);
      if (flags.again === true) await outbox.again(key);
      const attempts = await deliverDue(delivery, key);
      const line = await outbox.line(key);
      terminal.out.write(`${recipient.mail}: ${line === null ? 'not queued' : stateText(line, isNew || attempts > 0, recipient.zone)}\n`);
      if (line?.state !== 'sent') arrived = false;
    }
  }
  return arrived ? 0 : 1;
}

async function enqueue(app: App, mail: WeeklyMail, team: TeamPolicy, recipient: Recipient, week: IsoWeek): Promise<boolean> {
  const { outbox } = await app.store();
  if ((await outbox.line({ team: team.slug, recipient: recipient.mail, week: week.id })) !== null) return false;
  return outbox.enqueue(await mail.mail(team.slug, recipient, week, false));
}

function stateText({ state, week, changedAt, reason, dueAt }: OutboxLine, isNow: boolean, zone: string): string {
  switch (state) {
    case 'sent':
      return isNow ? `the mail of ${week} is sent` : `had the mail of ${week} on ${momentText(changedAt, zone)}`;
    case 'queued':
      return `not sent yet, tried again ${dueAt === null ? 'soon' : `on ${momentText(dueAt, zone)}`}${reason === null ? '' : `: ${reason}`}`;
    case 'sending':
    case 'handing-over':
      return 'being sent by another process';
    case 'failed':
      return `not sent: ${reason ?? 'no reason given'} (--again tries once more)`;
    case 'unconfirmed':
      return `handed to the mail server, whose answer was never seen; it probably arrived. Ask there for it before --again (${reason ?? 'no reason given'})`;
  }
}
