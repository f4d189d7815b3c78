/** So many wrong codes are heard from one address in `WINDOW_MS`. */
const MOST_TRIES = 5;

const WINDOW_MS = 60_000;

/** So many addresses are remembered: those that tried longest ago are forgotten first. */
const MOST_ADDRESSES = 1_000;

/** Wrong codes by address. The code cannot be guessed; this keeps who tries from filling the log and the time. */
export class WrongTries {
  readonly #tries = new Map<string, readonly number[]>();

  /** How long an address has to wait before it may try again, ms; 0 where it may now. */
  waitMs(address: string, nowAt: number): number {
    const recent = this.#recent(address, nowAt);
    const [first] = recent;
    return recent.length < MOST_TRIES || first === undefined ? 0 : first + WINDOW_MS - nowAt;
  }

  /** Notes a wrong code. Resolves to how many there were in the last minute. */
  note(address: string, nowAt: number): number {
    const recent = [...this.#recent(address, nowAt), nowAt].slice(-MOST_TRIES);
    this.#tries.delete(address);
    this.#tries.set(address, recent);
    const [oldest] = this.#tries.keys();
    if (this.#tries.size > MOST_ADDRESSES && oldest !== undefined) this.#tries.delete(oldest);
    return recent.length;
  }

  #recent(address: string, nowAt: number): readonly number[] {
    return (this.#tries.get(address) ?? []).filter((at) => at <= nowAt && nowAt - at < WINDOW_MS);
  }
}
