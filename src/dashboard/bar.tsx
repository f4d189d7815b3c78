import type { ReactElement } from 'react';

import { plainText } from '#src/wording/plain-text.ts';

import type { BarView, Choice } from './frame-view.ts';
import { Link } from './text.tsx';

/** The bar under the header: what is shown, over which window, against what. Narrow it folds into one line. */
export function Bar({ bar, zone }: { readonly bar: BarView; readonly zone: string }): ReactElement {
  const scope = chosen(bar.scopes);
  const window = chosen(bar.windows);
  return (
    <section className="bar" aria-label="What is shown">
      <div className="bar-wide">
        <BarForm bar={bar} />
        <BarLinks bar={bar} zone={zone} />
      </div>
      <details className="bar-narrow">
        <summary>
          <strong>{scope}</strong> · {window} <span aria-hidden>▾</span>
        </summary>
        <BarForm bar={bar} />
        <BarLinks bar={bar} zone={zone} />
      </details>
    </section>
  );
}

function BarForm({ bar }: { readonly bar: BarView }): ReactElement {
  return (
    <form className="bar-form" method="get" action={bar.action}>
      <Select name="scope" label="Scope" choices={bar.scopes} />
      <Select name="weeks" label="Window" choices={bar.windows} />
      {bar.comparisons.length > 0 && <Select name="against" label="Against" choices={bar.comparisons} />}
      {bar.carried.map((field) => (
        <input key={field.name} type="hidden" name={field.name} value={field.value} />
      ))}
      <button type="submit">Show</button>
    </form>
  );
}

function Select({ name, label, choices }: { readonly name: string; readonly label: string; readonly choices: readonly Choice[] }): ReactElement {
  return (
    <label className="select">
      <span>{label}</span>
      <select name={name} defaultValue={choices.find((choice) => choice.isChosen)?.value ?? ''}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {plainText(choice.label, choice.value)}
          </option>
        ))}
      </select>
    </label>
  );
}

function BarLinks({ bar, zone }: { readonly bar: BarView; readonly zone: string }): ReactElement {
  return (
    <p className="bar-links">
      {bar.permanentHref !== null && <Link href={bar.permanentHref}>Link to this view</Link>}
      {bar.csvHref !== null && <Link href={bar.csvHref}>CSV</Link>}
      <span>{zone}</span>
    </p>
  );
}

function chosen(choices: readonly Choice[]): string {
  const choice = choices.find((candidate) => candidate.isChosen) ?? choices[0];
  return choice === undefined ? '' : plainText(choice.label, choice.value);
}
