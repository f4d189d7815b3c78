import type { ReactElement } from 'react';
import { appUrl, installUrl } from '#src/github/web-addresses.ts';
import type { AppAccess } from '#src/sources/access/app-access.ts';
import { dateText } from '#src/wording/date-text.ts';
import { countText, counted } from '#src/wording/number-text.ts';
import { plainText } from '#src/wording/plain-text.ts';
import { shareText } from '#src/wording/share-text.ts';
import { shareWithinADay, stillWaitingSentence, waitHeadline } from '#src/wording/wait-sentences.ts';
import type { ConnectedFacts } from '../connected-facts.ts';
import { isUsable } from '../installation-check.ts';
import { Seen, SessionForm } from './form.tsx';
import { InstallationChecks } from './installation-checks.tsx';
import { SetupFrame, type SetupFrameView } from './setup-frame.tsx';
import { Steps, type Step } from './steps.tsx';

/** What GitHub said when it sent the browser back from installing: asked for by somebody who may not, or called off. */
export type InstallNotice = 'requested' | 'denied';

/** A connected App: where it is installed, how far the collection is, what it shows. */
export interface ProgressView {
  readonly frame: SetupFrameView;
  readonly formToken: string;
  readonly access: AppAccess;
  readonly facts: ConnectedFacts;
  readonly notice: InstallNotice | null;
}

/** The page of the second and the third step. What goes on stands in one element, which a script renews. */
export function ProgressPage({ view }: { readonly view: ProgressView }): ReactElement {
  const { frame, formToken } = view;
  return (
    <SetupFrame view={frame} title="Connect GitHub">
      <div id="live" data-renew="3000">
        <Now view={view} />
      </div>
      <SessionForm action={`${frame.basePath}/setup/finish`} formToken={formToken} className="block">
        <button type="submit">Finish the set-up</button>
        <p className="aside">It shuts these pages. Collecting goes on with or without them.</p>
      </SessionForm>
    </SetupFrame>
  );
}

function Now({ view }: { readonly view: ProgressView }): ReactElement {
  const { frame, facts } = view;
  const isInstalled = facts.installations?.some(isUsable) ?? false;
  const isCollected = isInstalled && facts.collecting === null && facts.repositories > 0;
  const steps: Step[] = [
    { title: 'Create the App', state: 'done', content: <Created facts={facts} /> },
    { title: 'Install it', state: isInstalled ? 'done' : 'now', content: <Installed view={view} /> },
    { title: 'First figures', state: isInstalled ? (isCollected ? 'done' : 'now') : 'later', content: isInstalled ? <Figures facts={facts} basePath={frame.basePath} /> : null },
  ];
  return (
    <>
      <h1 aria-live="polite">{headline(facts, isInstalled)}</h1>
      <p className="lede">
        You may leave this page: everything goes on without it. <a href={`${frame.basePath}/setup`}>Refresh</a>
      </p>
      <Steps steps={steps} />
    </>
  );
}

function headline(facts: ConnectedFacts, isInstalled: boolean): string {
  if (!isInstalled) return 'The App is connected. Install it where it is to read.';
  const { collecting, repositories, nowAt, zone } = facts;
  if (collecting !== null) {
    const back = collecting.backToAt === null ? '' : `, back to ${dateText(collecting.backToAt, { zone, nowAt })}`;
    return `Collected so far: ${countText(collecting.done)} of ${counted(collecting.repositories, 'repository', 'repositories')}${back}.`;
  }
  return repositories === 0 ? 'The App is installed. Its repositories are being looked up.' : `Everything is collected: ${counted(repositories, 'repository', 'repositories')}.`;
}

function Created({ facts: { app } }: { readonly facts: ConnectedFacts }): ReactElement {
  return (
    <ul className="checks">
      <Seen is="good">
        <a href={appUrl(app.place, app.slug)} rel="noreferrer">
          {plainText(app.slug)}
        </a>{' '}
        is known to GitHub; its key is stored for this account alone.
      </Seen>
      <Seen is="good">{app.delivers ? 'GitHub delivers; the webhook secret is stored.' : 'GitHub delivers nothing: it is asked every five minutes, and pushes stay unknown.'}</Seen>
    </ul>
  );
}

function Installed({ view: { facts, access, notice } }: { readonly view: ProgressView }): ReactElement {
  const { app, installations, problem } = facts;
  const isAnywhere = (installations ?? []).length > 0;
  return (
    <>
      {notice !== null && !isAnywhere && <p className="warning">{NOTICES[notice]}</p>}
      {problem !== null && <p className="warning">{`GitHub could not be asked: ${plainText(problem)} It is asked again in a moment.`}</p>}
      <ul className="checks">
        {!isAnywhere && <Seen is="open">No installation is seen yet. It shows here within seconds once there is one.</Seen>}
        {(installations ?? []).map((one) => (
          <InstallationChecks key={one.id} one={one} facts={facts} access={access} />
        ))}
      </ul>
      <p className="buttons">
        <a className={isAnywhere ? 'button' : 'button primary'} href={installUrl(app.place, app.slug)} rel="noreferrer">
          {isAnywhere ? 'Install it elsewhere too' : 'Install on GitHub'}
        </a>
      </p>
    </>
  );
}

const NOTICES: Readonly<Record<InstallNotice, string>> = {
  requested: 'GitHub has asked an owner of the organisation to approve the App, because you may not install it yourself. Once they do, it shows here by itself; until then nothing is collected.',
  denied: 'The installation was called off or not allowed: nothing is collected. Install it again, or ask an owner of the organisation to do it.',
};

function Figures({ facts, basePath }: { readonly facts: ConnectedFacts; readonly basePath: string }): ReactElement {
  const { collecting, pullRequests, firstResponse, weeks, hasPages } = facts;
  return (
    <>
      {collecting !== null && (
        <p>
          <progress max={Math.max(1, pullRequests.total)} value={pullRequests.done} aria-label="Pull requests collected" />{' '}
          {pullRequests.total === 0 ? 'It begins.' : `${countText(pullRequests.done)} of ${counted(pullRequests.total, 'pull request')}, the newest first.`}
        </p>
      )}
      {firstResponse === null || (firstResponse.n === 0 && firstResponse.stillWaiting === 0) ? (
        <p className="note">{`The first figure shows here as soon as a pull request is known that waited for a first response in the last ${counted(weeks, 'week')}.`}</p>
      ) : (
        <div className="first-figure">
          {shareWithinADay(firstResponse) !== null && firstResponse.withheld === null && <p className="big">{bigShare(firstResponse)}</p>}
          <p className="said">
            {waitHeadline(firstResponse)
              .map(({ text }) => text)
              .join('')}
          </p>
          <p>{stillWaitingSentence(firstResponse)}</p>
          <p className="note">{`${counted(weeks, 'week')} up to the last full one; intervals are 95\u00A0%.${collecting === null ? '' : ' More is being collected, so this still moves.'}`}</p>
        </div>
      )}
      {hasPages ? (
        <p className="buttons">
          <a className="button" href={`${basePath}/`}>
            Open the dashboard
          </a>
        </p>
      ) : (
        <p className="note">
          Pages are shut while GitHub delivers, because readers cannot be told apart yet: <code>narrows show</code> prints the figures on this machine, <code>narrows status</code> how far the collection is.
        </p>
      )}
    </>
  );
}

function bigShare(figure: NonNullable<ConnectedFacts['firstResponse']>): string {
  const within = shareWithinADay(figure);
  return within === null ? '' : shareText(within.share.value);
}
