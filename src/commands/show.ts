import { NarrowsError } from '#src/core/errors.ts';
import { formatInstant } from '#src/core/instant.ts';
import type { Stretch } from '#src/core/stretch.ts';
import type { Figures, FlowFigure, MetricFigure } from '#src/domain/figures.ts';
import { formatScope, parseScope, type Scope } from '#src/domain/scope.ts';
import type { App } from '#src/app.ts';
import type { Reader } from '#src/wording/date-text.ts';
import { ageText, durationText } from '#src/wording/duration-text.ts';
import { bottleneckSentence } from '#src/wording/flow-sentences.ts';
import { phaseWords } from '#src/wording/phase-words.ts';
import { sentenceText } from '#src/wording/sentence.ts';
import { stageWords } from '#src/wording/stage-words.ts';
import { withheldText } from '#src/wording/withheld-text.ts';
import { flowJson, metricJson } from './printing/figure-json.ts';
import { gapLines, markOf } from './printing/gap-lines.ts';
import { textTable } from './printing/text-table.ts';
import type { Command, Terminal } from './contract/command.ts';
import { instantFlag } from './contract/flags.ts';

/** The window when none is asked for. */
const DEFAULT_WEEKS = 12;

interface ShowFlags {
  readonly scope: string;
  readonly from?: string;
  readonly to?: string;
  readonly json?: boolean;
}

/** `narrows show`: the review waits and where pull requests stand. */
const command: Command = {
  summary: 'print how long things waited and where they stand',
  configure(cli, run, terminal) {
    cli
      .option('--scope <scope>', 'organization, team:SLUG or repository:OWNER/NAME', 'organization')
      .option('--from <instant>', `the window's start (a date, or an instant with its zone); without it the last ${String(DEFAULT_WEEKS)} full weeks`)
      .option('--to <instant>', "the window's end, not included")
      .option('--json', 'machine-readable, the same figures as the API')
      .action((flags: ShowFlags) => run(() => show(flags, terminal)));
  },
};

export default command;

async function show(flags: ShowFlags, terminal: Terminal): Promise<number> {
  const scope = parseScope(flags.scope);
  if (scope === null) throw new NarrowsError('bad-usage', `--scope ${flags.scope} is not known: write organization, team:SLUG or repository:OWNER/NAME.`);
  const app = await terminal.openApp();
  try {
    await app.ingestAll();
    await app.recomputeAll();
    const figures = await app.figures();
    const window = windowOf(flags, scope, figures, app);
    const question = { viewer: app.operator, scope, window };
    const flow = await figures.flow(question);
    if (flow === null) throw new NarrowsError('not-found', `There is no ${formatScope(scope)}: narrows doctor shows what was delivered.`);
    const metrics: MetricFigure[] = [];
    for (const { id } of figures.metrics()) {
      const metric = await figures.metric(id, question);
      if (metric !== null) metrics.push(metric);
    }
    const reader = { zone: figures.zone(scope), nowAt: app.clock.now() };
    terminal.out.write(flags.json === true ? `${JSON.stringify({ ...flowJson(flow), metrics: metrics.map(metricJson) }, null, 2)}\n` : text(flow, metrics, reader));
    return 0;
  } finally {
    await app.close();
  }
}

function windowOf(flags: ShowFlags, scope: Scope, figures: Figures, app: App): Stretch {
  const from = instantFlag('--from', flags.from);
  const to = instantFlag('--to', flags.to);
  const last = figures.lastWeeks(scope, DEFAULT_WEEKS, to ?? app.clock.now());
  const toAt = to ?? (from === null ? last.toAt : app.clock.now());
  const window = { fromAt: from ?? toAt - (last.toAt - last.fromAt), toAt };
  if (window.fromAt >= window.toAt) throw new NarrowsError('bad-usage', `--from ${formatInstant(window.fromAt)} is not before --to ${formatInstant(window.toAt)}.`);
  return window;
}

function text(flow: FlowFigure, metrics: readonly MetricFigure[], reader: Reader): string {
  const sentence = bottleneckSentence(flow.phases, flow.bottleneck);
  const waits = textTable(
    ['Wait', 'n', 'finished', 'still waiting', 'oldest', 'p50', 'p75', 'p90', 'within 1 d'],
    metrics.map(({ metric, figure, finishedOnly }) => [
      `${stageWords(metric.stage).name}${markOf(figure.gaps)}`,
      String(figure.n),
      String(figure.finished),
      String(figure.stillWaiting),
      figure.oldestSeconds === null ? '–' : ageText(figure.oldestSeconds),
      ...[finishedOnly.p50, finishedOnly.p75, finishedOnly.p90].map((seconds) => (seconds === null ? '–' : durationText(seconds))),
      figure.withheld === null ? `${String(Math.round((figure.within[1]?.share.value ?? 0) * 100))} %` : withheldText(figure.withheld),
    ]),
  );
  const phases = textTable(
    ['Phase', 'standing', 'share', 'in a week', 'out a week'],
    flow.phases.map(({ phase, standing, share, arrivalsPerWeek, departuresPerWeek }) => [
      phaseWords(phase).name,
      interval(standing.value, standing.interval),
      share === null ? '–' : `${String(Math.round(share * 100))} %`,
      arrivalsPerWeek.toFixed(1),
      departuresPerWeek.toFixed(1),
    ]),
  );
  return [
    `${formatScope(flow.scope)}, ${formatInstant(flow.window.fromAt)} to ${formatInstant(flow.window.toAt)}`,
    `${sentence === null ? 'No pull request was open in this time.' : sentenceText(sentence)}${markOf(flow.gaps)}`,
    '',
    `${waits}p50, p75 and p90 are of the waits that finished in this time; the share within a day counts those still waiting too.`,
    '',
    phases,
    ...gapLines([flow.gaps, ...metrics.map(({ figure }) => figure.gaps)].flat(), reader),
  ].join('\n');
}

function interval(value: number, bounds: { readonly low: number; readonly high: number } | null): string {
  return bounds === null ? value.toFixed(1) : `${value.toFixed(1)} (${bounds.low.toFixed(1)}–${bounds.high.toFixed(1)})`;
}
