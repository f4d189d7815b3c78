import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '#src/app.ts';
import { policyFileText, readPolicy, type Policy, type PolicyMistake } from '#src/config/policy.ts';
import { policyRules } from '#src/config/policy-rules.ts';
import { readPolicyText } from '#src/config/policy-text.ts';
import { catalogueIds } from '#src/core/catalogue.ts';
import { NarrowsError } from '#src/core/errors.ts';
import type { PolicyMatches, RulePath } from '#src/domain/policy-matches.ts';
import { leftOutUnder } from '#src/figures/left-out.ts';
import { policyMatches } from '#src/figures/policy-matches.ts';
import { counted } from '#src/wording/number-text.ts';
import { placeText, policyLines } from '../printing/policy-lines.ts';
import type { Terminal } from '../contract/command.ts';

/** A policy as it was asked to be checked. */
interface Checked {
  /** Null where nothing names a file: the defaults hold. */
  readonly file: string | null;
  readonly text: string;
  readonly policy: Policy | null;
  readonly mistakes: readonly PolicyMistake[];
}

/** Checks the options of the environment, and a policy: the file given, else the one the options name. Resolves to the exit code. */
export async function checkConfig(given: string | null, terminal: Terminal): Promise<number> {
  const app = await terminal.openApp().catch(asMistake);
  try {
    const isOpen = !(app instanceof NarrowsError);
    const named = given ?? (isOpen ? app.options.policyFile : terminal.env?.['NARROWS_POLICY'] || null);
    const checked = await readFile(named).catch(asMistake);
    // A policy that kept the program from opening is the one that is read here again, with its places.
    const lines = [...(isOpen || (app.code === 'bad-policy' && given === null) ? [] : app.message.split('\n')), ...mistakeLines(checked)];
    terminal.out.write(lines.map((line) => `${line}\n`).join(''));
    if (!isOpen || checked instanceof NarrowsError || checked.policy === null) {
      terminal.out.write(`\n${counted(lines.length, 'mistake')}.\n`);
      return 1;
    }
    terminal.out.write(`Options and ${checked.file ?? 'the policy of defaults'} are valid.\n\n${await matchText(app, checked, checked.policy)}`);
    return 0;
  } finally {
    if (!(app instanceof NarrowsError)) await app.close();
  }
}

/** What is wrong with options or policy is what is looked for here; everything else goes on. */
function asMistake(error: unknown): NarrowsError {
  if (error instanceof NarrowsError && (error.code === 'bad-option' || error.code === 'bad-policy')) return error;
  throw error;
}

function mistakeLines(checked: Checked | NarrowsError): readonly string[] {
  if (checked instanceof NarrowsError) return checked.message.split('\n');
  return checked.mistakes.map(({ text, ...place }) => `${placeText(checked.file ?? '', place)}: ${text}`);
}

async function readFile(file: string | null): Promise<Checked> {
  const text = file === null ? '' : policyFileText(file);
  const sections = await catalogueIds(new URL('../../../reports/sections/', import.meta.url));
  return { file, text, ...readPolicy(text, { sections }) };
}

async function matchText(app: App, { text }: Checked, policy: Policy): Promise<string> {
  const { databaseUrl, dataDir } = app.options;
  if (databaseUrl === null && !existsSync(join(dataDir, 'facts.sqlite'))) return `There are no data in ${dataDir} yet, so what the rules match cannot be said.\n`;
  const matches = await matchesOf(app, policy);
  if (matches.collected.length + matches.notCollected.length === 0) return 'No repository is known yet, so what the rules match cannot be said.\n';
  const { placeOf } = readPolicyText(text);
  return policyLines(matches, (path: RulePath) => placeOf(path));
}

/** Of any policy, in use or not: every pull request is read and asked about. */
async function matchesOf(app: App, policy: Policy): Promise<PolicyMatches> {
  const { reader } = await app.store();
  const rules = policyRules(policy);
  return policyMatches(policy, rules, {
    repositories: await reader.repositories(app.operator),
    leftOut: await leftOutUnder(rules, reader, app.operator),
    isInForce: true,
    accounts: (await reader.accounts()).all(),
    teamRepositories: await reader.teamRepositories(app.operator),
    nowAt: app.clock.now(),
  });
}
