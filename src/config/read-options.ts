import { suggestion } from '#src/core/suggestion.ts';
import type { Option } from './option.ts';
import { isOpenToOthers, secretText, unreadableBecause, type SecretFile } from './secret-file.ts';

/** The variables that belong to Narrows; a misspelt one must not pass unnoticed. */
const OWN_PREFIX = 'NARROWS_';

/** Variables of the project's own tests, which the processes they start inherit. */
const TEST_VARIABLES: readonly string[] = ['NARROWS_VERIFY', 'NARROWS_FIGURES'];

/** The end of the name of a secret's twin, which names a file. */
export const FILE_SUFFIX = '_FILE';

const LONGEST_SHOWN = 100;

type OptionTable = Readonly<Record<string, Option<unknown>>>;

/** The environment as the process has it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What the options of a table yield. */
export type OptionValues<T extends OptionTable> = { readonly [K in keyof T]: T[K] extends Option<infer V> ? V : never };

/** A table's values, without those that are wrong, and sentences about what is wrong and what is unwise. */
export interface TableReading<T extends OptionTable> {
  readonly values: Partial<OptionValues<T>>;
  readonly mistakes: readonly string[];
  readonly warnings: readonly string[];
}

/** Reads every option of a table. An empty variable counts as unset, as compose files make them. */
export function readTable<T extends OptionTable>(table: T, env: Environment, readFile: (path: string) => SecretFile): TableReading<T> {
  const values: Record<string, unknown> = {};
  const mistakes: string[] = unknownVariables(Object.values(table), env);
  const warnings: string[] = [];
  for (const [key, option] of Object.entries(table)) {
    const given = givenText(option, env, readFile);
    if (given.warning !== null) warnings.push(given.warning);
    const read = given.mistake === null ? parse(option, given.text) : { mistake: given.mistake };
    if (read.mistake === null) values[key] = read.value;
    else mistakes.push(read.mistake);
  }
  // eslint-disable-next-line no-restricted-syntax -- under each key stands what that key's own schema yields, or its default
  return { values: values as Partial<OptionValues<T>>, mistakes, warnings };
}

type Parsed = { readonly mistake: null; readonly value: unknown } | { readonly mistake: string };

function parse(option: Option<unknown>, text: string | null): Parsed {
  if (text === null) return { mistake: null, value: option.default };
  const parsed = option.schema.safeParse(text);
  if (parsed.success) return { mistake: null, value: parsed.data };
  const shown = option.secret ? 'has a value that is not shown' : `is ${quoted(withoutPassword(text))}`;
  return { mistake: `${option.name} ${shown}: expected ${option.expects}.` };
}

interface Given {
  readonly text: string | null;
  readonly mistake: string | null;
  readonly warning: string | null;
}

function givenText(option: Option<unknown>, env: Environment, readFile: (path: string) => SecretFile): Given {
  const direct = env[option.name] || null;
  const twin = `${option.name}${FILE_SUFFIX}`;
  const path = option.secret ? env[twin] || null : null;
  if (path === null) return { text: direct, mistake: null, warning: null };
  if (direct !== null) return wrong(`${option.name} and ${twin} are both set: keep one of them.`);
  try {
    const file = readFile(path);
    const text = secretText(file);
    if (text === '') return wrong(`${twin} names ${quoted(path)}, which is empty: the file must hold the secret.`);
    return { text, mistake: null, warning: openFile(twin, path, file) };
  } catch (error) {
    return wrong(`${twin} names ${quoted(path)}, which cannot be read (${unreadableBecause(error)}).`);
  }
}

function wrong(mistake: string): Given {
  return { text: null, mistake, warning: null };
}

function openFile(twin: string, path: string, file: SecretFile): string | null {
  if (!isOpenToOthers(file)) return null;
  const mode = (file.mode ?? 0).toString(8).padStart(4, '0');
  return `${twin} names ${quoted(path)}, whose mode is ${mode}: others on this machine may read the secret. Make it 0600.`;
}

function unknownVariables(options: readonly Option<unknown>[], env: Environment): string[] {
  const known = options.flatMap(({ name, secret }) => (secret ? [name, `${name}${FILE_SUFFIX}`] : [name]));
  return Object.keys(env)
    .filter((name) => name.startsWith(OWN_PREFIX) && !known.includes(name) && !TEST_VARIABLES.includes(name))
    .sort()
    .map((name) => `${name} is no option of Narrows.${meant(name, known)}`);
}

/** Compares without the prefix that all share, or every short name would look like every other. */
function meant(name: string, known: readonly string[]): string {
  const bare = known.map(withoutPrefix);
  const nearest = suggestion(withoutPrefix(name), bare);
  return nearest === null ? '' : ` Did you mean ${known[bare.indexOf(nearest)] ?? nearest}?`;
}

function withoutPrefix(name: string): string {
  return name.startsWith(OWN_PREFIX) ? name.slice(OWN_PREFIX.length) : name;
}

/** An address with what stands before its host left out: a password is no less one where it does not belong. */
function withoutPassword(text: string): string {
  return text.replace(/\/\/\S*@/, '//…@');
}

function quoted(text: string): string {
  return JSON.stringify(text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text);
}
