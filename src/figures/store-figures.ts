import { policyDigest, type Policy } from '#src/config/policy.ts';
import { policyRules, type PolicyRules } from '#src/config/policy-rules.ts';
import type { Clock } from '#src/core/clock.ts';
import type { Stretch } from '#src/core/stretch.ts';
import { compareText } from '#src/core/text.ts';
import type { Certificate } from '#src/domain/certificate.ts';
import type { CollectingState, CompletenessReader } from '#src/domain/completeness.ts';
import type {
  Figures,
  FlowFigure,
  Metric,
  MetricEntry,
  MetricFigure,
  Page,
  Question,
  RepositoryFigure,
  StayItem,
  StayListQuestion,
  SubjectFigure,
  WaitingItem,
  WaitItem,
  WaitListQuestion,
} from '#src/domain/figures.ts';
import { restsOn, type Knowledge } from '#src/domain/knowledge.ts';
import { ORGANIZATION, type Scope } from '#src/domain/scope.ts';
import type { Gap } from '#src/domain/figure.ts';
import type { PolicyMatches } from '#src/domain/policy-matches.ts';
import type { FactReader } from '#src/domain/store.ts';
import type { StageWaits, SubjectWait, WaitReader } from '#src/domain/subject.ts';
import type { Viewer } from '#src/domain/viewer.ts';
import { Calendars } from './calendars.ts';
import { readCertificate } from './certificate.ts';
import { namedMetrics } from './load-metrics.ts';
import { readFlow } from './flow-figure.ts';
import { policyMatches } from './policy-matches.ts';
import { readScope, type ReadScope } from './read-scope.ts';
import { repositoryTeams } from './repository-teams.ts';
import { readSubject } from './subject-figure.ts';
import { readWaits, weeksOf } from './wait-figure.ts';
import { pageOfStays } from './stay-list.ts';
import { pageOfWaits, subjectKey, waitItem } from './wait-list.ts';
import { waitingNow, WAITING_STAGES } from './waiting-now.ts';
import { lastFullWeeks, weeksWithin } from './weeks.ts';

/** What figures read of the facts. */
export type FigureFacts = Pick<FactReader, 'pullRequests' | 'repositories' | 'accounts' | 'teamRepositories'>;

/** What figures are made of. */
export interface FiguresOptions {
  readonly reader: FigureFacts;
  readonly waitReader: WaitReader;
  readonly completeness: CompletenessReader;
  readonly policy: Policy;
  readonly clock: Clock;
  /** The entries under `metrics/`, by their file names. */
  readonly metrics: ReadonlyMap<string, MetricEntry>;
}

/** Phases are what listings tell, but for rework, which ends with a push. */
const FLOW_RESTS_ON: readonly Knowledge[] = ['listed', 'pushed'];

/** Figures over the store. */
export class StoreFigures implements Figures {
  readonly #options: FiguresOptions;
  readonly #metrics: readonly Metric[];
  readonly #calendars: Calendars;
  readonly #rules: PolicyRules;

  constructor(options: FiguresOptions) {
    this.#options = options;
    this.#metrics = namedMetrics(options.metrics);
    this.#calendars = new Calendars(options.policy);
    this.#rules = policyRules(options.policy);
  }

  metrics(): readonly Metric[] {
    return this.#metrics;
  }

  async metric(id: string, question: Question): Promise<MetricFigure | null> {
    const metric = this.#metrics.find((known) => known.id === id);
    const scope = await this.#scope(question);
    if (metric === undefined || scope === null) return null;
    const window = this.#past(question.window);
    const waits = await this.#waits(question, scope, metric, window);
    const { figure, finishedOnly, curve } = readWaits(metric.stage, waits, window);
    const gaps = await this.#gaps(question, scope, window, restsOn(metric.stage));
    const weeks = weeksOf(metric.stage, waits, weeksWithin(window, this.zone(question.scope)), this.#options.clock.now());
    const early = countOf(waits, 'early');
    return {
      metric,
      scope: question.scope,
      window,
      figure: { ...figure, gaps },
      finishedOnly,
      weeks,
      curve,
      explanation: {
        method:
          'Every wait that overlaps the window counts for the part inside it, still waiting or not; ends other than the asked one compete with it (Aalen-Johansen).',
        contributing: figure.n,
        leftOut: [
          { reason: 'answered before it was asked: the answer came while it was a draft', count: early },
          { reason: 'its clock stood still all through the window', count: waits.n - early - figure.n },
        ].filter(({ count }) => count > 0),
        factsUntilAt: await this.#options.waitReader.lastDeliveredAt(question.viewer),
      },
    };
  }

  async byRepository(id: string, question: Question): Promise<readonly RepositoryFigure[]> {
    const metric = this.#metrics.find((known) => known.id === id);
    const scope = await this.#scope(question);
    if (metric === undefined || scope === null) return [];
    const window = this.#past(question.window);
    const waits = await this.#waits(question, scope, metric, window);
    const places = placesByRepository(waits);
    const gaps = await this.#gaps(question, scope, window, restsOn(metric.stage));
    return scope.repositories
      .flatMap((repository) => {
        const theirs = places.get(repository.id);
        if (theirs === undefined) return [];
        const { figure } = readWaits(metric.stage, waits, window, theirs);
        return [{ repository, figure: { ...figure, gaps: gaps.filter((gap) => gap.repository === null || gap.repository === repository.fullName) } }];
      })
      .sort((a, b) => b.figure.n - a.figure.n || compareText(a.repository.fullName, b.repository.fullName));
  }

  async flow(question: Question): Promise<FlowFigure | null> {
    const scope = await this.#scope(question);
    if (scope === null) return null;
    const window = this.#past(question.window);
    const lives = await this.#options.waitReader.lives(question.viewer, { repositoryIds: scope.ids, ...window });
    return { ...readFlow(lives, window, weeksWithin(window, this.zone(question.scope))), scope: question.scope, gaps: await this.#gaps(question, scope, window, FLOW_RESTS_ON) };
  }

  async waiting(question: Question, limit: number): Promise<readonly WaitingItem[]> {
    const scope = await this.#scope(question);
    if (scope === null) return [];
    const { reader, waitReader, policy, clock } = this.#options;
    const nowAt = clock.now();
    const open = { repositoryIds: scope.ids, fromAt: nowAt, toAt: nowAt };
    const [waits, lives, accounts] = await Promise.all([waitReader.waits(question.viewer, { ...open, stages: WAITING_STAGES }), waitReader.lives(question.viewer, open), reader.accounts()]);
    return waitingNow(
      { waits, lives, repositories: scope.repositories, accounts, calendars: this.#calendars, staleAfterSeconds: policy.staleAfterSeconds },
      nowAt,
      limit,
    );
  }

  async waits(question: WaitListQuestion): Promise<Page<WaitItem> | null> {
    const scope = await this.#scope(question);
    if (scope === null) return null;
    const { reader, waitReader, clock } = this.#options;
    const stages = question.stage === null ? {} : { stages: [question.stage] };
    const waits = await waitReader.waits(question.viewer, { repositoryIds: scope.ids, ...question.window, ...stages });
    const page = pageOfWaits(waits, question.cursor, question.limit);
    const accounts = await reader.accounts();
    const titles = await this.#titles(question.viewer, page.items);
    return { next: page.next, items: page.items.map((wait) => waitItem(wait, scope.repositories, titles, accounts, clock.now())) };
  }

  async stays(question: StayListQuestion): Promise<Page<StayItem> | null> {
    const scope = await this.#scope(question);
    if (scope === null) return null;
    const window = this.#past(question.window);
    const lives = await this.#options.waitReader.lives(question.viewer, { repositoryIds: scope.ids, ...window });
    return pageOfStays(lives, scope.repositories, { ...question, window });
  }

  async subject(viewer: Viewer, repository: string, number: number): Promise<SubjectFigure | null> {
    const { reader, waitReader, completeness, clock } = this.#options;
    return readSubject({ reader, waitReader, completeness, calendars: this.#calendars, nowAt: clock.now() }, viewer, repository, number);
  }

  async certificate(question: Question): Promise<Certificate | null> {
    const scope = await this.#scope(question);
    return scope === null ? null : readCertificate(this.#options.completeness, { ...question, window: this.#past(question.window) }, scope);
  }

  collecting(viewer: Viewer): Promise<CollectingState | null> {
    return this.#options.completeness.collecting(viewer);
  }

  async scopes(viewer: Viewer): Promise<readonly { readonly scope: Scope; readonly name: string }[]> {
    const { reader, policy, clock } = this.#options;
    const [repositories, known] = await Promise.all([reader.repositories(viewer), reader.teamRepositories(viewer)]);
    const teamsOf = repositoryTeams(this.#rules, known, clock.now());
    const onGitHub = repositories.filter(({ fullName, deletedAt }) => deletedAt === null && this.#rules.collects(fullName)).flatMap((repository) => teamsOf(repository).filter(({ saidBy }) => saidBy === 'github'));
    const teams = new Map([...onGitHub, ...policy.teams].map(({ slug, name }) => [slug, name ?? slug]));
    return [
      { scope: ORGANIZATION, name: 'All repositories' },
      ...[...teams].sort(([a], [b]) => compareText(a, b)).map(([slug, name]) => ({ scope: { kind: 'team', slug } as const, name })),
      ...repositories.filter(({ deletedAt }) => deletedAt === null).map(({ fullName }) => ({ scope: { kind: 'repository', fullName } as const, name: fullName })),
    ];
  }

  async policyMatches(viewer: Viewer): Promise<PolicyMatches> {
    const { reader, waitReader, policy, clock } = this.#options;
    const [repositories, leftOut, inForce, accounts, teamRepositories] = await Promise.all([reader.repositories(viewer), waitReader.leftOut(viewer), waitReader.policyInForce(), reader.accounts(), reader.teamRepositories(viewer)]);
    return policyMatches(policy, this.#rules, { repositories, leftOut, isInForce: inForce === policyDigest(policy), accounts: viewer.sees === 'everything' ? accounts.all() : [], teamRepositories, nowAt: clock.now() });
  }

  zone(scope: Scope): string {
    return this.#calendars.zoneOf(scope);
  }

  lastWeeks(scope: Scope, weeks: number, at: number): Stretch {
    return lastFullWeeks(weeks, at, this.zone(scope));
  }

  async heardAt(viewer: Viewer): Promise<number | null> {
    return this.#options.waitReader.lastDeliveredAt(viewer);
  }

  #gaps({ viewer }: Question, { ids }: ReadScope, window: Stretch, about: readonly Knowledge[]): Promise<readonly Gap[]> {
    return this.#options.completeness.gaps(viewer, ids, window, about);
  }

  async #scope({ viewer, scope, window }: Question): Promise<ReadScope | null> {
    const { reader, policy } = this.#options;
    const facts = { repositories: await reader.repositories(viewer), policy, rules: this.#rules, teamRepositories: () => reader.teamRepositories(viewer) };
    return readScope(scope, facts, this.#past(window).toAt);
  }

  async #waits(question: Question, scope: ReadScope, { stage }: Metric, window: Stretch): Promise<StageWaits> {
    return this.#options.waitReader.stageWaits(question.viewer, { stage, repositoryIds: scope.ids, ...window });
  }

  async #titles(viewer: Viewer, waits: readonly SubjectWait[]): Promise<ReadonlyMap<string, string | null>> {
    const subjects = [...new Map(waits.map((wait) => [subjectKey(wait), wait])).values()];
    const titles = await this.#options.waitReader.titles(viewer, subjects);
    return new Map(subjects.map((subject, place) => [subjectKey(subject), titles[place] ?? null]));
  }

  /** A window without the future: nothing can have waited there yet. */
  #past({ fromAt, toAt }: Stretch): Stretch {
    const nowAt = this.#options.clock.now();
    return { fromAt: Math.min(fromAt, nowAt - 1), toAt: Math.min(toAt, nowAt) };
  }
}

/** How many waits came to an outcome. */
function countOf({ outcome, outcomes }: StageWaits, which: string): number {
  const place = outcomes.indexOf(which);
  return place === -1 ? 0 : outcome.reduce((count, one) => count + Number(one === place), 0);
}

/** The places of each repository's waits, by its id. */
function placesByRepository({ repository, repositoryIds }: StageWaits): ReadonlyMap<string, Uint32Array> {
  const places: number[][] = repositoryIds.map(() => []);
  repository.forEach((id, place) => places[id]?.push(place));
  return new Map(repositoryIds.map((id, index) => [id, Uint32Array.from(places[index] ?? [])]));
}
