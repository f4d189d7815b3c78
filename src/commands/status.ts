import { formatInstant } from '#src/core/instant.ts';
import type { App } from '#src/app.ts';
import type { Certificate } from '#src/domain/certificate.ts';
import type { CollectedRepository, CollectionProgress, Installation } from '#src/domain/collection.ts';
import type { Gap } from '#src/domain/figure.ts';
import { ORGANIZATION } from '#src/domain/scope.ts';
import { completenessSentence, gapAdvice, lagSentences } from '#src/wording/completeness-text.ts';
import type { Reader } from '#src/wording/date-text.ts';
import { ageText } from '#src/wording/duration-text.ts';
import { gapSentence } from '#src/wording/gap-text.ts';
import { counted, countText } from '#src/wording/number-text.ts';
import { plainText } from '#src/wording/plain-text.ts';
import type { Command, Terminal } from './contract/command.ts';
import { gapJson } from './printing/figure-json.ts';
import { textTable } from './printing/text-table.ts';

/** The weeks of the certificate: those of every figure that nobody chose a window for. */
const WEEKS = 12;

/** So many gaps are named; the rest is counted. */
const NAMED = 20;

interface StatusFlags {
  readonly json?: boolean;
}

/** `narrows status`: what is collected, how far behind it is, what is missing. Ends with 1 while a gap is open. */
const command: Command = {
  summary: 'say what is collected, how far behind it is and what is missing',
  configure(cli, run, terminal) {
    cli.option('--json', 'machine-readable').action((flags: StatusFlags) => run(() => status(flags, terminal)));
  },
};

export default command;

/** All that the command says. */
interface Status {
  readonly installations: readonly Installation[];
  readonly repositories: readonly CollectedRepository[];
  readonly progress: ReadonlyMap<string, CollectionProgress>;
  /** Of the last weeks. */
  readonly certificate: Certificate;
  /** Of all time, that are not healed. */
  readonly gaps: readonly Gap[];
  readonly nowAt: number;
}

async function status(flags: StatusFlags, terminal: Terminal): Promise<number> {
  const app = await terminal.openApp();
  try {
    const found = await readStatus(app);
    terminal.out.write(flags.json === true ? `${JSON.stringify(json(found), null, 2)}\n` : text(found));
    return found.gaps.some(isOpen) ? 1 : 0;
  } finally {
    await app.close();
  }
}

async function readStatus(app: App): Promise<Status> {
  const { collection, completeness, reader } = await app.store();
  const figures = await app.figures();
  const nowAt = app.clock.now();
  const window = { fromAt: figures.lastWeeks(ORGANIZATION, WEEKS, nowAt).fromAt, toAt: nowAt };
  const certificate = await figures.certificate({ viewer: app.operator, scope: ORGANIZATION, window });
  const ids = (await reader.repositories(app.operator)).map(({ id }) => id);
  const repositories = await collection.repositories();
  const all = await completeness.gaps(app.operator, [...new Set([...ids, ...repositories.map(({ id }) => id)])], { fromAt: 0, toAt: nowAt + 1 });
  return {
    installations: await collection.installations(),
    repositories,
    progress: new Map((await collection.progress('pull_requests')).map((one) => [one.repositoryId, one])),
    certificate: certificate ?? { scope: ORGANIZATION, window, storedShare: null, repositories: [], gaps: [], lag: await completeness.lag(app.operator) },
    gaps: all.filter(({ state }) => state !== 'healed'),
    nowAt,
  };
}

function isOpen({ state }: Gap): boolean {
  return state === 'open';
}

function text({ installations, repositories, progress, certificate, gaps, nowAt }: Status): string {
  const reader: Reader = { zone: 'UTC', nowAt };
  const open = gaps.filter(isOpen);
  return [
    completenessSentence(certificate.storedShare, open, reader),
    ...lagSentences(certificate.lag, nowAt),
    '',
    ...installations.map((one) => `Installation ${plainText(one.account)}: ${installationWords(one)}`),
    ...(installations.length === 0 ? [] : ['']),
    ...(repositories.length === 0 ? [] : [repositoryTable(repositories, progress, nowAt)]),
    ...gapWords(gaps, reader),
  ].join('\n');
}

function installationWords({ state, stateAt, permissions }: Installation): string {
  const since = state === 'active' ? '' : ` since ${formatInstant(stateAt)}: nothing of it is collected. An owner of the organisation can undo it on GitHub`;
  const granted = Object.entries(permissions).map(([name, level]) => `${name} ${level}`);
  return `${state}${since}${granted.length === 0 ? '' : ` (${granted.join(', ')})`}`;
}

function repositoryTable(repositories: readonly CollectedRepository[], progress: ReadonlyMap<string, CollectionProgress>, nowAt: number): string {
  return textTable(
    ['Repository', 'state', 'backfill', 'back to', 'changes known up to'],
    repositories.map(({ id, fullName, state }) => {
      const one = progress.get(id);
      const swept = one?.sweptUntilAt ?? null;
      return [plainText(fullName), state, backfillText(one), backText(one), swept === null ? 'never' : `${ageText(Math.max(0, nowAt - swept) / 1000)} ago`];
    }),
    'words',
  );
}

function backfillText(progress: CollectionProgress | undefined): string {
  if (progress === undefined || (progress.total === null && !progress.isDone)) return 'not begun';
  if (progress.isDone) return `done, ${counted(progress.done, 'pull request')}`;
  return `${countText(progress.done)} of ${progress.total === null ? 'not known' : countText(progress.total)}`;
}

function backText(progress: CollectionProgress | undefined): string {
  if (progress === undefined || (progress.collectedFromAt === null && !progress.isDone)) return '';
  return progress.collectedFromAt === null ? 'the beginning' : formatInstant(progress.collectedFromAt).slice(0, 10);
}

function gapWords(gaps: readonly Gap[], reader: Reader): string[] {
  if (gaps.length === 0) return ['No gap is open.', ''];
  const shown = [...gaps.filter(isOpen), ...gaps.filter((gap) => !isOpen(gap))].slice(0, NAMED);
  const lines = shown.flatMap((gap) => [
    `  ${gapSentence(gap, reader)}`,
    ...(gap.reason === undefined ? [] : [`      ${plainText(gap.reason)}`]),
    `    → ${gapAdvice(gap)}`,
  ]);
  return ['Gaps', ...lines, ...(gaps.length > shown.length ? [`  and ${counted(gaps.length - shown.length, 'further gap')}.`] : []), ''];
}

function json({ installations, repositories, progress, certificate, gaps, nowAt }: Status): Record<string, unknown> {
  const instant = (at: number | null | undefined): string | null => (at === null || at === undefined ? null : formatInstant(at));
  return {
    at: formatInstant(nowAt),
    is_complete: !gaps.some(isOpen),
    stored_share: certificate.storedShare,
    lag: {
      log_checked_until: instant(certificate.lag.logCheckedUntilAt),
      swept_until: instant(certificate.lag.sweptUntilAt),
      repositories: certificate.lag.repositories,
      never_swept: certificate.lag.neverSwept,
    },
    installations: installations.map(({ id, account, state, stateAt, permissions }) => ({ id, account, state, since: formatInstant(stateAt), permissions })),
    repositories: repositories.map(({ id, fullName, state, stateAt }) => {
      const one = progress.get(id);
      return {
        id,
        repository: fullName,
        state,
        since: formatInstant(stateAt),
        backfill: one === undefined ? null : { done: one.done, total: one.total, is_done: one.isDone, collected_from: instant(one.collectedFromAt) },
        swept_until: instant(one?.sweptUntilAt),
      };
    }),
    gaps: gaps.map((gap) => ({ ...gapJson(gap), advice: gapAdvice(gap) })),
  };
}
