import { Body, Container, Head, Heading, Hr, Html, Preview, Section } from '@react-email/components';
import { render } from '@react-email/render';
import type { ReactElement } from 'react';
import { MailLink, Paragraph, Phrases } from './mail-elements.tsx';
import { FONT, light, MAIL_STYLE } from './mail-style.ts';
import type { PictureSource } from './report-section.ts';
import type { WeeklyReport } from './weekly.ts';

/** The report as an HTML document; React escapes all that stands in it. */
export async function mailHtml(report: WeeklyReport, source: PictureSource): Promise<string> {
  return render(<Mail report={report} source={source} />);
}

/** One column, 600 wide. The ground sits on the sections' table, because react-email copies the body's own where no class reaches. */
function Mail({ report, source }: { readonly report: WeeklyReport; readonly source: PictureSource }): ReactElement {
  const { origin, sentence, comparison, sections } = report;
  return (
    <Html lang="en">
      <Head>
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{report.subject}</title>
        <style>{MAIL_STYLE}</style>
      </Head>
      <Preview>{report.preheader}</Preview>
      <Body className="g" style={{ margin: 0, padding: 0 }}>
        <Section className="g" style={{ backgroundColor: light('bg'), fontFamily: FONT, overflowWrap: 'anywhere' }}>
          <Container className="p" style={{ maxWidth: '600px', padding: '24px' }}>
            <div role="main">
              <Paragraph tone="muted" size="small">
                {origin}
              </Paragraph>
              <Heading className="f" style={{ color: light('fg'), fontSize: '20px', lineHeight: '28px', fontWeight: 600, margin: '8px 0 0' }}>
                <Phrases sentence={sentence} />
              </Heading>
              {comparison !== '' && (
                <Paragraph tone="muted" style={{ margin: '4px 0 20px' }}>
                  {comparison}
                </Paragraph>
              )}
              {sections.map(({ html }, index) => (
                <div key={index}>
                  {index > 0 && <Rule />}
                  {html(source)}
                </div>
              ))}
              <Rule />
              <Foot report={report} />
            </div>
          </Container>
        </Section>
      </Body>
    </Html>
  );
}

function Rule(): ReactElement {
  return <Hr className="l" style={{ borderTop: `1px solid ${light('line')}`, borderColor: light('line'), margin: '24px 0' }} />;
}

function Foot({ report: { footer } }: { readonly report: WeeklyReport }): ReactElement {
  return (
    <Paragraph tone="muted" size="small">
      {footer.sentences.join(' ')}
      {footer.unsubscribe !== null && (
        <>
          {' '}
          <MailLink href={footer.unsubscribe}>Unsubscribe</MailLink>
        </>
      )}
    </Paragraph>
  );
}
