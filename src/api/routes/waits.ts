import { z } from 'zod';
import { formatInstant } from '#src/core/instant.ts';
import type { WaitItem } from '#src/domain/figures.ts';
import { formatScope } from '#src/domain/scope.ts';
import { askedOne, WAIT_COLUMNS } from '#src/figures/wait-row.ts';
import { DEFAULT_ITEMS, PAGE_PARAMETERS, QUESTION_PARAMETERS, STAGE_PARAMETER } from '../contract/parameters.ts';
import { questionOf } from '../contract/question.ts';
import { route } from '../contract/route.ts';
import { count, instant, seconds, stage, window, windowBody } from '../contract/shapes.ts';

const timeSource = z.enum(['github', 'near', 'delivered', 'audit', 'bound']).describe("Where a time comes from: GitHub's own, the payload's, the delivery's, the audit log's, or inferred from a neighbour.");

const wait = z.strictObject({
  stage,
  subject: z.string().describe('`owner/name#number`.'),
  repository: z.string(),
  number: count,
  title: z.string().nullable(),
  round: count,
  waits_on: z.string().nullable().describe('The team, or the person where the policy names persons.'),
  waits_on_kind: z.enum(['user', 'team']).nullable(),
  started_at: instant,
  started_from: timeSource,
  ended_at: instant.nullable().describe('Null: it still waits.'),
  ended_from: timeSource.nullable(),
  paused_seconds: seconds,
  seconds: seconds.nullable().describe('From start to end less the pauses; null while it waits.'),
  outcome: z.string().nullable(),
  reason: z.string().nullable(),
});

/** The waits behind a figure, one by one. */
export default route({
  method: 'get',
  path: '/api/v1/waits',
  summary: 'The waits behind a figure',
  description:
    'Waits that waited at some instant of the window, the oldest first, a page at a time: `next`, also as `Link: rel="next"`, leads on and is null on the last page. As CSV: the columns of `narrows export waits`. Persons are left out unless the policy names them.',
  query: z.object({ ...QUESTION_PARAMETERS, stage: STAGE_PARAMETER.optional(), ...PAGE_PARAMETERS }),
  params: z.object({}),
  response: z.strictObject({ scope: z.string(), window, stage: stage.nullable(), waits: z.array(wait), next: z.string().nullable() }),
  csv: {
    columns: WAIT_COLUMNS,
    rows: ({ waits }) => waits.map((row) => WAIT_COLUMNS.map((column) => row[column])),
  },
  async handle(asked) {
    const { figures, query, names } = asked;
    const question = questionOf(asked);
    const page = await figures.waits({ ...question, stage: query.stage ?? null, cursor: query.cursor ?? null, limit: query.limit ?? DEFAULT_ITEMS });
    if (page === null) return null;
    return {
      scope: formatScope(question.scope),
      window: windowBody(question.window),
      stage: query.stage ?? null,
      waits: page.items.map((item) => waitBody(item, names)),
      next: page.next,
    };
  },
});

function waitBody(item: WaitItem, names: boolean): z.input<typeof wait> {
  const { wait: of, repository, number } = item;
  const waitsOn = askedOne(item, names);
  return {
    stage: of.stage,
    subject: `${repository.fullName}#${String(number)}`,
    repository: repository.fullName,
    number,
    title: item.title,
    round: of.round,
    waits_on: waitsOn?.name ?? null,
    waits_on_kind: waitsOn?.kind ?? null,
    started_at: formatInstant(of.startedAt),
    started_from: of.startedFrom,
    ended_at: of.endedAt === null ? null : formatInstant(of.endedAt),
    ended_from: of.endedFrom,
    paused_seconds: of.pausedSeconds,
    seconds: of.seconds,
    outcome: of.outcome,
    reason: of.reason,
  };
}
