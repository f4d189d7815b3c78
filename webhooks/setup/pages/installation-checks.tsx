import type { ReactElement } from 'react';
import { appUrl, installationUrl } from '#src/github/web-addresses.ts';
import type { GitHubInstallation } from '#src/github/github.ts';
import { installationGaps, type AppAccess } from '#src/sources/access/app-access.ts';
import { plainText } from '#src/wording/plain-text.ts';
import type { ConnectedFacts } from '../connected-facts.ts';
import { Seen } from './form.tsx';

/** What is seen of an installation: that it is there, whether it is suspended, what it does not grant and what stays dark for that. */
export function InstallationChecks({ one, facts, access }: { readonly one: GitHubInstallation; readonly facts: ConnectedFacts; readonly access: AppAccess }): ReactElement {
  const { place, slug, delivers } = facts.app;
  const account = plainText(one.account.login);
  const here = installationUrl(place, { id: one.id, account: one.account.login, accountType: one.account.type });
  if (one.suspendedAt !== null) {
    return (
      <Seen is="wrong">
        {account}: the installation is suspended, so nothing is collected. <Away href={here}>Lift that on GitHub.</Away>
      </Seen>
    );
  }
  const { permissions, events } = installationGaps(access, { accountType: one.account.type, permissions: one.permissions, events: one.events });
  return (
    <>
      <Seen is="good">{`${account}: the App is installed.`}</Seen>
      {permissions.map(({ permission }) => (
        <Seen is="wrong" key={permission.name}>
          {`${account}: “${permission.title}: read” is missing. ${permission.without} `}
          {facts.asks !== null && facts.asks[permission.name] === undefined ? (
            <>
              The App does not ask for it: <Away href={appUrl(place, slug)}>add it in the settings of the App</Away>, then <Away href={here}>grant it</Away>.
            </>
          ) : (
            <Away href={here}>Grant it.</Away>
          )}
        </Seen>
      ))}
      {delivers && events.length > 0 && (
        <Seen is="wrong">
          {`${account}: the App does not subscribe to ${events.join(', ')}, so that is known minutes later or not at all. `}
          <Away href={appUrl(place, slug)}>Subscribe in the settings of the App.</Away>
        </Seen>
      )}
    </>
  );
}

function Away({ href, children }: { readonly href: string; readonly children: string }): ReactElement {
  return (
    <a href={href} rel="noreferrer">
      {children}
    </a>
  );
}
