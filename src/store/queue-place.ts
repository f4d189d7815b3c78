/** A place in a queue: whoever has it comes after `before`, and calls `end` to let the next one go. */
export interface QueuePlace {
  readonly before: Promise<void> | undefined;
  readonly ended: Promise<void>;
  readonly end: () => void;
}

/** The place after the one that ends with `before`; the first place comes after nothing. */
export function placeAfter(before: Promise<void> | undefined): QueuePlace {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { before, ended, end };
}
