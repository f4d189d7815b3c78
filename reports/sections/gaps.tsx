import type { Gap } from '#src/domain/figure.ts';
import { gapSentence } from '#src/wording/gap-text.ts';
import { counted } from '#src/wording/number-text.ts';
import { Paragraph, Title } from '../mail-elements.tsx';
import type { ReportSection } from '../report-section.ts';
import { isOpen } from '../writing/wait-words.ts';

/** So many gaps are named; the rest is counted. */
const NAMED = 5;

/** What the figures do not see: gaps that touch the window and are not healed, each once. */
const section: ReportSection = {
  place: 9,
  write({ flow, metrics, reader }) {
    const gaps = [flow.gaps, ...metrics.map(({ figure }) => figure.gaps)].flat().filter(isOpen);
    const all = [...new Map(gaps.map((gap) => [keyOf(gap), gapSentence(gap, reader)])).values()];
    if (all.length === 0) return null;
    const sentences = [...all.slice(0, NAMED), ...(all.length > NAMED ? [`And ${counted(all.length - NAMED, 'further gap')}.`] : [])];
    return {
      pictures: [],
      html: () => (
        <>
          <Title>What these figures do not see</Title>
          {sentences.map((sentence) => (
            <Paragraph key={sentence} tone="muted">
              {sentence}
            </Paragraph>
          ))}
        </>
      ),
      text: ['WHAT THESE FIGURES DO NOT SEE', ...sentences.map((sentence) => `  ${sentence}`)],
    };
  },
};

export default section;

function keyOf({ repository, fromAt, toAt, state, kind }: Gap): string {
  return JSON.stringify([repository, fromAt, toAt, state, kind]);
}
