import { describe, expect, test } from '@jest/globals';
import { didYouMean, suggestion } from '#src/core/suggestion.ts';

describe('a suggestion', () => {
  test.each([
    ['recipents', ['recipients', 'repositories'], 'recipients'],
    ['REPOSITORYS', ['recipients', 'repositories'], 'repositories'],
    ['Europe/Berln', ['Europe/Berlin', 'Europe/Dublin'], 'Europe/Berlin'],
    ['name', ['names', 'bots'], 'names'],
  ])('for %s is the nearest word', (word, words, meant) => {
    expect(suggestion(word, words)).toBe(meant);
  });

  test.each([
    ['zebra', ['recipients', 'repositories']],
    ['x', ['y']],
    ['anything', []],
  ])('for %s is none when nothing is near', (word, words) => {
    expect(suggestion(word, words)).toBeNull();
  });

  test('is put as a question behind a sentence, or not at all', () => {
    expect(didYouMean('bot', ['bots'])).toBe(' Did you mean "bots"?');
    expect(didYouMean('zebra', ['bots'])).toBe('');
  });
});
