/** How long and how often a bench measures, and where it says what it is doing. */
export interface BenchOptions {
  /** How many times each side is measured, in turn with the others. */
  readonly rounds: number;
  /** How long one measurement takes, seconds. */
  readonly seconds: number;
  /** How many times as much as usual is stored, where a bench fills a store; 1 is usual. */
  readonly scale: number;
  /** Tells whoever waits what is being measured; no part of the result. */
  progress(line: string): void;
}

/** A bench: one file of the folder above, which exports these two. */
export interface Bench {
  /** The heading of its result. */
  readonly name: string;
  /** Measures, and resolves to lines of Markdown. */
  run(options: BenchOptions): Promise<string[]>;
}
