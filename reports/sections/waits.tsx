import { Img } from '@react-email/components';
import type { ReactElement } from 'react';
import { mailPicture } from '#src/charts/picture.ts';
import type { MoverToken } from '#src/charts/tokens.ts';
import { WeekDots, type WeekGap } from '#src/charts/week-dots.tsx';
import type { MetricFigure } from '#src/domain/figures.ts';
import type { Comparison } from '#src/wording/change-text.ts';
import { lastDayText } from '#src/wording/date-text.ts';
import { counted } from '#src/wording/number-text.ts';
import type { Mover } from '#src/wording/phase-words.ts';
import { stageWords } from '#src/wording/stage-words.ts';
import { Paragraph, Title, Tone } from '../mail-elements.tsx';
import { light } from '../mail-style.ts';
import { REPORT_WEEKS } from '../report-facts.ts';
import type { PictureSource, ReportPicture, ReportSection } from '../report-section.ts';
import { isOpen, waitLine, waitWords, weeksLabel, type WaitWords } from '../writing/wait-words.ts';

const WIDTH = 258;
const HEIGHT = 52;

const COMPARISON: Comparison = { against: 'before', weeks: REPORT_WEEKS };

const NUMBERS = ['No waits', 'One wait', 'Two waits', 'Three waits'] as const;

/** How long things wait: a share with its interval each, what it means, and week by week. */
const section: ReportSection = {
  place: 2,
  write({ metrics, window, reader }) {
    if (metrics.length === 0) return null;
    const waits = metrics.map((metric) => ({ words: waitWords(metric.figure, COMPARISON), picture: pictureOf(metric), label: weeksLabel(metric, reader) }));
    const note = `${counted(REPORT_WEEKS, 'week')} to ${lastDayText(window.toAt, reader)}, one dot a week`;
    return {
      pictures: waits.flatMap(({ picture }) => picture ?? []),
      html: (source) => (
        <>
          <Title note={note}>{NUMBERS[waits.length] ?? 'Waits'}</Title>
          {waits.map((wait, index) => (
            <Wait key={wait.words.name} {...wait} source={source} isFirst={index === 0} />
          ))}
        </>
      ),
      text: [`WAITS (${note.replace(/, .*$/, '')})`, ...waits.map(({ words }) => `  ${waitLine(words)}`)],
    };
  },
};

export default section;

interface WaitProps {
  readonly words: WaitWords;
  /** Null where no week is known. */
  readonly picture: ReportPicture | null;
  readonly label: string;
  readonly source: PictureSource;
  readonly isFirst: boolean;
}

function Wait({ words, picture, label, source, isFirst }: WaitProps): ReactElement {
  const { name, share, hasGap, verdict, rest } = words;
  return (
    <table width="100%" cellPadding={0} cellSpacing={0} border={0} role="presentation" style={isFirst ? {} : { marginTop: '24px' }}>
      <tbody>
        <tr>
          <td style={{ verticalAlign: 'bottom', paddingRight: '8px' }}>
            <Paragraph style={{ fontWeight: 600 }}>{name}</Paragraph>
            {share !== null && (
              <>
                <Paragraph size="figure" style={{ fontWeight: 600 }}>
                  {share.value}
                  <Tone tone="muted" style={{ fontSize: '12px', fontWeight: 400 }}>
                    {` ${[share.interval, hasGap ? 'gap' : null].filter((part) => part !== null).join(', ')}`}
                  </Tone>
                </Paragraph>
                <Paragraph tone="muted">{share.caption}</Paragraph>
              </>
            )}
          </td>
          {share !== null && picture !== null && (
            <td width="48%" style={{ verticalAlign: 'bottom' }}>
              <Img src={source(picture)} width={WIDTH} height={HEIGHT} alt={label} style={{ width: '100%', height: 'auto', fontSize: '12px', color: light('muted') }} />
            </td>
          )}
        </tr>
        <tr>
          <td colSpan={2} style={{ paddingTop: '4px' }}>
            <Paragraph tone="muted">
              {verdict !== null && (
                <Tone tone={verdict.isWorse ? 'marked' : 'plain'} style={{ fontWeight: verdict.isWorse ? 600 : 400 }}>
                  {`${verdict.arrow === '' ? '' : `${verdict.arrow} `}${verdict.text} `}
                </Tone>
              )}
              {rest}
            </Paragraph>
          </td>
        </tr>
      </tbody>
    </table>
  );
}

function pictureOf({ metric, figure, weeks }: MetricFigure): ReportPicture | null {
  if (weeks.every(({ withinDay }) => withinDay === null)) return null;
  const dots = weeks.map(({ withinDay, isOver }) => ({ value: withinDay?.value ?? null, low: withinDay?.interval?.low ?? null, high: withinDay?.interval?.high ?? null, isOver }));
  const gaps: WeekGap[] = weeks.flatMap((week, index) => {
    const touched = figure.gaps.some((gap) => isOpen(gap) && gap.fromAt < week.toAt && (gap.toAt === null || gap.toAt > week.fromAt));
    return touched ? [{ from: index, to: index + 1 }] : [];
  });
  const chart = <WeekDots weeks={dots} largest={1} before={figure.change?.before ?? null} gaps={gaps} colour={colourOf(stageWords(figure.stage).mover)} label="" height={HEIGHT} />;
  return { id: metric.id.replaceAll(/[^a-z]+/g, '-'), svg: mailPicture(chart, { width: WIDTH, height: HEIGHT }), width: WIDTH, height: HEIGHT };
}

function colourOf(mover: Mover): MoverToken {
  return mover === 'go-ahead' ? 'on-goahead' : `on-${mover}`;
}

