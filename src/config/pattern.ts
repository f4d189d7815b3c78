/** The characters that mean something in a regular expression. */
const SPECIAL = /[\\^$.*+?()[\]{}|]/g;

const WILDCARD = /(\*\*|\*|\?)/;

/**
 * A test for texts that match one of the patterns. In a pattern `*` stands for any run of characters
 * without a slash, `**` for any run at all, `?` for one character but a slash; everything else for
 * itself. No pattern matches nothing. Owners, repositories and logins compare without case, as on GitHub.
 */
export function matcher(patterns: readonly string[], { ignoreCase }: { readonly ignoreCase: boolean }): (text: string) => boolean {
  const expressions = patterns.map((pattern) => new RegExp(`^${expression(pattern)}$`, ignoreCase ? 'isu' : 'su'));
  return (text) => expressions.some((one) => one.test(text));
}

function expression(pattern: string): string {
  return pattern.split(WILDCARD).map(part).join('');
}

function part(text: string): string {
  if (text === '**') return '.*';
  if (text === '*') return '[^/]*';
  if (text === '?') return '[^/]';
  return text.replace(SPECIAL, '\\$&');
}
