import { setPriority } from 'node:os';

/**
 * Makes the thread that calls it stand back behind the process's others where processors are short: 0 is like all,
 * 19 the last. On Linux a priority is a thread's own; elsewhere it would be the whole process's, and nothing is
 * changed. Returns what kept the priority as it was; null when nothing did.
 */
export function standBack(niceness: number): unknown {
  if (process.platform !== 'linux') return null;
  try {
    setPriority(0, niceness);
    return null;
  } catch (error) {
    return error;
  }
}
