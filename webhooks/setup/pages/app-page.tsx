import type { ReactElement } from 'react';
import type { FieldErrors, Fields } from '../draft.ts';
import { Choices, Field, SessionForm } from './form.tsx';
import { SetupFrame, type SetupFrameView } from './setup-frame.tsx';
import { Steps } from './steps.tsx';

/** The first step: whose App it will be. */
export interface AppView {
  readonly frame: SetupFrameView;
  readonly formToken: string;
  readonly fields: Fields;
  readonly errors: FieldErrors;
  /** Where GitHub would deliver; null where it cannot reach this installation as far as is known. */
  readonly webhookUrl: string | null;
}

/** The page of the first step. */
export function AppPage({ view }: { readonly view: AppView }): ReactElement {
  const { frame, formToken, fields, errors, webhookUrl } = view;
  const hasErrors = Object.keys(errors).length > 0;
  return (
    <SetupFrame view={frame} title={hasErrors ? 'Something is to be mended' : 'Connect GitHub'}>
      <h1>{hasErrors ? 'Something is to be mended below.' : 'Connect GitHub in three steps.'}</h1>
      <p className="lede">Narrows asks GitHub as an App of your own. It belongs to you, it may read and nothing else, and its key stays on this machine.</p>
      <Steps
        steps={[
          {
            title: 'Create the App',
            state: 'now',
            content: (
              <>
                <SessionForm action={`${frame.basePath}/setup/app`} formToken={formToken} className="form">
                  <Choices
                    name="owner"
                    legend="Whose repositories?"
                    chosen={fields['owner'] ?? 'organization'}
                    options={[
                      { value: 'organization', label: 'An organisation’s', hint: 'You have to be one of its owners, or manage its Apps.' },
                      { value: 'person', label: 'My own account’s', hint: 'Teams are not known there.' },
                    ]}
                  />
                  <Field name="organization" label="Organisation" hint="As in its address on GitHub; empty for your own account." fields={fields} errors={errors} />
                  {webhookUrl === null ? (
                    <p className="note">
                      GitHub cannot deliver to this machine, as far as Narrows knows: it will ask every five minutes instead, and pushes stay unknown. Where it has a public address, set NARROWS_PUBLIC_URL and start again before you go on.
                    </p>
                  ) : (
                    <Choices
                      name="delivery"
                      legend="How does news come?"
                      chosen={fields['delivery'] ?? 'webhooks'}
                      options={[
                        { value: 'webhooks', label: 'GitHub delivers it', hint: `To ${webhookUrl}, within seconds.` },
                        { value: 'poll', label: 'Narrows asks for it', hint: 'Every five minutes, for a machine that GitHub does not reach. Pushes stay unknown.' },
                      ]}
                    />
                  )}
                  <details className="more" open={errors['server'] !== undefined || (fields['server'] ?? '') !== ''}>
                    <summary>GitHub Enterprise Server</summary>
                    <Field name="server" label="Address of the server" hint="Such as https://github.example.com; empty for github.com." fields={fields} errors={errors} />
                  </details>
                  <p>
                    <button type="submit" className="primary">
                      Go on
                    </button>
                  </p>
                </SessionForm>
                <p className="aside">
                  There is an App already? <a href={`${frame.basePath}/setup/existing`}>Connect it with its key.</a>
                </p>
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
