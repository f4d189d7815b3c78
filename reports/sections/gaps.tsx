import type { Gap } from '#src/domain/figure.ts';
import { gapSentence } from '#src/wording/gap-text.ts';
import { Paragraph, Title } from '../mail-elements.tsx';
import type { ReportSection } from '../report-section.ts';
import { isOpen } from '../writing/wait-words.ts';

/** What the figures do not see: gaps that touch the window and are not healed, each once. */
const section: ReportSection = {
  place: 9,
  write({ flow, metrics, reader }) {
    const gaps = [flow.gaps, ...metrics.map(({ figure }) => figure.gaps)].flat().filter(isOpen);
    const sentences = [...new Map(gaps.map((gap) => [keyOf(gap), gapSentence(gap, reader)])).values()];
    if (sentences.length === 0) return null;
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

function keyOf({ repository, fromAt, toAt, state }: Gap): string {
  return JSON.stringify([repository, fromAt, toAt, state]);
}
