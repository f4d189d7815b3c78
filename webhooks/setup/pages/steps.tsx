import type { ReactElement, ReactNode } from 'react';

/** A step of the set-up and what is seen of it. */
export interface Step {
  readonly title: string;
  readonly state: 'done' | 'now' | 'later';
  readonly content: ReactNode;
}

const WORDS = { done: 'done', now: 'to do now', later: 'later' } as const;

/** The steps in order: what is done, what is to be done, what comes later. */
export function Steps({ steps }: { readonly steps: readonly Step[] }): ReactElement {
  return (
    <ol className="steps block">
      {steps.map(({ title, state, content }, index) => (
        <li key={title} className={`step step-${state}`} {...(state === 'now' ? { 'aria-current': 'step' as const } : {})}>
          <h2>
            <span className="step-number" aria-hidden>
              {state === 'done' ? '✓' : index + 1}
            </span>
            {title}
            <span className="unseen">, {WORDS[state]}</span>
          </h2>
          {content !== null && <div className="step-content">{content}</div>}
        </li>
      ))}
    </ol>
  );
}
