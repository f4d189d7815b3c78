import type { ReactElement } from 'react';
import type { AppAccess } from '#src/sources/access/app-access.ts';
import type { FieldErrors, Fields } from '../draft.ts';
import { Field, SessionForm } from './form.tsx';
import { SetupFrame, type SetupFrameView } from './setup-frame.tsx';

/** An App that exists already. */
export interface ExistingView {
  readonly frame: SetupFrameView;
  readonly formToken: string;
  readonly fields: Fields;
  readonly errors: FieldErrors;
  readonly webhookUrl: string | null;
  readonly access: AppAccess;
}

/** The page that takes id, key and secret of an App that exists. */
export function ExistingPage({ view }: { readonly view: ExistingView }): ReactElement {
  const { frame, formToken, fields, errors, webhookUrl, access } = view;
  return (
    <SetupFrame view={frame} title="Connect an App that exists">
      <h1>{Object.keys(errors).length > 0 ? 'The App is not connected yet.' : 'Connect an App that exists.'}</h1>
      <p className="lede">All of it stands on the page of the App: your settings or the organisation’s, Developer settings, GitHub Apps. It goes to this machine and is not shown again.</p>
      <SessionForm action={`${frame.basePath}/setup/existing`} formToken={formToken} className="block form">
        <Field name="app-id" label="App ID" hint="A number, under “About”." fields={fields} errors={errors} />
        <Field name="private-key" label="Private key" hint="The whole text of the .pem file that “Generate a private key” gives." fields={fields} errors={errors} isSecretText />
        <Field name="webhook-secret" label="Webhook secret" hint="Empty where GitHub does not deliver here: Narrows then asks every five minutes." fields={fields} errors={errors} isSecret />
        <details className="more" open={errors['server'] !== undefined || (fields['server'] ?? '') !== ''}>
          <summary>GitHub Enterprise Server</summary>
          <Field name="server" label="Address of the server" hint="Such as https://github.example.com; empty for github.com." fields={fields} errors={errors} />
        </details>
        <p className="buttons">
          <button type="submit" className="primary">
            Connect
          </button>
          <a href={`${frame.basePath}/setup`}>Create a new App instead</a>
        </p>
      </SessionForm>
      <section className="block">
        <h2>What the App needs</h2>
        <p>{`Read access to ${access.permissions.map(({ title }) => title).join(', ')}; events: ${access.events.join(', ')}.`}</p>
        {webhookUrl !== null && <p>{`Webhook URL: ${webhookUrl}, content type application/json.`}</p>}
      </section>
    </SetupFrame>
  );
}
