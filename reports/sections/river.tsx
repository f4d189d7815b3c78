import { Img, Section } from '@react-email/components';
import type { ReactElement } from 'react';
import { mailPicture } from '#src/charts/picture.ts';
import type { RiverCell } from '#src/charts/river-geometry.ts';
import { River } from '#src/charts/river.tsx';
import type { PhaseFigure } from '#src/domain/figure.ts';
import { RIVER_ORDER, phaseWords } from '#src/wording/phase-words.ts';
import { riverLabel, largestPhase } from '#src/wording/flow-sentences.ts';
import { intervalText } from '#src/wording/interval-text.ts';
import { stockNumber, stockText } from '#src/wording/number-text.ts';
import { MailLink, Tone } from '../mail-elements.tsx';
import { light } from '../mail-style.ts';
import type { ReportFacts } from '../report-facts.ts';
import type { PictureSource, ReportPicture, ReportSection } from '../report-section.ts';

const WIDTH = 552;
const HEIGHT = 84;

/** Where pull requests stand: the river with its numbers above. */
const section: ReportSection = {
  place: 1,
  write(facts) {
    const phases = RIVER_ORDER.flatMap((phase) => facts.flow.phases.find((figure) => figure.phase === phase) ?? []);
    if (largestPhase(phases) === null) return null;
    const { bottleneck } = facts.flow;
    const cells = phases.map((figure) => cellOf(figure, bottleneck.includes(figure.phase)));
    const svg = mailPicture(<River cells={cells} form="lying" label={null} width={HEIGHT} />, { width: WIDTH, height: HEIGHT });
    const picture = { id: 'river', svg, width: WIDTH, height: HEIGHT };
    return {
      pictures: [picture],
      html: (source) => <RiverSection facts={facts} phases={phases} picture={picture} source={source} />,
      text: ['STANDING ON AVERAGE', ...phases.map((figure) => `  ${phaseWords(figure.phase).name}: ${standing(figure)}`), ...(facts.links.flow === null ? [] : [`  ${facts.links.flow}`])],
    };
  },
};

export default section;

interface RiverSectionProps {
  readonly facts: ReportFacts;
  readonly phases: readonly PhaseFigure[];
  readonly picture: ReportPicture;
  readonly source: PictureSource;
}

function RiverSection({ facts, phases, picture, source }: RiverSectionProps): ReactElement {
  const isMarked = (figure: PhaseFigure): boolean => facts.flow.bottleneck.includes(figure.phase);
  return (
    <>
      <table width="100%" cellPadding={0} cellSpacing={0} border={0} role="presentation" style={{ tableLayout: 'fixed' }}>
        <tbody>
          <tr>
            {phases.map((figure) => (
              <td key={figure.phase} align="center" style={{ fontSize: '13px', lineHeight: '20px', fontWeight: isMarked(figure) ? 600 : 400 }}>
                <Tone tone={isMarked(figure) ? 'marked' : 'plain'}>{stockText(figure.standing.value)}</Tone>
              </td>
            ))}
          </tr>
        </tbody>
      </table>
      <Section>
        <Img src={source(picture)} width={WIDTH} height={HEIGHT} alt={riverLabel(phases)} style={{ width: '100%', height: 'auto', fontSize: '12px', color: light('muted') }} />
      </Section>
      <Names phases={phases} isMarked={isMarked} />
      {facts.links.flow !== null && (
        <p style={{ fontSize: '14px', lineHeight: '20px', margin: '8px 0 0' }}>
          <MailLink href={facts.links.flow}>
            Open the flow of <bdi>{facts.team.name}</bdi>
          </MailLink>
        </p>
      )}
    </>
  );
}

/** The name of the bottleneck under its cell, and of the last phase at the right: in between there is no room for words. */
function Names({ phases, isMarked }: { readonly phases: readonly PhaseFigure[]; readonly isMarked: (figure: PhaseFigure) => boolean }): ReactElement {
  const largest = largestPhase(phases);
  const found = phases.findIndex(isMarked);
  const place = found === -1 ? phases.findIndex((figure) => figure === largest) : found;
  const named = phases[place];
  const last = phases.length - 1;
  const lead = place <= last / 2;
  const span = lead ? phases.length - place : place + 1;
  const showsLast = place < last - 1;
  const cell = { fontSize: '12px', lineHeight: '16px' } as const;
  return (
    <table width="100%" cellPadding={0} cellSpacing={0} border={0} role="presentation" style={{ tableLayout: 'fixed' }}>
      <tbody>
        <tr>
          {lead && place > 0 && <td colSpan={place} />}
          <td colSpan={lead && showsLast ? span - 2 : span} align={lead ? 'left' : 'right'} style={{ ...cell, fontWeight: found === -1 ? 400 : 600 }}>
            {named !== undefined && <Tone tone={found === -1 ? 'muted' : 'marked'}>{phaseWords(named.phase).short}</Tone>}
          </td>
          {lead && showsLast && (
            <td colSpan={2} align="right" style={cell}>
              <Tone tone="muted">{phases[last] === undefined ? '' : phaseWords(phases[last].phase).name}</Tone>
            </td>
          )}
          {!lead && place < last && (
            <td colSpan={last - place} align="right" style={cell}>
              <Tone tone="muted">{phases[last] === undefined ? '' : phaseWords(phases[last].phase).short}</Tone>
            </td>
          )}
        </tr>
      </tbody>
    </table>
  );
}

function cellOf({ standing: { value, interval }, change }: PhaseFigure, isBottleneck: boolean): RiverCell {
  return { value, lower: interval?.low ?? null, upper: interval?.high ?? null, before: change?.kind === 'beyond-noise' ? change.before : null, isBottleneck };
}

function standing({ standing: { value, interval } }: PhaseFigure): string {
  return interval === null ? stockText(value) : `${stockText(value)} (${intervalText(interval, stockNumber)})`;
}
