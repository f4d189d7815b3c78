import type { CollectingState } from '#src/domain/completeness.ts';
import { formatScope, type Scope } from '#src/domain/scope.ts';
import { lastDayText } from '#src/wording/date-text.ts';
import { counted } from '#src/wording/number-text.ts';
import type { BarView, Choice, CollectingView, FrameView, PageId, WindowView } from '../frame-view.ts';
import { carriedQuery, lastDay, type PageQuestion } from '../page-question.ts';
import type { Site } from './site.ts';

/** The windows that are offered, in weeks. */
const OFFERED_WEEKS: readonly number[] = [4, 12, 26, 52];

/** GitHub not heard from for so long is said on every page. */
const STALE_AFTER_MS = 3 * 3_600_000;

const MINUTE_MS = 60_000;

/** What a page's frame is made of, beside what is the same on every page. */
export interface FrameFacts {
  readonly current: PageId | null;
  readonly zone: string;
  readonly nowAt: number;
  /** When GitHub was last heard from, epoch ms; null when never or when nobody asked. */
  readonly heardAt: number | null;
  /** How far a first collection has come; null once it is done. */
  readonly collecting: CollectingState | null;
  /** Null on a page without a bar; its links carry nothing on. */
  readonly bar: BarFacts | null;
}

/** What a page's bar is made of. */
export interface BarFacts {
  /** The page's own path. */
  readonly path: string;
  /** Parameters of the page itself, beside scope and window. */
  readonly own: Readonly<Record<string, string>>;
  readonly question: PageQuestion;
  readonly scopes: readonly { readonly scope: Scope; readonly name: string }[];
}

/** The frame of a page. It changes once a minute at most, so that a page that says the same has the same ETag. */
export function frameView(site: Site, { current, zone, nowAt, heardAt, collecting, bar }: FrameFacts): FrameView {
  const isStale = site.sample === null && heardAt !== null && nowAt - heardAt > STALE_AFTER_MS;
  const computedAt = Math.floor(nowAt / MINUTE_MS) * MINUTE_MS;
  return {
    organization: site.organization,
    current,
    ...(site.without === undefined ? {} : { without: site.without }),
    query: bar?.question.carried ?? '',
    bar: bar === null ? null : barView(bar, { zone, nowAt: computedAt }),
    sample: site.sample,
    collecting: collecting === null ? null : collectingView(collecting, bar),
    staleSinceAt: isStale ? heardAt : null,
    computedAt,
    facts: null,
    version: site.version,
    zone,
    stylesheetHref: site.stylesheetHref,
  };
}

function collectingView({ repositories, done, backToAt }: CollectingState, bar: BarFacts | null): CollectingView {
  const query = bar === null ? '' : carriedQuery(bar.question.scope, bar.question.weeks, bar.question.to, bar.own);
  return { repositoriesDone: done, repositories, backToAt, refreshHref: bar === null ? '?' : `${bar.path}${query}` };
}

/** The window of a question as pages show it. */
export function windowView({ window, weeks }: PageQuestion): WindowView {
  return { ...window, weeks, against: null };
}

function barView({ path, own, question, scopes }: BarFacts, reader: { readonly zone: string; readonly nowAt: number }): BarView {
  const { scope, window, weeks, to } = question;
  const pinned = lastDay(window.toAt, reader.zone);
  const end = `to ${lastDayText(window.toAt, reader)}`;
  return {
    action: path,
    scopes: scopeChoices(scopes, scope),
    windows: [...new Set([...OFFERED_WEEKS, weeks])]
      .toSorted((a, b) => a - b)
      .map((offered) => ({ value: String(offered), label: `${counted(offered, 'week')} ${end}`, isChosen: offered === weeks })),
    comparisons: [],
    carried: [...Object.entries(own).map(([name, value]) => ({ name, value })), ...(to === null ? [] : [{ name: 'to', value: to }])],
    permanentHref: `${path}${carriedQuery(scope, weeks, pinned, own)}`,
    csvHref: `${path}${carriedQuery(scope, weeks, to, { ...own, format: 'csv' })}`,
  };
}

/** The scopes that exist, and the one that is shown where it is none of them any more: a repository that is gone. */
function scopeChoices(scopes: BarFacts['scopes'], shown: Scope): Choice[] {
  const choices = scopes.map(({ scope, name }) => ({ value: valueOf(scope), label: name, isChosen: isSame(scope, shown) }));
  return choices.some(({ isChosen }) => isChosen) ? choices : [...choices, { value: valueOf(shown), label: formatScope(shown), isChosen: true }];
}

function valueOf(scope: Scope): string {
  return scope.kind === 'organization' ? '' : formatScope(scope);
}

function isSame(a: Scope, b: Scope): boolean {
  return formatScope(a).toLowerCase() === formatScope(b).toLowerCase();
}
