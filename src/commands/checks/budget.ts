import { z } from 'zod';
import { timeText } from '#src/wording/date-text.ts';
import { countText } from '#src/wording/number-text.ts';
import { plainText } from '#src/wording/plain-text.ts';
import type { GitHub } from '#src/github/github.ts';
import type { Check } from '../contract/check.ts';
import type { Finding } from '../contract/finding.ts';
import { askGitHub } from '../contract/github-reach.ts';

/** A pot with less left than this share soon makes collecting wait. */
const LITTLE = 0.1;

/** So many installations are asked. */
const ASKED = 5;

const pot = z.object({ limit: z.number(), remaining: z.number(), reset: z.number() });

const answer = z.object({ resources: z.object({ core: pot, graphql: pot.optional() }) });

/** What of GitHub's hourly limits is left; asking costs nothing of it. */
const check: Check = {
  place: 8,
  title: 'Budget',
  async run({ github }) {
    return askGitHub(await github(), async (access, signal) => {
      if (access.kind === 'token') return left('the token', access.github, signal);
      const active = (await access.app.installations(signal)).filter(({ suspendedAt }) => suspendedAt === null);
      const findings: Finding[] = [];
      for (const { id, account } of active.slice(0, ASKED)) findings.push(...(await left(plainText(account.login), access.app.installation(id), signal)));
      if (active.length > ASKED) findings.push({ verdict: 'unknown', text: `and ${countText(active.length - ASKED)} more installations, not asked` });
      return findings.length > 0 ? findings : [{ verdict: 'unknown', text: 'no installation is active, so there is no budget' }];
    });
  },
};

export default check;

async function left(name: string, github: GitHub, signal: AbortSignal): Promise<readonly Finding[]> {
  const asked = await github.get({ path: '/rate_limit', answer }, signal);
  if (asked.isUnchanged) return [];
  const { core, graphql } = asked.data.resources;
  return [potFinding(`${name}, REST`, core), ...(graphql === undefined ? [] : [potFinding(`${name}, GraphQL`, graphql)])];
}

/** What is left in a pot. */
export function potFinding(name: string, { limit, remaining, reset }: z.infer<typeof pot>): Finding {
  const text = `${name}: ${countText(remaining)} of ${countText(limit)} left until ${timeText(reset * 1_000, 'UTC')} UTC`;
  if (remaining >= limit * LITTLE) return { verdict: 'ok', text };
  return { verdict: 'note', text, todo: 'Narrows waits until then by itself. If it is often so low, something else asks with the same credential.' };
}
