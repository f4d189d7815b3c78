/**
 * What a check found: fine, worth knowing, wrong, or not to be said from here, which is neither good nor bad. Whatever
 * is worth knowing or wrong says what to do.
 */
export type Finding =
  | { readonly verdict: 'ok' | 'unknown'; readonly text: string; readonly todo?: never }
  | { readonly verdict: 'note' | 'wrong'; readonly text: string; readonly todo: string };
