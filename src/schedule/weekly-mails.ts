import type { Clock } from '#src/core/clock.ts';
import type { IsoWeek } from '#src/core/iso-week.ts';
import type { Log } from '#src/core/log.ts';
import type { Policy, Recipient, TeamPolicy } from '#src/config/policy.ts';
import type { Figures } from '#src/domain/figures.ts';
import type { ScheduleMarks } from '#src/domain/lease.ts';
import type { NewMail, Outbox } from '#src/domain/outbox.ts';
import type { Viewer } from '#src/domain/viewer.ts';
import { dueWeeks } from './due-weeks.ts';
import type { ScheduledTask } from './scheduler.ts';

/** What the weekly mails are sent with. */
export interface WeeklyMailsOptions {
  readonly policy: Pick<Policy, 'teams'>;
  readonly figures: Pick<Figures, 'zone' | 'heardAt'>;
  readonly viewer: Viewer;
  readonly outbox: Outbox;
  readonly marks: ScheduleMarks;
  readonly clock: Clock;
  readonly log: Log;
  /** Puts a mail together. */
  readonly compose: (team: string, recipient: Recipient, week: IsoWeek, isLate: boolean) => Promise<NewMail>;
  /** Sends what is due in the outbox. */
  readonly deliver: () => Promise<unknown>;
}

const DATA_MARK = 'data';
const RECIPIENT_MARK = 'recipient ';

/** Queues each mail at its recipient's hour, once, and sends what is queued. Whatever was missed is made up for at the next run. */
export function weeklyMails(options: WeeklyMailsOptions): ScheduledTask {
  return {
    name: 'weekly-mails',
    async run() {
      await queueDueMails(options);
      await options.deliver();
    },
  };
}

/** Queues what is due and not yet in the outbox. A mail that cannot be put together is logged and tried again at the next run; the others are not held up. */
export async function queueDueMails(options: WeeklyMailsOptions): Promise<void> {
  const { policy, figures, viewer, marks, clock } = options;
  const heardAt = await figures.heardAt(viewer);
  const dataSinceAt = heardAt === null ? null : await marks.keepFirst(DATA_MARK, Math.min(heardAt, clock.now()));
  const seats = policy.teams.flatMap((team) => team.recipients.map((recipient) => ({ team, recipient, mark: `${RECIPIENT_MARK}${JSON.stringify([team.slug, recipient.mail])}` })));
  await marks.forgetExcept(RECIPIENT_MARK, seats.map(({ mark }) => mark));
  for (const { team, recipient, mark } of seats) {
    const knownSinceAt = await marks.keepFirst(mark, clock.now());
    await queueFor(options, team, recipient, { knownSinceAt, dataSinceAt });
  }
}

async function queueFor(
  { figures, outbox, clock, log, compose }: WeeklyMailsOptions,
  { slug }: TeamPolicy,
  recipient: Recipient,
  since: { readonly knownSinceAt: number; readonly dataSinceAt: number | null },
): Promise<void> {
  const zone = figures.zone({ kind: 'team', slug });
  for (const { week, isLate } of dueWeeks({ slot: recipient, zone, nowAt: clock.now(), ...since })) {
    const key = { team: slug, recipient: recipient.mail, week: week.id };
    try {
      if ((await outbox.line(key)) !== null) continue;
      await outbox.enqueue(await compose(slug, recipient, week, isLate));
    } catch (error) {
      log.error({ ...key, err: error }, 'a weekly mail could not be put together; it is tried again');
    }
  }
}
