import { z } from 'zod';
import type { Clock } from '#src/core/clock.ts';
import { parseInstant } from '#src/core/instant.ts';
import type { Credential } from './credential.ts';

/** A token is given up five minutes before its end, so that none expires under a request, ms. */
const REST_MS = 5 * 60_000;

/** What GitHub answers when an installation's token is asked for. */
export const installationToken = z.object({
  token: z.string().regex(/^[\x21-\x7e]+$/),
  expires_at: z.string().transform((text, context) => {
    const at = parseInstant(text);
    if (at !== null) return at;
    context.addIssue({ code: 'custom', message: 'expected an instant' });
    return z.NEVER;
  }),
});

/** A token as GitHub gave it. */
export interface InstallationToken {
  readonly token: string;
  /** Epoch ms. */
  readonly expiresAt: number;
}

/**
 * An installation of the App: a token that GitHub gives for an hour. It is asked for once however many need it, kept
 * until shortly before its end, and asked for anew when GitHub refuses it. One who stops waiting does not stop the others.
 */
export function installationCredential(askForToken: () => Promise<InstallationToken>, clock: Clock): Credential {
  let held: InstallationToken | null = null;
  let asked: Promise<InstallationToken> | null = null;

  const ask = (): Promise<InstallationToken> => {
    asked ??= askForToken()
      .then((token) => (held = token))
      .finally(() => {
        asked = null;
      });
    return asked;
  };

  return {
    async authorization(signal) {
      signal.throwIfAborted();
      const token = held !== null && clock.now() < held.expiresAt - REST_MS ? held : await unlessAborted(ask(), signal);
      return `Bearer ${token.token}`;
    },
    refused(authorization) {
      if (held !== null && authorization === `Bearer ${held.token}`) held = null;
      return true;
    },
    advice: 'GitHub gives tokens for this installation and does not take them: look at the page of the App whether it is installed still.',
  };
}

/** What the work yields; rejects with the signal's reason as soon as that is aborted, and the work goes on. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let giveUp = (): void => undefined;
  const aborted = new Promise<null>((resolve) => {
    giveUp = () => resolve(null);
    signal.addEventListener('abort', giveUp);
  });
  try {
    await Promise.race([work, aborted]);
    signal.throwIfAborted();
    return await work;
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
