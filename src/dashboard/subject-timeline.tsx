import type { ReactElement } from 'react';

import { acrossOf, LaneTrack, RibbonTrack, WordTrack, type LaneBar, type RibbonPart, type TimelineScale, type TrackWord } from '#src/charts/timeline-track.tsx';
import { exactDuration, exactHours } from '#src/wording/exact-duration.ts';
import { phaseWords } from '#src/wording/phase-words.ts';
import { plainText } from '#src/wording/plain-text.ts';
import { stageWords } from '#src/wording/stage-words.ts';
import { timeTicks, type TimeTick } from '#src/wording/time-ticks.ts';

import { moverToken } from './mover.tsx';
import type { LaneView, SubjectView } from './subject-view.ts';

/** How wide a track and a letter are, in pixels, in the two forms; the server cannot measure text. */
const FORMS = {
  wide: { track: 700, letter: 6.4, ticks: 11, name: (phase: SubjectView['stays'][number]['phase']) => phaseWords(phase).name },
  narrow: { track: 320, letter: 6.8, ticks: 10, name: (phase: SubjectView['stays'][number]['phase']) => phaseWords(phase).short },
} as const;

type Form = keyof typeof FORMS;

/** Room before the opening and after the end, so that even a moment lies between two ticks. */
const LEAST_MARGIN_MS = 300_000;

/** Longer than this, nights and weekends are no more than noise. */
const OFF_HOURS_DAYS = 40;

/** The timeline: days, off-hours in grey, the ribbon of phases, a lane a wait, with their exact lengths. */
export function SubjectTimeline({ view, labelledBy }: { readonly view: SubjectView; readonly labelledBy: string }): ReactElement {
  const nowAt = view.frame.computedAt;
  const toAt = Math.max(view.endedAt ?? nowAt, ...view.lanes.map((lane) => lane.endedAt ?? nowAt));
  const margin = Math.max(LEAST_MARGIN_MS, (toAt - view.openedAt) * 0.012);
  const span = { fromAt: view.openedAt - margin, toAt: toAt + margin };
  const ticks = timeTicks(span.fromAt, span.toAt, view.frame.zone, FORMS.wide.ticks);
  const scale: TimelineScale = {
    ...span,
    days: ticks.map((tick) => tick.at).filter((tickAt) => tickAt > span.fromAt),
    offHours: span.toAt - span.fromAt > OFF_HOURS_DAYS * 86_400_000 ? [] : view.offHours,
  };
  const withWorking = view.lanes.some((lane) => lane.workingSeconds !== null);
  return (
    <table className="timeline" aria-labelledby={labelledBy}>
      <thead>
        <tr>
          <th scope="col">
            <span className="unseen">Wait</span>
          </th>
          <th scope="col" className="track-cell">
            <span className="unseen">{`From ${ticks[0]?.text ?? 'opening'} on`}</span>
            <Axis scale={scale} form="wide" zone={view.frame.zone} />
            <Axis scale={scale} form="narrow" zone={view.frame.zone} />
          </th>
          <th scope="col" className="end">
            elapsed
          </th>
          {withWorking && (
            <th scope="col" className="end working">
              working time
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        <Ribbon view={view} scale={scale} columns={withWorking ? 2 : 1} />
        {view.lanes.map((lane) => (
          <Lane key={`${lane.stage} ${lane.waitsOn ?? ''} ${String(lane.round)}`} lane={lane} scale={scale} nowAt={nowAt} withWorking={withWorking} />
        ))}
      </tbody>
    </table>
  );
}

function Axis({ scale, form, zone }: { readonly scale: TimelineScale; readonly form: Form; readonly zone: string }): ReactElement {
  const { track, letter, ticks: most } = FORMS[form];
  const ticks = timeTicks(scale.fromAt, scale.toAt, zone, most);
  const textOf = (tick: TimeTick): string => (form === 'wide' ? tick.text : tick.short);
  const words = fitting(
    ticks.map((tick) => ({ at: tick.wordAt, text: textOf(tick), tone: tick.isWeekend ? ('muted' as const) : ('fg' as const), anchor: 'middle' as const })),
    (word) => [(acrossOf(word.at, scale) / 100) * track - (word.text.length * letter) / 2, word.text.length * letter],
    form === 'wide' ? track + 30 : track + 12,
  );
  return (
    <div className={`track-${form}`}>
      <WordTrack scale={scale} words={words} withGround={false} />
    </div>
  );
}

function Ribbon({ view, scale, columns }: { readonly view: SubjectView; readonly scale: TimelineScale; readonly columns: number }): ReactElement {
  const stays = view.stays.filter((stay) => stay.phase !== 'ended');
  const parts: readonly RibbonPart[] = stays.map((stay) => ({
    fromAt: stay.enteredAt,
    toAt: stay.leftAt ?? view.frame.computedAt,
    colour: moverToken(phaseWords(stay.phase).mover),
  }));
  const label = `Phases in order: ${stays.map((stay) => phaseWords(stay.phase).name).join(', ')}.`;
  return (
    <tr className="ribbon">
      <th scope="row">Phase</th>
      <td className="track-cell">
        {(['wide', 'narrow'] as const).map((form) => (
          <div key={form} className={`track-${form}`}>
            <WordTrack scale={scale} words={phaseNames(view, scale, form)} withGround />
          </div>
        ))}
        <RibbonTrack scale={scale} parts={parts} label={label} />
      </td>
      <td colSpan={columns} className="end" />
    </tr>
  );
}

function phaseNames(view: SubjectView, scale: TimelineScale, form: Form): readonly TrackWord[] {
  const { track, letter, name } = FORMS[form];
  const names = view.stays
    .filter((stay) => stay.phase !== 'ended')
    .map((stay) => {
      const width = ((acrossOf(stay.leftAt ?? view.frame.computedAt, scale) - acrossOf(stay.enteredAt, scale)) / 100) * track;
      return { word: { at: stay.enteredAt, text: name(stay.phase), tone: 'fg' as const, anchor: 'start' as const }, width };
    })
    .filter(({ word, width }) => word.text.length * letter <= width + 8)
    .toSorted((a, b) => b.width - a.width);
  return fitting(
    names.map(({ word }) => word),
    (word) => [(acrossOf(word.at, scale) / 100) * track, word.text.length * letter],
    track,
  );
}

/** Keeps, in the order given, the words that neither touch one that is kept nor leave the track. */
function fitting(words: readonly TrackWord[], extentOf: (word: TrackWord) => readonly [number, number], end: number): readonly TrackWord[] {
  const taken: (readonly [left: number, right: number])[] = [];
  return words.filter((word) => {
    const [left, width] = extentOf(word);
    const right = left + width + 4;
    if (right > end || taken.some(([from, to]) => left < to && from < right)) return false;
    taken.push([left, right]);
    return true;
  });
}

function Lane({ lane, scale, nowAt, withWorking }: { readonly lane: LaneView; readonly scale: TimelineScale; readonly nowAt: number; readonly withWorking: boolean }): ReactElement {
  const bar: LaneBar = {
    fromAt: lane.startedAt,
    toAt: lane.endedAt ?? nowAt,
    end: lane.endedAt === null ? 'waiting' : lane.endedAsAsked ? 'asked' : 'otherwise',
    colour: moverToken(stageWords(lane.stage).mover),
    pauses: lane.pauses,
  };
  return (
    <tr>
      <th scope="row">{laneName(lane)}</th>
      <td className="track-cell">
        <LaneTrack scale={scale} bars={[bar]} />
      </td>
      <td className="end elapsed">{exactDuration(lane.seconds)}</td>
      {withWorking && <td className="end working">{lane.workingSeconds === null ? 'not known' : exactHours(lane.workingSeconds)}</td>}
    </tr>
  );
}

/** `First response`, `payments-reviewers, round 2`, `platform-security, removed`. */
function laneName(lane: LaneView): string {
  const name = lane.waitsOn === null ? stageWords(lane.stage).name : plainText(lane.waitsOn, 'unknown');
  const round = lane.round > 1 ? `, round ${String(lane.round)}` : '';
  const end = lane.endedAt === null ? ', still waiting' : lane.endedAsAsked || lane.outcome === null ? '' : `, ${lane.outcome.replaceAll('_', ' ')}`;
  return `${name}${round}${end}`;
}
