import { describe, expect, test } from '@jest/globals';
import { standingClock } from '#src/core/clock.ts';
import { createLog, type Log, type LogLevel } from '#src/core/log.ts';

const NOON = Date.UTC(2025, 10, 24, 12);

function logInto(lines: string[], { level = 'info', secrets = [] }: { level?: LogLevel; secrets?: readonly string[] } = {}): Log {
  return createLog({ level, secrets, clock: standingClock(NOON), destination: { write: (line) => lines.push(line) } });
}

describe('a log', () => {
  test('writes a line of JSON with level, time by the clock, fields and message', () => {
    const lines: string[] = [];

    logInto(lines).warn({ guid: 'g-1', count: 2 }, 'delivery is dead');

    expect(lines).toEqual(['{"level":"warn","time":"2025-11-24T12:00:00.000Z","guid":"g-1","count":2,"msg":"delivery is dead"}\n']);
  });

  test('writes nothing below its level', () => {
    const lines: string[] = [];
    const log = logInto(lines, { level: 'warn' });

    log.info({}, 'unheard');
    log.debug({}, 'unheard');
    log.error({}, 'heard');

    expect(lines).toHaveLength(1);
  });

  test('tells an error with its causes', () => {
    const lines: string[] = [];
    const error = new Error('cannot store', { cause: new Error('disk is full') });

    logInto(lines).error({ err: error }, 'storage failed');

    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ err: { message: 'cannot store', cause: { message: 'disk is full' } } });
  });

  test('gives a child its fields', () => {
    const lines: string[] = [];

    logInto(lines).child({ part: 'ingest' }).info({ n: 1 }, 'folded');

    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ part: 'ingest', n: 1, msg: 'folded' });
  });

  test.each(['secret', 'password', 'token', 'authorization', 'cookie', 'privateKey', 'x-hub-signature-256'])('hides what a field called %s holds, one level down too', (name) => {
    const lines: string[] = [];

    logInto(lines).info({ [name]: 'v4lue-top', headers: { [name]: 'v4lue-below' } }, 'request');

    expect(lines[0]).not.toContain('v4lue');
    expect(lines[0]).toContain('[redacted]');
  });

  test('hides the value of a secret wherever it stands: message, error, stack, field, child, name of a field', () => {
    const lines: string[] = [];
    const secret = 'pa"ss\\w\nörd$&';
    const log = logInto(lines, { secrets: [secret] });

    log.error({ err: new Error(`refused ${secret}`, { cause: new Error(secret) }), url: `https://x/${secret}/y`, [secret]: 1 }, secret);
    log.child({ part: secret }).info({}, 'child');

    for (const line of lines) {
      expect(line).not.toContain('örd');
      expect(() => JSON.parse(line) as unknown).not.toThrow();
    }
  });

  test('hides the longer of two secrets whole when it contains the shorter', () => {
    const lines: string[] = [];

    logInto(lines, { secrets: ['abcd', 'abcdefgh'] }).info({ text: 'abcdefgh' }, 'two');

    expect(lines[0]).toContain('"text":"[redacted]"');
  });
});
