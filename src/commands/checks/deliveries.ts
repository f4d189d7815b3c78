import { formatInstant } from '#src/core/instant.ts';
import type { Check } from '../contract/check.ts';
import type { Finding } from '../contract/finding.ts';

/** So many dead letters are named; the rest is counted. */
const NAMED = 10;

/** What became of the deliveries: how many made facts, which could not be read. */
const check: Check = {
  place: 10,
  title: 'Deliveries',
  async run({ app }) {
    const { reader } = await app.store();
    const counts = await reader.outcomeCounts(app.operator);
    const sum = (outcome: string): number => counts.filter((row) => row.outcome === outcome).reduce((total, row) => total + row.count, 0);
    const total = counts.reduce((all, row) => all + row.count, 0);
    if (total === 0) {
      return [{ verdict: 'note', text: 'nothing was ever delivered or imported', todo: 'Send a ping from the webhook on GitHub, or import a recording: narrows import FILE.' }];
    }
    const findings: Finding[] = [
      {
        verdict: 'ok',
        text: `${String(total)} read: ${String(sum('facts'))} made facts, ${String(sum('ignored'))} ignored, ${String(sum('unknown'))} of events not read yet`,
      },
    ];
    const dead = sum('dead');
    if (dead === 0) return findings;
    const letters = await reader.deadLetters(app.operator, NAMED);
    const named = letters.map((letter) => `\n      ${formatInstant(letter.deliveredAt)} ${letter.event} ${letter.guid}: ${letter.reason ?? 'no reason'}`);
    findings.push({
      verdict: 'wrong',
      text: `${String(dead)} could not be read and are kept as dead letters:${named.join('')}${dead > letters.length ? `\n      and ${String(dead - letters.length)} more` : ''}`,
      todo: 'After an upgrade that reads them: narrows replay --only dead. Until then, please report the event and the reason.',
    });
    return findings;
  },
};

export default check;
