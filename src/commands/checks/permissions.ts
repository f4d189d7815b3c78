import type { GitHubInstallation } from '#src/github/github.ts';
import { installationUrl, placeOfApi, type GitHubPlace } from '#src/github/web-addresses.ts';
import { appAccess, installationGaps, type AppAccess } from '#src/sources/access/app-access.ts';
import { plainText } from '#src/wording/plain-text.ts';
import type { Check } from '../contract/check.ts';
import type { Finding } from '../contract/finding.ts';
import { askGitHub } from '../contract/github-reach.ts';

/** What each installation of the App may read, held against what is wanted: what stays dark, and who can change it. */
const check: Check = {
  place: 7,
  title: 'Permissions',
  async run({ app, github }) {
    return askGitHub(await github(), async (access, signal) => {
      if (access.kind === 'token') return [{ verdict: 'unknown', text: 'a token reads what its owner may read; GitHub does not say what that is' }];
      const installations = await access.app.installations(signal);
      if (installations.length === 0) return [{ verdict: 'wrong', text: 'the App is installed nowhere', todo: 'Install it on an organisation: on the page of the App, "Install App".' }];
      const place = app.connectedApp ?? placeOfApi(app.options.githubApiUrl);
      const wanted = appAccess(app.sources.keys());
      return installations.flatMap((installation) => granted(installation, wanted, place));
    });
  },
};

export default check;

/** What an installation grants of what is wanted. */
export function granted({ id, account, permissions, events, suspendedAt }: GitHubInstallation, wanted: AppAccess, place: Pick<GitHubPlace, 'webUrl'>): readonly Finding[] {
  const name = plainText(account.login);
  const where = installationUrl(place, { id, account: account.login, accountType: account.type });
  if (suspendedAt !== null) return [{ verdict: 'wrong', text: `${name}: the installation is suspended, nothing of it is collected`, todo: `An owner can lift that: ${where}` }];
  const lacking = installationGaps(wanted, { accountType: account.type, permissions, events }).permissions;
  if (lacking.length === 0) return [{ verdict: 'ok', text: `${name}: everything that is wanted is granted` }];
  return lacking.map(({ permission }) => ({
    verdict: 'wrong',
    text: `${name}: "${permission.title}: read" is missing. ${permission.without}`,
    todo: `Add it under "Permissions & events" on the page of the App if it is not there; an owner of ${name} then accepts it: ${where}`,
  }));
}
