import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { App } from './app.ts';
import { startSchedule, type Schedule } from './schedule/scheduler.ts';
import { weeklyMails } from './schedule/weekly-mails.ts';
import { deliverDue } from '#reports/delivery/deliver.ts';
import { senderOf } from '#reports/delivery/message.ts';
import { smtpCarrier } from '#reports/delivery/smtp.ts';
import { loadSections } from '#reports/load-sections.ts';
import { WeeklyMail } from '#reports/weekly-mail.ts';

/** The weekly mail of an installation; without a public address its links lead to the site that shows it. */
export async function weeklyMailOf(app: App): Promise<WeeklyMail> {
  return new WeeklyMail({
    figures: await app.pooledFigures(),
    viewer: app.operator,
    policy: app.policy,
    clock: app.clock,
    sections: await loadSections(),
    sender: app.options.mailFrom === null ? null : senderOf(app.options.mailFrom),
    publicUrl: app.options.publicUrl ?? '',
    githubUrl: 'https://github.com',
  });
}

/** Sends weekly mails from now on; null where no mail server is set, or nobody gets any. */
export async function startMailing(app: App): Promise<Schedule | null> {
  const { options, policy, clock, log, operator } = app;
  const { smtpUrl } = options;
  if (smtpUrl === null || policy.teams.every(({ recipients }) => recipients.length === 0)) return null;
  const mail = await weeklyMailOf(app);
  const { outbox, leases, scheduleMarks } = await app.store();
  const carrier = smtpCarrier({ url: smtpUrl });
  const task = weeklyMails({
    policy,
    figures: await app.pooledFigures(),
    viewer: operator,
    outbox,
    marks: scheduleMarks,
    clock,
    log,
    compose: (team, recipient, week, isLate) => mail.mail(team, recipient, week, isLate),
    deliver: () => deliverDue({ outbox, carrier, clock, log }),
  });
  return startSchedule({ tasks: [task], leases, holder: `${hostname()} ${String(process.pid)} ${randomUUID()}`, log });
}
