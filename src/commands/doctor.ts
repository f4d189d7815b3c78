import { loadCatalogue } from '#src/core/catalogue.ts';
import { NarrowsError } from '#src/core/errors.ts';
import { HiddenTexts } from '#src/core/log.ts';
import { isCheck, type Check, type Examined } from './contract/check.ts';
import type { Finding } from './contract/finding.ts';
import type { Command, Terminal } from './contract/command.ts';
import { reachGitHub, type GitHubReach } from './contract/github-reach.ts';

const SIGNS = { ok: 'ok   ', unknown: '?    ', note: 'note ', wrong: 'WRONG' } as const;

/** Every check has ends of its own; what still hangs after so long is left, ms. */
const CHECK_MS = 120_000;

interface DoctorFlags {
  readonly json?: boolean;
}

/** A check with what it found. */
interface Diagnosis {
  readonly check: string;
  readonly title: string;
  readonly findings: readonly Finding[];
}

/** `narrows doctor`: says what is wrong with an installation, and what to do about it. Ends with 1 where something is wrong. */
const command: Command = {
  summary: 'say what is wrong with this installation and what to do',
  configure(cli, run, terminal) {
    cli.option('--json', 'machine-readable').action((flags: DoctorFlags) => run(() => diagnose(flags, terminal)));
  },
};

export default command;

async function diagnose(flags: DoctorFlags, terminal: Terminal): Promise<number> {
  const checks = await loadCatalogue(new URL('./checks/', import.meta.url), isCheck);
  const app = await terminal.openApp().catch((error: unknown) => {
    if (error instanceof NarrowsError) return error;
    throw error;
  });
  const hidden = new HiddenTexts(app instanceof NarrowsError ? [] : app.secrets);
  const diagnoses: Diagnosis[] = [];
  const tell = (diagnosis: Diagnosis): void => {
    diagnoses.push(diagnosis);
    if (flags.json !== true) terminal.out.write(hidden.hide(`${diagnosis.title}\n${diagnosis.findings.map(line).join('')}`));
  };
  if (app instanceof NarrowsError) tell({ check: 'options', title: 'Options', findings: notOpened(app) });
  else {
    try {
      let reach: Promise<GitHubReach> | null = null;
      const examined: Examined = { app, github: () => (reach ??= reachGitHub(app)) };
      for (const [check, entry] of [...checks].sort(([, a], [, b]) => a.place - b.place)) tell({ check, title: entry.title, findings: await look(entry, examined) });
    } finally {
      // A store that never opened has nothing to close, and its check has told why.
      await app.close().catch(() => undefined);
    }
  }
  const isWrong = diagnoses.some(({ findings }) => findings.some(({ verdict }) => verdict === 'wrong'));
  if (flags.json === true) terminal.out.write(hidden.hide(`${JSON.stringify(json(diagnoses), null, 2)}\n`));
  else terminal.out.write(isWrong ? '\nSomething is wrong: see the lines marked WRONG.\n' : '\nNothing is wrong.\n');
  return isWrong ? 1 : 0;
}

/** Why the program could not even be put together, a finding a line. */
function notOpened(error: NarrowsError): readonly Finding[] {
  const todo = error.code === 'bad-policy' ? 'narrows config check shows each place; docs/configuration.md says what is expected there.' : 'See docs/configuration.md. Nothing else is looked at before this is mended.';
  return error.message.split('\n').map((text) => ({ verdict: 'wrong', text, todo }));
}

async function look(check: Check, examined: Examined): Promise<readonly Finding[]> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<readonly Finding[]>((resolve) => {
    timer = setTimeout(() => resolve([{ verdict: 'unknown', text: `not known: it was not over after ${String(CHECK_MS / 1_000)} s` }]), CHECK_MS);
  });
  try {
    return await Promise.race([check.run(examined), patience]);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return [{ verdict: 'wrong', text, todo: 'Mend this first; the checks below may depend on it.' }];
  } finally {
    clearTimeout(timer);
  }
}

function line({ verdict, text, todo }: Finding): string {
  return `  ${SIGNS[verdict]} ${text}\n${todo === undefined ? '' : `        → ${todo}\n`}`;
}

function json(diagnoses: readonly Diagnosis[]): unknown {
  return diagnoses.flatMap(({ check, title, findings }) => findings.map(({ verdict, text, todo = null }) => ({ check, title, verdict, text, todo })));
}
