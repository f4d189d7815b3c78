import type { ReactElement } from 'react';

import { AgeCurve, type AgePoint, type AgeTick, type NamedAge } from '#src/charts/age-curve.tsx';
import type { ChartForm } from '#src/charts/plot.ts';
import { WeekChart } from '#src/charts/week-chart.tsx';
import { HEADLINE_AGES_SECONDS, type Gap, type WaitFigure } from '#src/domain/figure.ts';
import { dateText, type Reader } from '#src/wording/date-text.ts';
import { countText } from '#src/wording/number-text.ts';
import { shareText } from '#src/wording/share-text.ts';
import { stageWords } from '#src/wording/stage-words.ts';
import { ladderLabel, noWeekText } from '#src/wording/wait-sentences.ts';

import type { WeekView } from './frame-view.ts';
import { moverToken } from './mover.tsx';
import type { CurveView } from './reviews-view.ts';
import { weekGaps } from './week-gaps.ts';

const FORMS: readonly ChartForm[] = ['wide', 'narrow'];

const DAY = 86_400;

/** What became of the waits by age, in both sizes; the page shows one. */
export function CurveChart({ curve, figure }: { readonly curve: CurveView; readonly figure: WaitFigure }): ReactElement {
  const last = curve.points.at(-1);
  const ends = last === undefined ? [] : endsOf(curve, last);
  return (
    <>
      {FORMS.map((form) => (
        <AgeCurve
          key={form}
          form={form}
          points={curve.points}
          named={namedAges(figure)}
          ticks={ticksOf(curve, form)}
          openText={form === 'wide' ? 'still open' : 'open'}
          ends={form === 'wide' ? ends : ends.map((end) => end.replace(/ without$/, ''))}
          asked={[shareText(last?.asked ?? 0), curve.asked]}
          colour={moverToken(stageWords(curve.stage).mover)}
          label={`By age: ${ladderLabel(figure)}`}
        />
      ))}
    </>
  );
}

/** What the weeks of a figure are drawn with. */
interface WeeksChartProps {
  readonly weeks: readonly WeekView[];
  readonly figure: WaitFigure;
  readonly gaps: readonly Gap[];
  readonly reader: Reader;
}

/** The share within a day, week by week, in both sizes. */
export function WeeksChart({ weeks, figure, gaps, reader }: WeeksChartProps): ReactElement {
  const before = figure.change?.before ?? null;
  if (weeks.every((week) => week.share === null)) return <p className="note">{noWeekText(weeks.length)}</p>;
  const shown = weeks.filter((week) => week.share !== null).map((week) => `${dateText(week.fromAt, reader)} ${shareText(week.share ?? 0)}`);
  return (
    <>
      {FORMS.map((form) => {
        const every = everyThatFits(weeks.map((week) => dateText(week.fromAt, reader)), form);
        const counted = everyThatFits(weeks.map((week) => countText(week.ended)), form);
        return (
          <WeekChart
            key={form}
            form={form}
            weeks={weeks.map((week, index) => ({
              value: week.share,
              low: week.interval?.low ?? null,
              high: week.interval?.high ?? null,
              isOver: week.isOver,
              text: index % every === 0 ? dateText(week.fromAt, reader) : null,
              count: index % counted === 0 ? countText(week.ended) : null,
            }))}
            gaps={weekGaps(weeks, gaps)}
            gapText="gap"
            before={before === null ? null : { share: before, text: [shareText(before), 'before'] }}
            countText={form === 'wide' ? 'answered' : 'n'}
            colour={moverToken(stageWords(figure.stage).mover)}
            label={`${stageWords(figure.stage).name} within a day, week by week: ${shown.length === 0 ? 'not known' : shown.join(', ')}.`}
          />
        );
      })}
    </>
  );
}

/** Room for the weeks' words and what one letter takes of it, in pixels of the drawing. */
const ROOM = { wide: 420, narrow: 230 } as const;
const LETTER = 7.2;

/** Each how many-th of a row of words can stand, so that none touches the next. */
function everyThatFits(words: readonly string[], form: ChartForm): number {
  const widest = Math.max(1, ...words.map((word) => word.length)) * LETTER + 10;
  return Math.max(1, Math.ceil((words.length * widest) / ROOM[form]));
}

/** The headline's ages on the curve; the first two are named, the others stand in the table. */
function namedAges(figure: WaitFigure): readonly NamedAge[] {
  return figure.within.map(({ ageSeconds, share }) => ({
    ageSeconds,
    share: share.value,
    low: share.interval?.low ?? null,
    high: share.interval?.high ?? null,
    text: ageSeconds <= DAY ? `${shareText(share.value)} by ${ageTick(ageSeconds)}` : null,
  }));
}

function ticksOf(curve: CurveView, form: ChartForm): readonly AgeTick[] {
  const [first] = curve.points;
  const last = curve.points.at(-1);
  if (first === undefined || last === undefined) return [];
  const ages = [600, 3_600, ...HEADLINE_AGES_SECONDS, 30 * DAY].filter((age) => form === 'wide' || (age !== 3_600 && age !== 3 * DAY));
  return ages
    .filter((age) => age >= first.ageSeconds && age <= last.ageSeconds)
    .map((age) => {
      const open = curve.atRisk.find((candidate) => candidate.ageSeconds === age);
      return { ageSeconds: age, text: ageTick(age), open: open === undefined ? null : countText(open.count) };
    });
}

/** `10 min`, `4 h`, `1 d`: ticks are round, so each has its largest unit. */
function ageTick(seconds: number): string {
  if (seconds < 3_600) return `${String(seconds / 60)}\u00A0min`;
  return seconds < DAY ? `${String(seconds / 3_600)}\u00A0h` : `${String(seconds / DAY)}\u00A0d`;
}

function endsOf(curve: CurveView, last: AgePoint): readonly string[] {
  const waiting = Math.max(0, 1 - last.asked - last.others.reduce((sum, other) => sum + other, 0));
  const others = curve.others.map((name, index) => `${shareText(last.others[index] ?? 0)} ${name}`).toReversed();
  return [`${shareText(waiting)} still wait`, ...others];
}
