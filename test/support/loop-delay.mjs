/**
 * Loaded into a service before the program (`--import`): tells, when asked over the process's channel, how long the
 * main thread's loop was held up at most since it was last asked. Time in which the kernel let other processes run is
 * taken off, where the kernel tells it: what is meant is what this program does to itself.
 */
import { readFileSync } from 'node:fs';
import { setInterval } from 'node:timers';
import { isMainThread } from 'node:worker_threads';

/** How often the loop is looked at, ms. */
const TICK_MS = 5;

/** How long this thread has been ready to run while something else ran, ms; 0 where nobody tells. */
function waitedForProcessor() {
  try {
    return Number(readFileSync(`/proc/self/task/${String(process.pid)}/schedstat`, 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return 0;
  }
}

if (isMainThread && process.channel) {
  let last = { at: performance.now(), waited: waitedForProcessor() };
  let greatest = 0;
  setInterval(() => {
    const now = { at: performance.now(), waited: waitedForProcessor() };
    greatest = Math.max(greatest, now.at - last.at - (now.waited - last.waited) - TICK_MS);
    last = now;
  }, TICK_MS).unref();
  process.on('message', (message) => {
    if (message !== 'held up') return;
    process.send({ heldUpMs: greatest });
    greatest = 0;
  });
  process.channel.unref();
}
