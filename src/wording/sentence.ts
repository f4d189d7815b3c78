/** A stretch of a sentence; `isMarked` where the page sets it in the accent: the bottleneck, a change for the worse. */
export interface Phrase {
  readonly text: string;
  readonly isMarked: boolean;
}

/** A sentence in the order it is read. Page and mail emphasise the same words; text and title need none. */
export type Sentence = readonly Phrase[];

/** Words in the tone of the sentence. */
export function plain(text: string): Phrase {
  return { text, isMarked: false };
}

/** Words that mean "look here". */
export function marked(text: string): Phrase {
  return { text, isMarked: true };
}

/** The sentence as plain text. */
export function sentenceText(sentence: Sentence): string {
  return sentence.map((phrase) => phrase.text).join('');
}

/** Names joined with commas and `or` before the last. */
export function anyOf(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
}
