import type { ReactElement } from 'react';
import { plainText } from '#src/wording/plain-text.ts';
import type { AppAccess } from '#src/sources/access/app-access.ts';
import type { Invitation } from '../setup.ts';
import { SetupFrame, type SetupFrameView } from './setup-frame.tsx';
import { Steps } from './steps.tsx';

/** What will be asked of GitHub, before it is. */
export interface ReviewView {
  readonly frame: SetupFrameView;
  readonly invitation: Invitation;
  readonly access: AppAccess;
}

/** The page that sends the browser to GitHub with the manifest. */
export function ReviewPage({ view: { frame, invitation, access } }: { readonly view: ReviewView }): ReactElement {
  const { draft, action, manifest } = invitation;
  const host = new URL(draft.place.webUrl).host;
  const owner = draft.organization ?? 'your account';
  return (
    <SetupFrame view={frame} title="Create the App">
      <h1>{`GitHub creates the App “${plainText(manifest.name)}” for ${plainText(owner)}.`}</h1>
      <p className="lede">{`Sign in at ${plainText(host)} if it asks, give the App another name if you like, and confirm. GitHub then sends you back here.`}</p>
      <Steps
        steps={[
          {
            title: 'Create the App',
            state: 'now',
            content: (
              <>
                <form method="post" action={action} className="form">
                  <input type="hidden" name="manifest" value={JSON.stringify(manifest)} />
                  <p className="buttons">
                    <button type="submit" className="primary">
                      Create on GitHub
                    </button>
                    <a href={`${frame.basePath}/setup`}>Back</a>
                  </p>
                </form>
                <p className="note">{manifest.hook_attributes.active ? `GitHub will deliver to ${manifest.hook_attributes.url}.` : 'GitHub will deliver nothing: Narrows asks every five minutes.'}</p>
                <h3>What it may read</h3>
                <dl className="access">
                  {access.permissions.map(({ name, title, reads }) => (
                    <div key={name}>
                      <dt>{title}</dt>
                      <dd>{reads}</dd>
                    </div>
                  ))}
                </dl>
                <p className="aside">{`It may write nothing. Events: ${access.events.join(', ')}.`}</p>
              </>
            ),
          },
          { title: 'Install it', state: 'later', content: null },
          { title: 'First figures', state: 'later', content: null },
        ]}
      />
    </SetupFrame>
  );
}
