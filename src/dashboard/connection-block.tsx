import type { ReactElement } from 'react';

import { counted } from '#src/wording/number-text.ts';
import { dateText } from '#src/wording/date-text.ts';
import { plainText } from '#src/wording/plain-text.ts';

import { Block } from './block.tsx';
import { DataTable, type Column } from './data-table.tsx';
import type { FrameView } from './frame-view.ts';
import { readerOf } from './reader.ts';
import type { ConnectionView, InstallationView } from './settings-view.ts';
import { Foreign, Link } from './text.tsx';

/** How Narrows is connected, in one sentence. */
export function connectionSentence({ kind, app, installations }: ConnectionView): string {
  const active = installations.filter(({ state }) => state === 'active').length;
  switch (kind) {
    case 'app': {
      const name = app === null ? 'A GitHub App' : `The GitHub App ${plainText(app.slug)}`;
      return active === 0 ? `${name} is connected and installed nowhere.` : `${name} reads ${counted(active, 'organisation or account', 'organisations and accounts')}.`;
    }
    case 'token':
      return 'GitHub is asked with somebody’s token.';
    case 'webhooks':
      return 'GitHub delivers webhooks and is not asked.';
    case 'none':
      return 'GitHub is not connected.';
  }
}

/** The block about the connection to GitHub. */
export function Connection({ connection, frame }: { readonly connection: ConnectionView; readonly frame: FrameView }): ReactElement {
  const { app, host, installations, isDelivered, kind } = connection;
  const delivers = isDelivered ? 'Webhooks are accepted with the secret that is set.' : 'No webhook secret is set, so no delivery is accepted.';
  const asks = kind === 'app' || kind === 'token' ? `${host} is asked for what no webhook tells.` : 'Nothing is asked of GitHub: what was before the first delivery, and what gets lost, is not known.';
  const columns: readonly Column<InstallationView>[] = [
    { key: 'account', head: 'Account', label: null, align: 'start', cell: ({ account }) => <Foreign text={account} /> },
    { key: 'state', head: 'State', label: 'State', align: 'start', cell: ({ state, stateAt }) => (state === 'active' ? state : `${state} since ${dateText(stateAt, readerOf(frame))}`) },
    { key: 'granted', head: 'Permissions', label: 'Permissions', align: 'start', cell: ({ granted }) => (granted.length === 0 ? 'not known' : granted.map((permission) => plainText(permission)).join(', ')) },
    { key: 'lacking', head: 'Missing', label: 'Missing', align: 'start', cell: (installation) => <Lacking installation={installation} isApp={kind === 'app'} /> },
  ];
  return (
    <Block id="connection" title="Connection" links={[{ text: 'The App on GitHub', href: app?.href ?? null }]}>
      <p>{`${delivers} ${asks}`}</p>
      {installations.length > 0 && <DataTable columns={columns} rows={installations} keyOf={({ id }) => id} labelledBy="connection" className="rules" />}
    </Block>
  );
}

function Lacking({ installation: { lacking, href, state }, isApp }: { readonly installation: InstallationView; readonly isApp: boolean }): ReactElement {
  if (!isApp || state === 'removed') return <>not known</>;
  if (lacking.length === 0) return <>nothing</>;
  return (
    <ul className="plain">
      {lacking.map(({ title, without }) => (
        <li key={title}>
          <strong className="idle">{`${plainText(title)}: read`}</strong> {plainText(without)}
        </li>
      ))}
      <li>
        <Link href={href}>An owner can grant it</Link>
      </li>
    </ul>
  );
}
