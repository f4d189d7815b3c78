import { z } from 'zod';
import { parseScope, type Scope } from '#src/domain/scope.ts';
import { isStage, STAGES, type Stage } from '#src/domain/wait.ts';
import { DEFAULT_WEEKS, MOMENT_EXPECTED, MOST_WEEKS, parseMoment, parseWeeks, type AskedMoment } from '#src/figures/asked-window.ts';

/** How a parameter reads its text, and the words for what it expects: the end of "which is not …". */
interface Reading<T> {
  readonly expects: string;
  readonly description: string;
  /** Null: the text is not what is expected. */
  readonly read: (text: string) => T | null;
  /** What the OpenAPI document says beside, where it is not plain text. */
  readonly schema?: Readonly<Record<string, unknown>>;
}

/** A parameter that is read from text; what the reading refuses is a mistake in the words of `expects`. */
export function parameter<T>({ expects, description, read, schema = {} }: Reading<T>): z.ZodType<T, string> {
  return z
    .string({ error: expects })
    .transform((text, context) => {
      const value = read(text);
      if (value !== null) return value;
      context.addIssue({ code: 'custom', message: expects });
      return z.NEVER;
    })
    .meta({ description, ...schema });
}

const scope = parameter<Scope>({
  expects: '"organization", "team:" with a slug or "repository:" with owner/name',
  description: 'What is asked about: `organization` (everything you may see), `team:SLUG` or `repository:OWNER/NAME`.',
  read: parseScope,
  schema: { default: 'organization', examples: ['team:payments', 'repository:acme/api'] },
});

const from = parameter<AskedMoment>({
  expects: MOMENT_EXPECTED,
  description: "The window's beginning: an instant (ISO 8601), or a day, which begins at midnight in the scope's zone.",
  read: parseMoment,
  schema: { examples: ['2025-09-01', '2025-09-01T00:00:00Z'] },
});

const to = parameter<AskedMoment>({
  expects: MOMENT_EXPECTED,
  description: "The window's end, which does not belong to it; a day begins at midnight in the scope's zone. Without it, and where it lies in the future: now.",
  read: parseMoment,
  schema: { examples: ['2025-11-24', '2025-11-24T00:00:00Z'] },
});

const weeks = parameter<number>({
  expects: `a whole number from 1 to ${String(MOST_WEEKS)}`,
  description: `Instead of \`from\`: so many full ISO weeks before \`to\`. Without either: ${String(DEFAULT_WEEKS)}.`,
  read: parseWeeks,
  schema: { type: 'integer', minimum: 1, maximum: MOST_WEEKS, default: DEFAULT_WEEKS },
});

/** What is asked about and over which window: the parameters of every figure. */
export const QUESTION_PARAMETERS = { scope: scope.optional(), from: from.optional(), to: to.optional(), weeks: weeks.optional() };

/** One stage alone. */
export const STAGE_PARAMETER: z.ZodType<Stage, string> = parameter<Stage>({
  expects: `a stage: ${Object.keys(STAGES).join(', ')}`,
  description: 'Only waits of this stage.',
  read: (text) => (isStage(text) ? text : null),
  schema: { enum: Object.keys(STAGES) },
});

/** The most items of a page. */
const MOST_ITEMS = 1000;

/** The items of a page where nobody asks for a number. */
export const DEFAULT_ITEMS = 100;

/** Where a list goes on, and how much of it. */
export const PAGE_PARAMETERS = {
  cursor: parameter<string>({
    expects: 'the "next" of an earlier page',
    description: 'Where the list goes on: the `next` of the page before, as it is.',
    read: (text) => (/^[\w.~=-]{1,512}$/.test(text) ? text : null),
  }).optional(),
  limit: parameter<number>({
    expects: `a whole number from 1 to ${String(MOST_ITEMS)}`,
    description: `How many items a page has. Without it ${String(DEFAULT_ITEMS)}.`,
    read: (text) => (/^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= MOST_ITEMS ? Number(text) : null),
    schema: { type: 'integer', minimum: 1, maximum: MOST_ITEMS, default: DEFAULT_ITEMS },
  }).optional(),
};
