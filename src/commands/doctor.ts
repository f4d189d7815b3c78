import { loadCatalogue } from '#src/core/catalogue.ts';
import type { App } from '#src/app.ts';
import { isCheck, type Check, type Finding } from './contract/check.ts';
import type { Command, Terminal } from './contract/command.ts';

const SIGNS = { ok: 'ok   ', note: 'note ', wrong: 'WRONG' } as const;

/** `narrows doctor`: says what is wrong with an installation, and what to do about it. */
const command: Command = {
  summary: 'say what is wrong with this installation and what to do',
  configure(cli, run, terminal) {
    cli.action(() => run(() => diagnose(terminal)));
  },
};

export default command;

async function diagnose(terminal: Terminal): Promise<number> {
  const checks = await loadCatalogue(new URL('./checks/', import.meta.url), isCheck);
  const app = await terminal.openApp();
  try {
    let isWrong = false;
    for (const check of [...checks.values()].sort((a, b) => a.place - b.place)) {
      const findings = await look(check, app);
      isWrong ||= findings.some((finding) => finding.verdict === 'wrong');
      terminal.out.write(`${check.title}\n${findings.map(line).join('')}`);
    }
    terminal.out.write(isWrong ? '\nSomething is wrong: see the lines marked WRONG.\n' : '\nNothing is wrong.\n');
    return isWrong ? 1 : 0;
  } finally {
    await app.close();
  }
}

async function look(check: Check, app: App): Promise<readonly Finding[]> {
  try {
    return await check.run(app);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return [{ verdict: 'wrong', text, todo: 'Mend this first; the checks below may depend on it.' }];
  }
}

function line(finding: Finding): string {
  const todo = finding.verdict === 'ok' ? '' : `        → ${finding.todo}\n`;
  return `  ${SIGNS[finding.verdict]} ${finding.text}\n${todo}`;
}
