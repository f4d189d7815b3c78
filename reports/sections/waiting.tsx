import type { ReactElement } from 'react';
import { MailLink, Paragraph, Tone } from '../mail-elements.tsx';
import { light } from '../mail-style.ts';
import type { ReportSection } from '../report-section.ts';
import { waitingWords, type WaitingWords } from '../writing/waiting-words.ts';

/** What waits longest now, the oldest first, with whom it waits on. */
const section: ReportSection = {
  place: 3,
  write({ waiting, names, links }) {
    if (waiting.length === 0) return null;
    const isWorking = waiting.every(({ workingDays }) => workingDays !== null);
    const unit = isWorking ? 'working days' : 'elapsed';
    const rows = waiting.map((item) => ({
      words: waitingWords(isWorking ? item : { ...item, workingDays: null }, names),
      href: links.pullRequest(item.repository.fullName, item.number),
    }));
    const width = Math.max(...rows.map(({ words }) => words.age.length));
    return {
      pictures: [],
      html: () => <Waiting rows={rows} unit={unit} allHref={links.waiting} />,
      text: [
        `WAITING LONGEST (${unit})`,
        ...rows.flatMap(({ words: { title, subject, what, waitsOn, age }, href }) => [`  ${age.padStart(width)}  ${title}, ${subject}, ${what}: ${waitsOn}`, `  ${' '.repeat(width)}  ${href}`]),
      ],
    };
  },
};

export default section;

interface WaitingProps {
  readonly rows: readonly { readonly words: WaitingWords; readonly href: string }[];
  readonly unit: string;
  readonly allHref: string | null;
}

function Waiting({ rows, unit, allHref }: WaitingProps): ReactElement {
  const border = { borderBottom: `1px solid ${light('line')}` };
  return (
    <>
      <table width="100%" cellPadding={0} cellSpacing={0} border={0}>
        <thead>
          <tr>
            <th align="left" scope="col" className="f l" style={{ ...border, color: light('fg'), fontSize: '16px', lineHeight: '24px', fontWeight: 600, paddingBottom: '4px' }}>
              Waiting longest
            </th>
            <th align="right" scope="col" className="m l" style={{ ...border, color: light('muted'), fontSize: '12px', fontWeight: 400, verticalAlign: 'bottom', paddingBottom: '4px' }}>
              {unit}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ words, href }, index) => {
            const cell = { ...(index === rows.length - 1 ? {} : border), padding: '8px 0', verticalAlign: 'top' } as const;
            return (
              <tr key={href}>
                <td className="l" style={{ ...cell, fontSize: '14px', lineHeight: '20px' }}>
                  <MailLink href={href} isBare>
                    <bdi>{words.title}</bdi>
                  </MailLink>
                  <Paragraph tone="muted" size="small">
                    <bdi>{words.subject}</bdi>, {words.what} · <bdi>{words.waitsOn}</bdi>
                  </Paragraph>
                </td>
                <td align="right" className="l" style={{ ...cell, fontSize: '14px', lineHeight: '20px', paddingLeft: '16px', whiteSpace: 'nowrap' }}>
                  <Tone tone="plain">{words.age}</Tone>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {allHref !== null && (
        <Paragraph>
          <MailLink href={allHref}>All that wait now</MailLink>
        </Paragraph>
      )}
    </>
  );
}
