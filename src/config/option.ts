import { z } from 'zod';

/** One setting of the environment: what reads it, what `docs/configuration.md` says of it, how it is checked. */
export interface Option<T> {
  /** The environment variable. A secret has a twin with `_FILE` behind the name, which names a file that holds the value. */
  readonly name: string;
  /** What it does and what a wrong choice leads to; Markdown, whole sentences. */
  readonly description: string;
  /** What holds while the variable is unset or empty. */
  readonly default: T;
  /** The end of the sentence "… is not …": `a port from 0 to 65535`. */
  readonly expects: string;
  /** Reads the variable's text. */
  readonly schema: z.ZodType<T, string>;
  /** A secret's value is never shown, in no message and no log line. */
  readonly secret: boolean;
}

/** Makes an entry of the options table; options are no secrets unless they say so. */
export function option<T>(entry: Omit<Option<T>, 'secret'> & { readonly secret?: boolean }): Option<T> {
  return { ...entry, secret: entry.secret ?? false };
}

/** A whole number in decimal digits, both ends included. */
export function wholeNumber(least: number, greatest: number): z.ZodType<number, string> {
  return z.string().regex(/^\d{1,15}$/).transform(Number).pipe(z.int().min(least).max(greatest));
}

/** An absolute URL of one of these protocols (`https:`) that `accepts`, kept as it was written; a password in it is percent-encoded. */
export function urlText(protocols: readonly string[], accepts: (url: URL) => boolean = () => true): z.ZodType<string, string> {
  return z.string().refine((text) => {
    if (!text.includes('://') || !URL.canParse(text)) return false;
    const url = new URL(text);
    return protocols.includes(url.protocol) && isDecodable(url.password) && accepts(url);
  });
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
