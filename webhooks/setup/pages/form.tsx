import type { ReactElement, ReactNode } from 'react';
import type { FieldErrors, Fields } from '../draft.ts';

/** The name of the hidden field that shows where a form comes from. */
export const FORM_TOKEN = 'form-token';

/** A form of the session: it carries what no page elsewhere knows. */
export function SessionForm({ action, formToken, className, children }: { readonly action: string; readonly formToken: string; readonly className?: string; readonly children: ReactNode }): ReactElement {
  return (
    <form method="post" action={action} autoComplete="off" {...(className === undefined ? {} : { className })}>
      <input type="hidden" name={FORM_TOKEN} value={formToken} />
      {children}
    </form>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  /** What belongs in it. */
  readonly hint?: ReactNode;
  readonly fields: Fields;
  readonly errors: FieldErrors;
  /** Several lines: a key. What was written is not shown again. */
  readonly isSecretText?: boolean;
  readonly isSecret?: boolean;
}

/** A field with its label, what belongs in it, and what is wrong with it, in words beside it. */
export function Field({ name, label, hint, fields, errors, isSecretText = false, isSecret = false }: FieldProps): ReactElement {
  const error = errors[name];
  const described = [hint === undefined ? null : `${name}-hint`, error === undefined ? null : `${name}-error`].filter((id) => id !== null).join(' ');
  const shared = {
    id: name,
    name,
    spellCheck: false,
    ...(described === '' ? {} : { 'aria-describedby': described }),
    ...(error === undefined ? {} : { 'aria-invalid': true }),
  };
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      {hint !== undefined && (
        <p className="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {isSecretText ? (
        <textarea {...shared} rows={6} autoComplete="off" />
      ) : (
        <input {...shared} type={isSecret ? 'password' : 'text'} autoCapitalize="none" autoComplete="off" {...(isSecret ? {} : { defaultValue: fields[name] ?? '' })} />
      )}
      {error !== undefined && (
        <p className="field-error" id={`${name}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

/** One of several ways; the first is chosen where none is. */
export function Choices({ name, legend, chosen, options }: { readonly name: string; readonly legend: string; readonly chosen: string; readonly options: readonly { readonly value: string; readonly label: string; readonly hint?: string }[] }): ReactElement {
  return (
    <fieldset className="field">
      <legend>{legend}</legend>
      {options.map(({ value, label, hint }) => (
        <label className="choice" key={value}>
          <input type="radio" name={name} value={value} defaultChecked={value === chosen} />
          <span>
            {label}
            {hint !== undefined && <span className="under">{hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** What was seen: a sign and a sentence. */
export function Seen({ is, children }: { readonly is: 'good' | 'wrong' | 'open'; readonly children: ReactNode }): ReactElement {
  const [sign, word] = { good: ['✓', 'Done:'], wrong: ['✗', 'Not right:'], open: ['○', 'Not yet:'] }[is];
  return (
    <li className={`seen seen-${is}`}>
      <span className="seen-sign" aria-hidden>
        {sign}
      </span>
      <span>
        <span className="unseen">{word} </span>
        {children}
      </span>
    </li>
  );
}
