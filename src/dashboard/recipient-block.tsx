import type { ReactElement } from 'react';

import type { MailState } from '#src/domain/outbox.ts';
import { momentText } from '#src/wording/date-text.ts';
import { plainText } from '#src/wording/plain-text.ts';

import { Block } from './block.tsx';
import { DataTable, type Column } from './data-table.tsx';
import type { FrameView } from './frame-view.ts';
import type { RecipientView } from './settings-view.ts';
import { Foreign, Time } from './text.tsx';

/** The block about who gets the weekly mail. */
export function Recipients({ recipients, sendsMail, frame }: { readonly recipients: readonly RecipientView[]; readonly sendsMail: boolean; readonly frame: FrameView }): ReactElement {
  const columns: readonly Column<RecipientView>[] = [
    { key: 'mail', head: 'Recipient', label: null, align: 'start', cell: ({ mail }) => <Foreign text={mail} /> },
    { key: 'where', head: 'Where', label: 'Where', align: 'start', className: 'where', cell: ({ where }) => where },
    { key: 'team', head: 'Team', label: 'Team', align: 'start', cell: ({ team }) => <Foreign text={team} /> },
    { key: 'slot', head: 'When', label: 'When', align: 'start', cell: ({ slot, zone }) => `${slot}, ${zone}` },
    { key: 'next', head: 'Next', label: 'Next', align: 'start', cell: ({ nextAt, zone }) => (nextAt === null ? <strong className="idle">none: no mail server is set</strong> : <Time at={nextAt}>{momentText(nextAt, zone)}</Time>) },
    { key: 'last', head: 'Last', label: 'Last', align: 'start', cell: (recipient) => <Last recipient={recipient} /> },
  ];
  return (
    <Block id="recipients" title="Recipients" aside={`of the weekly mail; ${sendsMail ? 'a mail server is set' : 'no mail server is set (NARROWS_SMTP_URL)'}`}>
      {recipients.length === 0 ? <p>Nobody gets a weekly mail: the policy names no recipient.</p> : <DataTable columns={columns} rows={recipients} keyOf={({ key }) => key} labelledBy="recipients" className="rules" />}
      {frame.sample !== null && <p className="note">While sample data are shown nothing is sent.</p>}
    </Block>
  );
}

const STATES: Readonly<Record<MailState, string>> = {
  queued: 'waits to be sent',
  sending: 'is being sent',
  'handing-over': 'is being handed over',
  sent: 'sent',
  unconfirmed: 'handed over, not confirmed',
  failed: 'failed',
};

function Last({ recipient: { last, zone } }: { readonly recipient: RecipientView }): ReactElement {
  if (last === null) return <>none yet</>;
  const { week, state, at, reason } = last;
  const isBad = state === 'failed' || state === 'unconfirmed';
  return (
    <>
      {`${week}: `}
      {isBad ? <strong className="idle">{STATES[state]}</strong> : STATES[state]} <Time at={at}>{momentText(at, zone)}</Time>
      {isBad && reason !== null && `, ${plainText(reason)}`}
    </>
  );
}
