/** Embeddings, overrides and isolates: they can make a text read otherwise than it is stored. */
const DIRECTION_CONTROLS = /[\u202A-\u202E\u2066-\u2069]/gu;

/** Control characters and line or paragraph separators, which have no place in one line of text. */
// eslint-disable-next-line no-control-regex -- control characters are exactly what is looked for
const CONTROLS = /[\u0000-\u001F\u007F-\u009F\u2028\u2029]+/gu;

/** What is drawn as nothing: spaces of any width, format characters and joiners, blank fillers, selectors of a form. */
const INVISIBLE = /^(?:\s|\p{Cf}|\p{Default_Ignorable_Code_Point})*$/u;

/**
 * A text from outside (a title, a name) as it may stand in a sentence: one line, without the
 * characters that reorder what is read. A text that shows nothing becomes `instead`.
 */
export function plainText(text: string, instead = 'no title'): string {
  const plain = text.toWellFormed().replace(DIRECTION_CONTROLS, '').replace(CONTROLS, ' ').trim();
  return INVISIBLE.test(plain) ? instead : plain;
}
