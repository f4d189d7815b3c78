import { hasCredential } from '#src/config/options.ts';
import { isFoldedElsewhere } from '#src/collecting.ts';
import { ageText } from '#src/wording/duration-text.ts';
import { countText } from '#src/wording/number-text.ts';
import type { Check } from '../contract/check.ts';
import type { Finding } from '../contract/finding.ts';

/** Sweeps and the comparison of the log come every few minutes: then something is wrong, ms. */
const LATE_MS = 3_600_000;

/** Folding takes seconds, ms. */
const LATE_FOLD_MS = 600_000;

const NOT_RUNNING = 'Start it: narrows start. While it does not run nothing is folded or collected.';

/** How far behind GitHub the collection is: sweep, deliveries log, folding. */
const check: Check = {
  place: 9,
  title: 'Lag',
  async run({ app }) {
    const { completeness, completenessAudit, waitReader } = await app.store();
    const nowAt = app.clock.now();
    const runs = await isFoldedElsewhere(app);
    const findings: Finding[] = [runs ? { verdict: 'ok', text: 'a service runs' } : { verdict: 'note', text: 'no service runs on these data', todo: NOT_RUNNING }];
    const foldedUntilAt = await completenessAudit.foldedUntil(nowAt);
    const unfolded = behind('folding', nowAt - foldedUntilAt, LATE_FOLD_MS, runs ? 'See the log of narrows start for what keeps it from folding.' : NOT_RUNNING);
    findings.push(foldedUntilAt >= nowAt ? { verdict: 'ok', text: 'all that was delivered is folded' } : unfolded);
    const dirty = await waitReader.dirtyCount(app.operator);
    if (dirty > 0) findings.push({ verdict: 'ok', text: `the waits of ${countText(dirty)} pull requests are still to be computed` });
    if (!hasCredential(app.options)) return findings;
    const lag = await completeness.lag(app.operator);
    const todo = runs ? 'See Budget, Permissions and narrows status; the log of narrows start says why it waits.' : NOT_RUNNING;
    findings.push(lag.sweptUntilAt === null ? { verdict: 'note', text: 'nothing was swept yet', todo } : behind('the sweep', nowAt - lag.sweptUntilAt, LATE_MS, todo));
    if (lag.neverSwept > 0) findings.push({ verdict: 'note', text: `${countText(lag.neverSwept)} of ${countText(lag.repositories)} repositories were never swept`, todo: 'A first collection takes its time: narrows status shows how far it is.' });
    if (app.options.githubAppId !== null && app.options.webhookSecret !== null) findings.push(lag.logCheckedUntilAt === null ? { verdict: 'note', text: 'the deliveries log was never compared', todo } : behind('the comparison of the deliveries log', nowAt - lag.logCheckedUntilAt, LATE_MS, todo));
    return findings;
  },
};

export default check;

function behind(what: string, ms: number, lateMs: number, todo: string): Finding {
  const text = `${what} is ${ageText(Math.max(0, ms) / 1_000)} behind`;
  return ms > lateMs ? { verdict: 'wrong', text, todo } : { verdict: 'ok', text };
}
