import { hasCredential, webhookSecrets } from '#src/config/options.ts';
import { shutBecause } from '#src/api/reader-gate.ts';
import type { Check } from '../contract/check.ts';
import type { Finding } from '../contract/finding.ts';

/** The environment and the policy. They were read when the program was opened, so what is left is what works and is unwise. */
const check: Check = {
  place: 1,
  title: 'Options',
  run({ app: { options, warnings, connectedApp } }) {
    const findings: Finding[] = [{ verdict: 'ok', text: `options are valid; policy: ${options.policyFile ?? 'the defaults'}` }];
    for (const warning of warnings) findings.push({ verdict: 'note', text: warning, todo: 'See docs/configuration.md.' });
    if (connectedApp !== null) findings.push({ verdict: 'ok', text: `the GitHub App ${connectedApp.slug} of ${connectedApp.webUrl} is connected` });
    else if (!hasCredential(options)) findings.push({ verdict: 'note', text: 'GitHub cannot be asked: no App is connected and no token is set', todo: 'Run narrows start and follow its set-up link, or set NARROWS_GITHUB_APP_ID and NARROWS_GITHUB_PRIVATE_KEY_FILE.' });
    if (webhookSecrets(options).length === 0) findings.push(withoutSecret(hasCredential(options)));
    const shut = shutBecause(options);
    if (shut !== null) findings.push({ verdict: 'ok', text: `pages and API are shut to readers, because ${shut}` });
    return Promise.resolve(findings);
  },
};

export default check;

function withoutSecret(asks: boolean): Finding {
  const todo = 'Set NARROWS_WEBHOOK_SECRET (or NARROWS_WEBHOOK_SECRET_FILE) to the secret of the webhook on GitHub.';
  if (asks) return { verdict: 'note', text: 'no webhook secret is set: GitHub is only asked, figures come minutes later, and pushes are not known', todo: `Behind NAT this is as it should be. Else: ${todo}` };
  return { verdict: 'wrong', text: 'no webhook secret is set, so every delivery is refused', todo };
}
