import type { FlowFigure, Page, StayItem, Stock } from '#src/domain/figures.ts';
import type { Estimate } from '#src/domain/figure.ts';
import type { FrameView } from '../frame-view.ts';
import { pullRequestPath } from '../links.ts';
import type { PageQuestion } from '../page-question.ts';
import type { StayLineView, StaysView } from '../stays-view.ts';
import { windowView } from './frame.ts';
import { dataQualityHref, staysHref } from './hrefs.ts';

/** What the page of the stays behind a stock is made of. */
export interface StaysFacts {
  readonly frame: FrameView;
  readonly question: PageQuestion;
  readonly stock: Stock;
  readonly flow: FlowFigure;
  readonly page: Page<StayItem>;
  /** Where the page begins; null for the first. */
  readonly cursor: string | null;
  readonly staleAfterSeconds: number;
}

/** The page of the stays behind a stock. */
export function staysView({ frame, question, stock, flow, page, cursor, staleAfterSeconds }: StaysFacts): StaysView {
  const { standing, share } = stockOf(flow, stock);
  return {
    frame,
    window: { ...windowView(question), ...flow.window },
    stock,
    standing,
    share,
    staleAfterDays: Math.round(staleAfterSeconds / 86_400),
    quality: { gaps: flow.gaps, dataQualityHref: dataQualityHref(question) },
    stays: page.items.map(lineView),
    isFirstPage: cursor === null,
    nextHref: page.next === null ? null : staysHref(stock, question, { cursor: page.next }),
    csvHref: staysHref(stock, question, { format: 'csv' }),
  };
}

/** A stock of a flow; one the flow does not have stands at nothing, without an interval. */
function stockOf({ phases, beside }: FlowFigure, stock: Stock): { readonly standing: Estimate; readonly share: number | null } {
  const inRiver = phases.find(({ phase }) => phase === stock);
  if (inRiver !== undefined) return inRiver;
  const standing = beside.find(({ what }) => what === stock)?.standing ?? { value: 0, interval: null };
  return { standing, share: null };
}

function lineView({ repository, number, title, phase, enteredAt, leftAt, countedSeconds }: StayItem): StayLineView {
  return {
    key: `${repository.id} ${String(number)} ${String(enteredAt)}`,
    title,
    href: pullRequestPath(repository.fullName, number),
    repository: repository.fullName,
    number,
    phase,
    enteredAt,
    leftAt,
    countedSeconds,
  };
}
