import { createHash } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { formatInstant } from '#src/core/instant.ts';
import type { MailKey, NewMail } from '#src/domain/outbox.ts';
import { plainText } from '#src/wording/plain-text.ts';
import { mailHtml } from '../mail.tsx';
import { mailText } from '../mail-text.ts';
import { pictureFile } from '../picture-file.ts';
import type { ReportPicture } from '../report-section.ts';
import type { WeeklyReport } from '../weekly.ts';

/** Who sends. */
export interface Sender {
  /** As it stands in `From`: `Narrows <narrows@example.com>`. */
  readonly from: string;
  /** The bare address: `narrows@example.com`. */
  readonly address: string;
}

/** Reads a sender as `NARROWS_MAIL_FROM` has it. */
export function senderOf(from: string): Sender {
  return { from, address: /<([^<>]+)>$/.exec(from)?.[1] ?? from };
}

/** The identity of a mail: the same for the same team, recipient and week, whoever puts it together and how often. */
export function messageIdOf({ team, recipient, week }: MailKey, sender: Sender): string {
  const digest = createHash('sha256').update(JSON.stringify([team, recipient, week])).digest('hex').slice(0, 32);
  return `<narrows.${week}.${digest}@${sender.address.split('@').at(-1) ?? 'localhost'}>`;
}

/** The address by which one asks for no more of it. */
export function unsubscribeHref(sender: Sender, team: string): string {
  return `mailto:${sender.address}?subject=${encodeURIComponent(`Unsubscribe from the weekly mail of ${team}`)}`;
}

/**
 * A report as a message of RFC 5322: plain text, HTML with its pictures inside, and what tells machines that a
 * machine wrote it. Headers hold one line each, whatever stands in names and titles.
 */
export async function mailMessage(report: WeeklyReport, key: MailKey, sender: Sender, at: number): Promise<NewMail> {
  const messageId = messageIdOf(key, sender);
  const contentIds = new Map(report.pictures.map((picture) => [picture.id, `${picture.id}.${messageId.slice(1, -1)}`]));
  const cid = (picture: ReportPicture): string => contentIds.get(picture.id) ?? picture.id;
  const unsubscribe = report.footer.unsubscribe;
  const composed = await createTransport({ streamTransport: true, buffer: true, newline: 'windows', disableFileAccess: true, disableUrlAccess: true }).sendMail({
    messageId,
    date: new Date(at),
    from: sender.from,
    to: { name: '', address: key.recipient },
    subject: plainText(report.subject, 'Weekly report'),
    text: mailText(report),
    html: await mailHtml(report, (picture) => `cid:${cid(picture)}`),
    attachments: report.pictures.map((picture) => ({
      cid: cid(picture),
      filename: `${picture.id}.png`,
      contentType: 'image/png',
      contentDisposition: 'inline',
      content: pictureFile(picture),
    })),
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'X-Narrows-Report': `${key.team} ${key.week} ${formatInstant(at)}`,
      ...(unsubscribe === null ? {} : { 'List-Unsubscribe': `<${unsubscribe}>` }),
    },
  });
  const { message } = composed;
  if (!Buffer.isBuffer(message)) throw new Error('The message was composed as a stream, which it never is.');
  return { ...key, messageId, sender: sender.address, message };
}
