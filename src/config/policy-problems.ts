import { z } from 'zod';
import { didYouMean } from '#src/core/suggestion.ts';
import type { PolicyPath } from './policy-text.ts';
import { POLICY_NOTES, type PolicyNote } from './policy-values.ts';
import { bareSchema, schemaAt, schemaLayers } from './schema-walk.ts';

/** Something that a policy file says and that cannot be used. */
export interface PolicyProblem {
  readonly path: PolicyPath;
  /** A whole sentence: the place, what stands there, what is expected. */
  readonly text: string;
}

const LONGEST_SHOWN = 60;

/** Says in sentences what the schema has against the content. */
export function policyProblems(schema: z.ZodType, issues: readonly z.core.$ZodIssue[], content: unknown): PolicyProblem[] {
  const problems = issues.flatMap((issue) => problemsOf(schema, issue, content));
  return problems.filter((problem, index) => problems.findIndex(({ text }) => text === problem.text) === index);
}

function problemsOf(schema: z.ZodType, issue: z.core.$ZodIssue, content: unknown): PolicyProblem[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(schema, [...path, key]));
  if (issue.code === 'invalid_key') return [badName(schema, path)];
  const note = noteAt(schema, path);
  const value = valueAt(content, path);
  if (value === undefined && path.length > 0) return [{ path, text: `${pathText(path)} is missing: expected ${note.expects}.` }];
  return [{ path, text: `${pathText(path)} is ${shown(value)}: expected ${note.expects}.${meant(value, note)}` }];
}

function unknownKey(schema: z.ZodType, path: PolicyPath): PolicyProblem {
  const { candidates = [] } = noteAt(schema, path.slice(0, -1));
  const key = String(path.at(-1));
  return { path, text: `${pathText(path)} is unknown: expected one of ${candidates.join(', ')}.${didYouMean(key, candidates)}` };
}

function badName(schema: z.ZodType, path: PolicyPath): PolicyProblem {
  const parent = schemaAt(schema, path.slice(0, -1));
  const bare = parent === null ? null : bareSchema(parent);
  const note = bare instanceof z.ZodRecord ? noteOf(bare.keyType) : noteOf(null);
  const name = String(path.at(-1));
  return { path, text: `${pathText(path.slice(0, -1))} has the name ${shown(name)}: expected ${note.expects}.${meant(name, note)}` };
}

function noteAt(schema: z.ZodType, path: PolicyPath): PolicyNote {
  return noteOf(schemaAt(schema, path));
}

function noteOf(schema: z.core.$ZodType | null): PolicyNote {
  const notes = schema === null ? [] : schemaLayers(schema).map((layer) => POLICY_NOTES.get(layer));
  return notes.find((note) => note !== undefined) ?? { expects: 'something else' };
}

function meant(value: unknown, { candidates = [] }: PolicyNote): string {
  return typeof value === 'string' ? didYouMean(value, candidates) : '';
}

function valueAt(content: unknown, path: PolicyPath): unknown {
  let value = content;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

/** `teams.payments.recipients[0].hour`; a name that would not read so stands in brackets. */
export function pathText(path: PolicyPath): string {
  if (path.length === 0) return 'the file';
  return path.map((key, index) => (typeof key === 'number' ? `[${key}]` : keyText(String(key), index === 0))).join('');
}

function keyText(key: string, isFirst: boolean): string {
  if (!/^[\w-]+$/.test(key)) return `[${JSON.stringify(key)}]`;
  return isFirst ? key : `.${key}`;
}
