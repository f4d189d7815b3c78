import type { RawConnection } from '#src/github/queries/answer-parts.ts';

/** One connection of a pull request, as far as its pages were read. */
export class PagedPart {
  readonly entries: unknown[] = [];
  readonly #name: string;
  #total: number | null = null;
  #next: string | null = null;
  #incompleteFor: string | null = null;

  /** `name` is for people: `reviews`. */
  constructor(name: string, first: RawConnection) {
    this.#name = name;
    this.add(first);
  }

  /** Takes in the next page; null where GitHub left it out. */
  add(page: RawConnection): void {
    const before = this.#next;
    this.#next = null;
    if (page === null || page.nodes === null) return this.#lack(`GitHub left out its ${this.#name}`);
    this.#total = page.totalCount ?? null;
    for (const entry of page.nodes) {
      if (entry === null) this.#lack(`GitHub left out one of its ${this.#name}`);
      else this.entries.push(entry);
    }
    if (!page.pageInfo.hasNextPage) return;
    const { endCursor } = page.pageInfo;
    if (endCursor === null || endCursor === before) this.#lack(`GitHub does not say where its ${this.#name} go on`);
    else this.#next = endCursor;
  }

  /** Where the next page begins; null when there is none to be asked for. */
  get next(): string | null {
    return this.#next;
  }

  /** How many there are, as GitHub counts them; null where it does not. */
  get total(): number | null {
    return this.#total;
  }

  /** Why something of it is missing; null while nothing is known to be. */
  get incompleteFor(): string | null {
    return this.#next === null ? this.#incompleteFor : (this.#incompleteFor ?? `its ${this.#name} were not read to their end`);
  }

  #lack(reason: string): void {
    this.#incompleteFor ??= reason;
  }
}
