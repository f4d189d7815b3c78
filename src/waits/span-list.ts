import type { Instant, Span } from './life.ts';

/** The spans in which something held, written down as it changes; saying again what holds already changes nothing. */
export class SpanList {
  readonly spans: Span[] = [];

  /** From `when` on it holds, or no longer does. Calls come in order of time. */
  set(holds: boolean, when: Instant): void {
    const last = this.spans.at(-1);
    const isOpen = last?.to === null;
    if (holds && !isOpen) this.spans.push({ start: when, to: null });
    if (!holds && isOpen) this.spans[this.spans.length - 1] = { start: last.start, to: when };
  }
}
