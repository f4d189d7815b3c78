import type { Fault } from './fault-kinds.ts';
import type { FakeCall, MakeMiddleware } from './hooks.ts';

/** When something goes wrong, and how. */
export interface FaultRule {
  /** The calls it is about: their name (`PullRequests`, `GET /repos/{owner}/{repo}/pulls/{pull_number}`), or a test of the call. */
  readonly on: string | RegExp | ((call: FakeCall) => boolean);
  /** The first of these calls that it strikes, counted from 1 [1]. */
  readonly from?: number;
  /** How many of them in a row [1]; `Infinity` for all that follow. */
  readonly times?: number;
  readonly fault: Fault;
}

/** What goes wrong in a test: rules, and which of them have struck. A call is struck by the first rule that is about it and not used up. */
export class FaultScript {
  readonly #rules: { readonly rule: FaultRule; seen: number; struck: number }[] = [];

  constructor(rules: readonly FaultRule[] = []) {
    for (const rule of rules) this.add(rule);
  }

  /** Adds a rule; its calls are counted from here on. */
  add(rule: FaultRule): void {
    this.#rules.push({ rule, seen: 0, struck: 0 });
  }

  /** The fault that strikes a call, if any. Every rule that is about it counts it. */
  strike(call: FakeCall): Fault | null {
    let fault: Fault | null = null;
    for (const entry of this.#rules) {
      if (!isAbout(entry.rule, call)) continue;
      entry.seen += 1;
      const from = entry.rule.from ?? 1;
      if (fault !== null || entry.seen < from || entry.struck >= (entry.rule.times ?? 1)) continue;
      entry.struck += 1;
      fault = entry.rule.fault;
    }
    return fault;
  }

  /** Calls struck so far. */
  get struck(): number {
    return this.#rules.reduce((sum, { struck }) => sum + struck, 0);
  }

  /** Rules that have not struck as often as they say (once, where they say no end): a test that expects a fault asserts that there are none. */
  get unused(): readonly FaultRule[] {
    return this.#rules.filter(({ rule, struck }) => struck < (rule.times === Infinity ? 1 : (rule.times ?? 1))).map(({ rule }) => rule);
  }
}

/** Makes calls go wrong as a script says. */
export const faults: MakeMiddleware<{ readonly script: FaultScript }> = (_parts, { script }) => ({
  routes: [],
  async answer(call, next) {
    const fault = script.strike(call);
    return fault === null ? next(call) : fault(call, next);
  },
});

function isAbout({ on }: FaultRule, call: FakeCall): boolean {
  if (typeof on === 'function') return on(call);
  return typeof on === 'string' ? on === call.name : on.test(call.name);
}
