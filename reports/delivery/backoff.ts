const MINUTE_MS = 60_000;

/** How long after each attempt the next one comes; after the last there is none. Together about three days: by then a week's mail is old. */
const PAUSES_MS = [1, 5, 15, 60, 120, 240, 480, 720, 1440, 1440].map((minutes) => minutes * MINUTE_MS);

/** When a mail is tried again that was tried so often, epoch ms; null when it has been tried enough. */
export function nextAttemptAt(attempt: number, nowAt: number): number | null {
  const pause = PAUSES_MS[attempt - 1];
  return pause === undefined ? null : nowAt + pause;
}
