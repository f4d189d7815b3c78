import type { OutboxLine } from '#src/domain/outbox.ts';
import { momentText } from '#src/wording/date-text.ts';
import { plainText } from '#src/wording/plain-text.ts';
import { greetMailServer } from '#reports/delivery/greet-mail-server.ts';
import type { Check } from '../contract/check.ts';
import type { Finding } from '../contract/finding.ts';

const ANSWER_MS = 10_000;

/** Ends of mails are looked at for so long, ms. */
const LOOKED_AT_MS = 30 * 86_400_000;

/** So many mails are named; the rest is counted. */
const NAMED = 10;

/** The weekly mail: the server that takes it, its sender, and what became of those that went out. */
const check: Check = {
  place: 11,
  title: 'Mail',
  async run({ app }) {
    const { options, policy, clock } = app;
    const recipients = policy.teams.reduce((sum, team) => sum + team.recipients.length, 0);
    const lines = await (await app.store()).outbox.lines(clock.now() - LOOKED_AT_MS);
    if (options.smtpUrl === null) return [...unsent(recipients), ...troubled(lines)];
    const failure = await greetMailServer(options.smtpUrl, ANSWER_MS);
    const server = `the mail server ${new URL(options.smtpUrl).host}`;
    const greeted: Finding =
      failure === null
        ? { verdict: 'ok', text: `${server} lets us in; mails come from ${options.mailFrom ?? 'nobody'}` }
        : { verdict: 'wrong', text: `${server} does not let us in: ${failure}`, todo: 'See NARROWS_SMTP_URL: host, port, user and password (smtps:// for port 465, smtp:// for 587). Mails wait meanwhile.' };
    const nobody: readonly Finding[] = recipients > 0 ? [] : [{ verdict: 'note', text: 'the policy names no recipient, so nobody gets a mail', todo: 'Name them in the policy: teams: { TEAM: { recipients: [{ mail: lead@example.com }] } }.' }];
    return [greeted, ...nobody, ...troubled(lines)];
  },
};

export default check;

function unsent(recipients: number): readonly Finding[] {
  if (recipients === 0) return [{ verdict: 'unknown', text: 'not asked: no mail server is set, and the policy names no recipient' }];
  return [{ verdict: 'wrong', text: `the policy names ${String(recipients)} recipients, and no mail server is set: nobody gets a mail`, todo: 'Set NARROWS_SMTP_URL (or NARROWS_SMTP_URL_FILE) and NARROWS_MAIL_FROM.' }];
}

/** Mails that came to a bad end, or that keep being tried. */
export function troubled(lines: readonly OutboxLine[]): readonly Finding[] {
  const bad = lines.filter(({ state, attempts }) => state === 'failed' || state === 'unconfirmed' || (state === 'queued' && attempts > 0));
  const named = bad.slice(-NAMED).map((line): Finding => ({ verdict: line.state === 'failed' ? 'wrong' : 'note', text: lineText(line), todo: todoOf(line) }));
  const more = bad.length - named.length;
  return more === 0 ? named : [...named, { verdict: 'note', text: `and ${String(more)} older ones`, todo: 'See narrows report --send --again for each.' }];
}

function lineText({ team, recipient, week, state, attempts, changedAt, reason }: OutboxLine): string {
  const word = state === 'queued' ? `waits after ${String(attempts)} attempts` : state === 'failed' ? 'failed' : 'was handed over, and nobody confirmed it';
  return `the mail of ${team}, ${week}, to ${recipient} ${word} (${momentText(changedAt, 'UTC')} UTC${reason === null ? '' : `: ${plainText(reason)}`})`;
}

function todoOf({ state }: OutboxLine): string {
  if (state === 'queued') return 'It is tried again by itself; see the reason.';
  if (state === 'failed') return 'Mend what the reason says, then send it again: narrows report --send --again (--help says how).';
  return 'Ask the recipient whether it came; only if not, send it again: nothing is sent twice by itself.';
}
