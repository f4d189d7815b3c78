import type { ReactElement } from 'react';
import { plainText } from '#src/wording/plain-text.ts';
import { SetupFrame, type SetupFrameView } from './setup-frame.tsx';
import { SessionForm } from './form.tsx';

/** A step that did not succeed: what happened, and what to do. */
export interface RefusalView {
  readonly frame: SetupFrameView;
  readonly title: string;
  readonly sentences: readonly string[];
  /** Where it goes on; null where nothing does. */
  readonly next: { readonly href: string; readonly label: string } | null;
  /** A form that tries the same once more; null where that is of no use. */
  readonly again: { readonly action: string; readonly formToken: string } | null;
}

/** A page that says why not, and what to do. */
export function RefusalPage({ view: { frame, title, sentences, next, again } }: { readonly view: RefusalView }): ReactElement {
  return (
    <SetupFrame view={frame} title="Set-up">
      <h1>{title}</h1>
      {sentences.map((sentence) => (
        <p className="lede" key={sentence}>
          {plainText(sentence)}
        </p>
      ))}
      {again !== null && (
        <SessionForm action={again.action} formToken={again.formToken} className="block">
          <button type="submit" className="primary">
            Try again
          </button>
        </SessionForm>
      )}
      {next !== null && (
        <p className="block">
          <a href={next.href}>{next.label}</a>
        </p>
      )}
    </SetupFrame>
  );
}
