import type { Clock } from '#src/core/clock.ts';
import { isSameText, meantCode, oneTimeCode, secretText, type RandomBytes } from './code.ts';
import { WrongTries } from './wrong-tries.ts';

/** A session ends so long after its last request, ms. */
const IDLE_MS = 30 * 60_000;

/** And so long after it began, whatever happens, ms. */
const LONGEST_MS = 4 * 3_600_000;

/** What somebody who has given the code may do, in their browser alone. */
export interface Session {
  /** The value of the cookie. */
  readonly id: string;
  /** What every form of the session carries. */
  readonly formToken: string;
  readonly startedAt: number;
  usedAt: number;
}

/** What became of a code that was given. `used`: it was the right one, and has opened already. */
export type Opening = { readonly outcome: 'opened'; readonly session: Session } | { readonly outcome: 'wrong' } | { readonly outcome: 'used' } | { readonly outcome: 'wait'; readonly waitMs: number };

/** The door of the set-up pages: one code, which opens once, and the one session it opens. */
export class Door {
  /** The code, as it is printed. */
  readonly code: string;
  readonly #clock: Clock;
  readonly #random: RandomBytes;
  readonly #tries = new WrongTries();
  #isUsed = false;
  #session: Session | null = null;

  constructor({ clock, random }: { readonly clock: Clock; readonly random: RandomBytes }) {
    this.#clock = clock;
    this.#random = random;
    this.code = oneTimeCode(random);
  }

  /** Gives a code. `address` is where it comes from: whoever gives wrong ones has to wait. */
  open(typed: string, address: string): Opening {
    const nowAt = this.#clock.now();
    const waitMs = this.#tries.waitMs(address, nowAt);
    if (waitMs > 0) return { outcome: 'wait', waitMs };
    if (!isSameText(meantCode(typed), meantCode(this.code))) {
      this.#tries.note(address, nowAt);
      return { outcome: 'wrong' };
    }
    if (this.#isUsed) return { outcome: 'used' };
    this.#isUsed = true;
    this.#session = { id: secretText(this.#random), formToken: secretText(this.#random), startedAt: nowAt, usedAt: nowAt };
    return { outcome: 'opened', session: this.#session };
  }

  /** The session of a cookie; null for none, another or one that has ended. Asking prolongs it. */
  session(id: string | null): Session | null {
    const session = this.#current();
    if (session === null || id === null || !isSameText(id, session.id)) return null;
    session.usedAt = this.#clock.now();
    return session;
  }

  /** Whether somebody's session is open. */
  get isOpen(): boolean {
    return this.#current() !== null;
  }

  /** Ends the session for good. */
  close(): void {
    this.#isUsed = true;
    this.#session = null;
  }

  #current(): Session | null {
    const nowAt = this.#clock.now();
    if (this.#session !== null && (nowAt - this.#session.usedAt >= IDLE_MS || nowAt - this.#session.startedAt >= LONGEST_MS)) this.#session = null;
    return this.#session;
  }
}
