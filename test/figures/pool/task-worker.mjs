/* A thread's program for the tests of the pool: it does what it is told. */
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, threadId, workerData } from 'node:worker_threads';

if (workerData === 'cannot open') {
  parentPort.postMessage({ reply: 'failed', error: { code: 'schema-newer', message: 'The database is too new.' } });
} else {
  parentPort.on('message', async ({ ask, task }) => {
    if (ask === 'close') return parentPort.close();
    if (task.do === 'exit') process.exit(3);
    if (task.do === 'throw') throw new Error('out of order');
    if (task.do === 'spin') for (;;);
    if (task.do === 'refuse') return parentPort.postMessage({ reply: 'refused', error: { code: 'bad-usage', message: 'Ask otherwise.' } });
    if (task.do === 'sleep') await sleep(task.ms);
    parentPort.postMessage({ reply: 'done', result: { thread: threadId, said: task.say ?? null } });
  });
}
