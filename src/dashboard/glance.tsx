import type { ReactElement } from 'react';

import { WeekDots } from '#src/charts/week-dots.tsx';
import type { Quantile, WaitFigure } from '#src/domain/figure.ts';
import type { Comparison } from '#src/wording/change-text.ts';
import { dateText, lastDayText, type Reader } from '#src/wording/date-text.ts';
import { ageText } from '#src/wording/duration-text.ts';
import { countText } from '#src/wording/number-text.ts';
import { quantileCell } from '#src/wording/quantile-text.ts';
import { shareInterval, shareText } from '#src/wording/share-text.ts';
import { stageWords } from '#src/wording/stage-words.ts';
import { noWeekText, shareCaption, shareWithinADay } from '#src/wording/wait-sentences.ts';
import { withheldText } from '#src/wording/withheld-text.ts';

import { ShareChangeLine } from './change.tsx';
import type { WaitGlanceView } from './flow-view.ts';
import { GapMark } from './gaps.tsx';
import { moverToken } from './mover.tsx';
import { Figure } from './text.tsx';
import { weekGaps } from './week-gaps.ts';

/** What a glance is shown with. */
interface GlanceProps {
  readonly view: WaitGlanceView;
  readonly reader: Reader;
  readonly comparison: Comparison | null;
  readonly dataQualityHref: string | null;
}

/** A wait in a few lines: the share within a day, the weeks, the median, what still waits, the change. */
export function Glance({ view, reader, comparison, dataQualityHref }: GlanceProps): ReactElement {
  const { figure } = view;
  const within = shareWithinADay(figure);
  const interval = within?.share.interval ?? null;
  return (
    <section className="glance">
      <h2>{view.title}</h2>
      {within === null ? (
        <p className="glance-caption">{figure.withheld === null ? 'None has ended in this window.' : withheldText(figure.withheld)}</p>
      ) : (
        <>
          <p className="glance-figure">
            <strong className="big">
              <Figure href={view.href}>{shareText(within.share.value)}</Figure>
            </strong>
            {interval !== null && <span className="muted"> {`${shareInterval(interval)}\u00A0%`}</span>}{' '}
            <GapMark gaps={figure.gaps} href={dataQualityHref} reader={reader} />
          </p>
          <p className="glance-caption">{shareCaption(figure)}</p>
        </>
      )}
      {view.weeks.length > 0 && <Weeks view={view} reader={reader} />}
      <dl className="facts">
        <Row name="Half within" value={quantileLine(figure.p50)} />
        {figure.endWithout === null ? (
          <Row name="90 % within" value={quantileLine(figure.p90)} />
        ) : (
          <Row name={capital(stageWords(figure.stage).without)} value={shareText(figure.endWithout.value)} />
        )}
        <Row name="Still waiting" value={waitingLine(figure)} />
        <Row name="Waits, n" value={countText(figure.n)} />
      </dl>
      {figure.change !== null && comparison !== null && <ShareChangeLine change={figure.change} comparison={comparison} />}
    </section>
  );
}

function Weeks({ view, reader }: { readonly view: WaitGlanceView; readonly reader: Reader }): ReactElement {
  const { figure, weeks } = view;
  if (weeks.every((week) => week.share === null)) return <p className="note">{noWeekText(weeks.length)}</p>;
  const first = weeks[0];
  const last = weeks.at(-1);
  const isLong = first !== undefined && dateText(first.fromAt, reader).length > 6;
  const shown = weeks.filter((week) => week.share !== null).map((week) => `${dateText(week.fromAt, reader)} ${shareText(week.share ?? 0)}`);
  const label = `${stageWords(figure.stage).name} within a day, week by week: ${shown.length === 0 ? 'not known' : shown.join(', ')}.`;
  return (
    <>
      <WeekDots
        weeks={weeks.map((week) => ({ value: week.share, low: week.interval?.low ?? null, high: week.interval?.high ?? null, isOver: week.isOver }))}
        largest={1}
        before={figure.change?.before ?? null}
        gaps={weekGaps(weeks, figure.gaps)}
        colour={moverToken(stageWords(figure.stage).mover)}
        label={label}
      />
      <p className="glance-axis">
        <span>{first === undefined ? '' : dateText(first.fromAt, reader)}</span>
        <span>{isLong ? 'week by week' : 'within a day, week by week'}, 0 to 100&nbsp;%</span>
        <span>{last === undefined ? '' : lastDayText(last.toAt, reader)}</span>
      </p>
    </>
  );
}

function Row({ name, value }: { readonly name: string; readonly value: string }): ReactElement {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function quantileLine(quantile: Quantile | null): string {
  const { value, under } = quantileCell(quantile);
  return under === null ? value : `${value} (${under})`;
}

function waitingLine(figure: WaitFigure): string {
  const oldest = figure.oldestSeconds === null ? '' : `, oldest ${ageText(figure.oldestSeconds)}`;
  return `${countText(figure.stillWaiting)}${oldest}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
