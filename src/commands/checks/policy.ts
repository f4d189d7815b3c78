import { policyPlaces } from '#src/config/policy-places.ts';
import { collectedSentence, idleRules } from '#src/wording/policy-text.ts';
import { placeText } from '../printing/policy-lines.ts';
import type { Check } from '../contract/check.ts';
import type { Finding } from '../contract/finding.ts';

/** What the policy matches: a rule that matches nothing may be misspelt. */
const check: Check = {
  place: 12,
  title: 'Policy',
  async run({ app }) {
    const places = policyPlaces(app.options.policyFile);
    const matches = await (await app.figures()).policyMatches(app.operator);
    if (matches.collected.length + matches.notCollected.length === 0) return [{ verdict: 'unknown', text: 'no repository is known yet, so what the rules match cannot be said' }];
    const text = collectedSentence(matches);
    const findings: Finding[] = [matches.collected.length > 0 ? { verdict: 'ok', text } : { verdict: 'wrong', text, todo: 'See repositories.include and repositories.exclude of the policy.' }];
    if (!matches.isInForce) findings.push({ verdict: 'note', text: 'this policy is not applied yet: figures are still those of the one before', todo: 'narrows start computes all waits again under it. If it runs already, restart it: the policy is read at its start.' });
    for (const { path, rule } of idleRules(matches)) {
      const place = places?.placeOf(path) ?? null;
      if (places === null || place === null) continue;
      findings.push({ verdict: 'note', text: `${placeText(places.file, place)}: ${path.slice(0, -1).join('.')} names ${JSON.stringify(rule)}, which matches nothing`, todo: 'Misspelt? What it is about may also not be there yet, or a rule above leaves it out already: narrows config check shows all.' });
    }
    return findings;
  },
};

export default check;
