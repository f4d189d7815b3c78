import { webhookSecrets } from '#src/config/options.ts';
import type { Check, Finding } from '../contract/check.ts';

/** The environment and the policy. They were read when the program was opened, so what is left is what works and is unwise. */
const check: Check = {
  place: 1,
  title: 'Options',
  run(app) {
    const findings: Finding[] = [{ verdict: 'ok', text: `options are valid; policy: ${app.options.policyFile ?? 'the defaults'}` }];
    for (const warning of app.warnings) findings.push({ verdict: 'note', text: warning, todo: 'See docs/configuration.md.' });
    if (webhookSecrets(app.options).length === 0) {
      findings.push({
        verdict: 'wrong',
        text: 'no webhook secret is set, so every delivery is refused',
        todo: 'Set NARROWS_WEBHOOK_SECRET (or NARROWS_WEBHOOK_SECRET_FILE) to the secret of the webhook on GitHub.',
      });
    }
    return Promise.resolve(findings);
  },
};

export default check;
