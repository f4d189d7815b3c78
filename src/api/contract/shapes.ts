import { z } from 'zod';
import { formatInstant } from '#src/core/instant.ts';
import type { Stretch } from '#src/core/stretch.ts';
import { COUNTED_KINDS } from '#src/domain/counted-kind.ts';
import type { Change, Estimate, Gap, Interval, Quantile, WaitFigure } from '#src/domain/figure.ts';
import { PHASES, STAGES } from '#src/domain/wait.ts';

/** An instant in an answer: ISO 8601 with `Z`. */
export const instant = z.iso.datetime({ precision: null }).describe('ISO 8601, UTC.');

/** A stage in an answer. */
export const stage = z.enum(keysOf(STAGES));

/** A phase in an answer. */
export const phase = z.enum(PHASES);

/** A length of time in an answer. */
export const seconds = z.number().nonnegative().describe('Seconds.');

/** A share in an answer. */
export const share = z.number().min(0).max(1).describe('A share, 0 to 1.');

/** How many, in an answer. */
export const count = z.int().nonnegative();

/** A 95 % interval. */
export const interval = z
  .strictObject({
    low: z.number(),
    high: z.number(),
    open_above: z.boolean().describe('What still waits could lift the upper end without limit; `high` is then the largest value observed.'),
  })
  .describe('A 95 % interval.');

/** A value with how sure it is. */
export const estimate = z.strictObject({ value: z.number(), interval: interval.nullable() });

/** What a figure was in the comparison window. */
export const change = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('beyond-noise'), before: z.number(), now: z.number(), is_worse: z.boolean() }),
  z.strictObject({ kind: z.literal('within-noise'), before: z.number() }),
]);

/** What is counted, in an answer. */
export const countedKind = z.enum(COUNTED_KINDS);

/** A stretch in which not everything is stored. */
export const gap = z.strictObject({
  repository: z.string().nullable(),
  from: instant,
  to: instant.nullable(),
  state: z.enum(['open', 'healed', 'before-history']),
  kind: countedKind.nullable().describe('What is missing; null where nothing is known before.'),
  missing: count.nullable().describe('Things known to be missing; null where nobody counted.'),
  expected: count.nullable().describe('How many there should be in this time; null where nobody counted.'),
  reason: z.string().nullable().describe('Why, as a sentence; null where several things came together.'),
});

/** A half-open window. */
export const window = z.strictObject({ from: instant, to: instant }).describe('Half-open: `to` does not belong to it.');

/** The age by which a share of the waits has ended as asked, or why there is none. */
export const quantile = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('age'), seconds, interval: interval.nullable() }),
    z.strictObject({ kind: z.literal('not-yet'), more_than_seconds: seconds }),
    z.strictObject({ kind: z.literal('never'), end_without: share }),
    z.strictObject({ kind: z.literal('thin'), fewest: count }),
  ])
  .describe('The age by which so many have ended as asked: an age, or why there is none.');

/** Why a figure is not shown. */
export const withheld = z.discriminatedUnion('why', [
  z.strictObject({ why: z.literal('few-waits'), n: count, needed: count }),
  z.strictObject({ why: z.literal('few-people'), fewest: count }),
]);

/** How long one kind of wait takes in a window. */
export const waitFigure = z.strictObject({
  stage,
  basis: z.enum(['estimate', 'finished']).describe('`estimate` counts what still waits and what ended otherwise; `finished` only waits that ended as asked.'),
  n: count.describe('Waits that contribute.'),
  finished: count,
  still_waiting: count,
  oldest_seconds: seconds.nullable(),
  within: z.array(z.strictObject({ age_seconds: seconds, share: estimate })),
  end_without: estimate.nullable(),
  p50: quantile.nullable(),
  p75: quantile.nullable(),
  p90: quantile.nullable(),
  withheld: withheld.nullable(),
  change: change.nullable(),
  gaps: z.array(gap),
});

/** A domain estimate in the words of the API. */
export function estimateBody({ value, interval: of }: Estimate): z.input<typeof estimate> {
  return { value, interval: intervalBody(of) };
}

/** A domain change in the words of the API. */
export function changeBody(of: Change): z.input<typeof change> {
  return of.kind === 'within-noise' ? of : { kind: of.kind, before: of.before, now: of.now, is_worse: of.isWorse };
}

/** A gap in the words of the API. */
export function gapBody({ repository, fromAt, toAt, state, kind, missing, expected, reason }: Gap): z.input<typeof gap> {
  const what = kind ?? (state === 'before-history' ? null : 'deliveries');
  return { repository, from: formatInstant(fromAt), to: toAt === null ? null : formatInstant(toAt), state, kind: what, missing, expected, reason: reason ?? null };
}

/** A window in the words of the API. */
export function windowBody({ fromAt, toAt }: Stretch): z.input<typeof window> {
  return { from: formatInstant(fromAt), to: formatInstant(toAt) };
}

/** A wait figure in the words of the API. */
export function waitFigureBody(of: WaitFigure): z.input<typeof waitFigure> {
  return {
    stage: of.stage,
    basis: of.basis,
    n: of.n,
    finished: of.finished,
    still_waiting: of.stillWaiting,
    oldest_seconds: of.oldestSeconds,
    within: of.within.map((one) => ({ age_seconds: one.ageSeconds, share: estimateBody(one.share) })),
    end_without: of.endWithout === null ? null : estimateBody(of.endWithout),
    p50: quantileBody(of.p50),
    p75: quantileBody(of.p75),
    p90: quantileBody(of.p90),
    withheld: of.withheld,
    change: of.change === null ? null : changeBody(of.change),
    gaps: of.gaps.map(gapBody),
  };
}

function intervalBody(of: Interval | null): z.input<typeof interval> | null {
  return of === null ? null : { low: of.low, high: of.high, open_above: of.openAbove === true };
}

function quantileBody(of: Quantile | null): z.input<typeof quantile> | null {
  switch (of?.kind) {
    case undefined:
      return null;
    case 'age':
      return { kind: of.kind, seconds: of.seconds, interval: intervalBody(of.interval) };
    case 'not-yet':
      return { kind: of.kind, more_than_seconds: of.moreThanSeconds };
    case 'never':
      return { kind: of.kind, end_without: of.endWithout };
    case 'thin':
      return { kind: of.kind, fewest: of.fewest };
  }
}

function keysOf<T extends object>(table: T): [keyof T & string, ...(keyof T & string)[]] {
  // eslint-disable-next-line no-restricted-syntax -- the keys of a constant table are its keys, which Object.keys does not say
  return Object.keys(table) as [keyof T & string, ...(keyof T & string)[]];
}
