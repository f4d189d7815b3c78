import { NarrowsError } from '#src/core/errors.ts';
import { formatInstant } from '#src/core/instant.ts';
import type { SubjectFigure } from '#src/domain/figures.ts';
import type { TimelineEvent } from '#src/domain/timeline/event.ts';
import { exactDuration } from '#src/wording/exact-duration.ts';
import { phaseWords } from '#src/wording/phase-words.ts';
import { plainText } from '#src/wording/plain-text.ts';
import { stageWords } from '#src/wording/stage-words.ts';
import type { Command, Terminal } from './contract/command.ts';
import { gapLines } from './printing/gap-lines.ts';
import { textTable } from './printing/text-table.ts';

/** `narrows explain owner/name#number`: everything that the figures know of one pull request, and where they know it from. */
const command: Command = {
  summary: 'take one pull request apart: its timeline, phases and waits',
  configure(cli, run, terminal) {
    cli.argument('<subject>', 'OWNER/NAME#NUMBER').action((subject: string) => run(() => explain(subject, terminal)));
  },
};

export default command;

async function explain(text: string, terminal: Terminal): Promise<number> {
  const [, repository, number] = /^([\w.-]+\/[\w.-]+)#(\d{1,15})$/.exec(text) ?? [];
  if (repository === undefined || number === undefined) throw new NarrowsError('bad-usage', `${text} is not OWNER/NAME#NUMBER, such as octo-org/octo-repo#17.`);
  const app = await terminal.openApp();
  try {
    await app.ingestAll();
    await app.recomputeAll();
    const subject = await (await app.figures()).subject(app.operator, repository, Number(number));
    if (subject === null) throw new NarrowsError('not-found', `There is no pull request ${text} among the facts. narrows export facts pull-requests lists those there are.`);
    terminal.out.write([describe(subject), ...gapLines(subject.gaps, { zone: 'UTC', nowAt: app.clock.now() })].join('\n'));
    return 0;
  } finally {
    await app.close();
  }
}

function describe(subject: SubjectFigure): string {
  const { pullRequest: pr, repository } = subject;
  const state = pr.mergedAt === null ? (pr.draft === true && pr.state === 'open' ? 'draft' : pr.state) : 'merged';
  const author = subject.names.get(pr.author)?.login ?? pr.author;
  return [
    `${repository.fullName}#${String(pr.number)} (${state}) by ${author}${pr.title === null ? '' : `: ${plainText(pr.title)}`}`,
    '',
    'Timeline',
    textTable(['  when', 'time from', 'what', 'who', 'about', 'known since', 'known by'], pr.events.map((event) => eventLine(event, subject)), 'words'),
    'Phases',
    textTable(
      ['  phase', 'from', 'to', 'length'],
      subject.life.stays.map(({ phase, enteredAt, leftAt }) => [
        `  ${phaseWords(phase).name}`,
        formatInstant(enteredAt),
        leftAt === null ? 'until now' : formatInstant(leftAt),
        leftAt === null ? '' : exactDuration((leftAt - enteredAt) / 1000),
      ]),
      'words',
    ),
    'Waits, with where the time of each end comes from',
    textTable(
      ['  wait', 'round', 'on', 'from', 'to', 'outcome', 'paused', 'length', 'working time'],
      subject.waits.map((item) => waitLine(item)),
      'words',
    ),
  ].join('\n');
}

function eventLine(event: TimelineEvent, { names }: SubjectFigure): string[] {
  const gone = event.goneAt === null ? '' : ` (gone, learned ${formatInstant(event.goneAt)})`;
  const { detail } = event;
  const target = detail.target === undefined ? undefined : (names.get(detail.target)?.login ?? detail.target.slice(1));
  const about = [detail.state, target, detail.label, detail.reason, detail.after?.slice(0, 7), event.id === null || event.kind === 'committed' ? undefined : `id ${event.id}`, event.kind === 'committed' ? event.id?.slice(0, 7) : undefined];
  return [
    `  ${formatInstant(event.at)}`,
    event.atFrom,
    `${event.kind}${gone}`,
    event.actor === null ? '' : (names.get(event.actor)?.login ?? event.actor),
    about.filter((part) => part !== undefined).map((part) => plainText(part)).join(' '),
    formatInstant(event.knownAt),
    event.knownBy ?? 'a listing',
  ];
}

function waitLine({ wait, waitsOnName, ageSeconds, workingSeconds }: SubjectFigure['waits'][number]): string[] {
  return [
    `  ${stageWords(wait.stage).name}`,
    String(wait.round),
    waitsOnName ?? '',
    `${formatInstant(wait.startedAt)} ${wait.startedFrom}`,
    wait.endedAt === null ? 'still waiting' : `${formatInstant(wait.endedAt)} ${wait.endedFrom ?? ''}`,
    wait.outcome ?? '',
    wait.pausedSeconds === 0 ? '' : exactDuration(wait.pausedSeconds),
    exactDuration(ageSeconds),
    workingSeconds === null ? 'no calendar' : exactDuration(workingSeconds),
  ];
}
