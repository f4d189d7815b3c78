import { z } from 'zod';
import type { Option } from './option.ts';
import { OPTIONS } from './options.ts';
import { policySchema } from './policy-schema.ts';
import { FILE_SUFFIX } from './read-options.ts';
import { bareSchema, defaultOf, schemaLayers } from './schema-walk.ts';

const HEAD = `# Configuration

Made from the program by \`npm run docs\`; not to be edited by hand. Settings of the process come from the
environment, decisions about the organisation from a policy file. A mistake in either stops the start and
is named with its place, its value and what was expected; all mistakes at once.

## Environment

An empty variable counts as unset. A variable that begins with \`NARROWS_\` and is not in this table is a
mistake. Each secret can be given in a file instead: \`NARROWS_…_FILE\` names it, one line break at its end
is taken off, and a file that others may read is warned about. A secret's value is never shown.
`;

const POLICY_HEAD = `## Policy file

YAML or JSON; \`NARROWS_POLICY\` names it. Every key may be left out, and then its default holds; an unknown
key is a mistake. \`NAME\` stands for a name of your choice, \`[]\` for each entry of a list. In patterns of
repositories \`*\` stands for any characters but \`/\` and \`?\` for one; they are compared without regard to case.
\`production\`, \`checks\`, \`step_categories\` and \`labels\` speak of pipelines and deployments, which this version
checks in the file but does not collect yet.

\`\`\`yaml
calendars:
  berlin:
    zone: Europe/Berlin
    hours: { weekdays: '09:00-17:00', friday: '09:00-15:00' }
    holidays: [2025-12-25, 2025-12-26]
calendar: berlin
teams:
  payments:
    repositories: [acme/payments-*, acme/ledger]
    recipients:
      - { mail: lead@example.com, day: monday, hour: 8 }
repositories:
  exclude: [acme/sandbox-*]
\`\`\`
`;

/** The text of `docs/configuration.md`: the options table and the policy's schema, as pages for people. */
export function configurationPage(): string {
  const options = Object.values<Option<unknown>>(OPTIONS).map(optionRow);
  const policy = policyRows(policySchema({ calendars: [], sections: null }), '');
  return [
    HEAD,
    table('variable', options),
    POLICY_HEAD,
    table('key', policy),
  ].join('\n');
}

function table(first: string, rows: readonly string[]): string {
  return `| ${first} | default | what it does |\n|---|---|---|\n${rows.join('\n')}\n`;
}

function optionRow(option: Option<unknown>): string {
  const twin = option.secret ? `, \`${option.name}${FILE_SUFFIX}\`` : '';
  return row(`\`${option.name}\`${twin}`, option.default === null ? 'unset' : code(option.default), option.description);
}

/** A row for every key that says something, and for what is below it. */
function policyRows(schema: z.core.$ZodType, path: string): string[] {
  const description = descriptionOf(schema);
  const own = description === null ? [] : [row(code(path), defaultText(schema), description)];
  return [...own, ...childRows(bareSchema(schema), path)];
}

function childRows(bare: z.core.$ZodType, path: string): string[] {
  if (bare instanceof z.ZodArray) return policyRows(bare.element, `${path}[]`);
  if (bare instanceof z.ZodRecord) return policyRows(bare.valueType, `${path}.NAME`);
  if (!(bare instanceof z.ZodObject)) return [];
  const shape: z.core.$ZodShape = bare.shape;
  return Object.entries(shape).flatMap(([key, child]) => policyRows(child, path === '' ? key : `${path}.${key}`));
}

function descriptionOf(schema: z.core.$ZodType): string | null {
  return schema instanceof z.ZodType ? (schema.description ?? null) : null;
}

/** Groups of keys have no default of their own but an empty one; what must be given has none either. */
function defaultText(schema: z.core.$ZodType): string {
  const value = defaultOf(schema);
  if (value === undefined) return schemaLayers(schema).some((layer) => layer instanceof z.ZodOptional) ? 'none' : 'must be given';
  const isEmptyGroup = typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
  return isEmptyGroup ? '' : code(value);
}

function row(name: string, fallback: string, description: string): string {
  return `| ${[name, fallback, description].map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function code(value: unknown): string {
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}
