import type { ReactElement } from 'react';
import { SetupFrame, type SetupFrameView } from './setup-frame.tsx';

/** What was wrong with the code that was given, in words; null before one was. */
export interface CodeView {
  readonly frame: SetupFrameView;
  readonly problem: string | null;
}

/** The first page: it opens for whoever reads the terminal or the log of the machine. */
export function CodePage({ view: { frame, problem } }: { readonly view: CodeView }): ReactElement {
  return (
    <SetupFrame view={frame} title="Set-up">
      <h1>Give the code that Narrows has printed.</h1>
      <p className="lede">It stands under this address where Narrows was started: in the terminal, in the journal of the service, or in the container’s log. It opens the set-up once.</p>
      <form className="block form" method="post" action={`${frame.basePath}/setup/code`} autoComplete="off">
        <div className="field">
          <label htmlFor="code">Code</label>
          <input id="code" name="code" type="text" className="code" size={34} maxLength={80} required spellCheck={false} autoCapitalize="characters" autoComplete="off" {...(problem === null ? {} : { 'aria-invalid': true, 'aria-describedby': 'code-error' })} />
          {problem !== null && (
            <p className="field-error" id="code-error" role="alert">
              {problem}
            </p>
          )}
        </div>
        <p>
          <button type="submit" className="primary">
            Open the set-up
          </button>
        </p>
      </form>
    </SetupFrame>
  );
}
