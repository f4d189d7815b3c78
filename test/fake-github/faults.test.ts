import { describe, expect, test } from '@jest/globals';
import { standingClock } from '#src/core/clock.ts';
import { aCall, aQueryCall, ask } from '#test/support/fake-github/a-call.ts';
import { buildWorld } from '#test/support/fake-github/build-world.ts';
import { brokenJson, errorsUnder200, forbidden, foreignPage, hangUp, lostAnswer, redirectTo, resourceLimits, secondaryLimit, serverFailure, slow, type Fault } from '#test/support/fake-github/fault-kinds.ts';
import { FaultScript, faults, type FaultRule } from '#test/support/fake-github/faults.ts';
import { json, type FakeAnswer, type FakeCall } from '#test/support/fake-github/hooks.ts';

const parts = { world: buildWorld(), clock: standingClock(0) };

async function statuses(script: FaultScript, calls: readonly FakeCall[]): Promise<number[]> {
  const layer = faults(parts, { script });
  const answers: number[] = [];
  for (const call of calls) answers.push((await ask(layer, call)).status);
  return answers;
}

function once(fault: Fault, call: FakeCall = aCall(), behind?: FakeAnswer): Promise<FakeAnswer> {
  return ask(faults(parts, { script: new FaultScript([{ on: () => true, fault }]) }), call, behind);
}

describe('a script of faults', () => {
  test('strikes the first call of a name, and no other, unless told otherwise', async () => {
    const script = new FaultScript([{ on: 'Listing', fault: serverFailure(502) }]);
    const calls = [aCall(), aQueryCall('{ viewer { login } }', { name: 'Listing' }), aQueryCall('{ viewer { login } }', { name: 'Listing' })];

    expect(await statuses(script, calls)).toEqual([200, 502, 200]);
  });

  test('strikes from the nth on, as often as it says', async () => {
    const script = new FaultScript([{ on: /^GET /, from: 3, times: 2, fault: serverFailure(500) }]);

    expect(await statuses(script, Array.from({ length: 6 }, () => aCall()))).toEqual([200, 200, 500, 500, 200, 200]);
  });

  test('can strike by what a call asks, for as long as it asks that', async () => {
    const isLarge = (call: FakeCall): boolean => Number(call.operation?.variables['n']) > 25;
    const script = new FaultScript([{ on: isLarge, times: Infinity, fault: serverFailure(502) }]);
    const calls = [49, 49, 25, 10].map((n) => aQueryCall('query ($n: Int!) { viewer { repositories(first: $n) { totalCount } } }', { variables: { n } }));

    expect(await statuses(script, calls)).toEqual([502, 502, 200, 200]);
  });

  test('lets rules wait for one another: a call is struck by the first that is about it and not used up', async () => {
    const rules: FaultRule[] = [{ on: /./, fault: serverFailure(500) }, { on: /./, fault: secondaryLimit(7, 429) }];

    expect(await statuses(new FaultScript(rules), [aCall(), aCall(), aCall()])).toEqual([500, 429, 200]);
  });

  test('says which rules never struck, so that a test of a fault that never came fails', async () => {
    const script = new FaultScript([{ on: 'GET /never', fault: hangUp() }, { on: /./, times: 2, fault: forbidden() }, { on: /./, times: Infinity, fault: forbidden() }]);

    await statuses(script, [aCall(), aCall()]);

    expect(script.unused).toHaveLength(2);
    await statuses(script, [aCall()]);
    expect(script.unused.map(({ on }) => on)).toEqual(['GET /never']);
    expect(script.struck).toBe(3);
  });
});

describe('faults', () => {
  test('of limits name the seconds to wait, or leave them out', async () => {
    expect(await once(secondaryLimit(3, 429))).toMatchObject({ status: 429, headers: { 'retry-after': '3' } });
    const silent = await once(secondaryLimit(null));

    expect(silent.status).toBe(403);
    expect(silent.headers['retry-after']).toBeUndefined();
  });

  test('of GitHub’s own are HTML for REST, and JSON with errors for a query', async () => {
    const page = await once(serverFailure(502));
    const query = await once(serverFailure(502), aQueryCall('{ viewer { login } }'));
    const late = await once(serverFailure(504), aQueryCall('{ viewer { login } }'));

    expect(page.headers['content-type']).toContain('text/html');
    expect(JSON.parse(query.body)).toMatchObject({ data: null, errors: [{ message: expect.stringContaining('may be the result of a timeout') }] });
    expect(JSON.parse(late.body).message).toContain('respond to your request in time');
  });

  test('can lose an answer that was made', async () => {
    let made = 0;
    const behind = (): Promise<FakeAnswer> => Promise.resolve(json({ made: (made += 1) }));

    const answer = await ask(faults(parts, { script: new FaultScript([{ on: /./, fault: lostAnswer(504) }]) }), aCall(), behind);

    expect(answer.status).toBe(504);
    expect(made).toBe(1);
  });

  test('can hang up, redirect elsewhere, show a foreign page, and break off in the middle of JSON', async () => {
    expect(await once(hangUp())).toMatchObject({ isCutOff: true });
    expect(await once(redirectTo('https://elsewhere.example/', 301))).toMatchObject({ status: 301, headers: { location: 'https://elsewhere.example/' } });
    expect(await once(foreignPage())).toMatchObject({ status: 200, headers: { 'content-type': 'text/html' } });
    const broken = await once(brokenJson());

    expect(broken.status).toBe(200);
    expect(() => JSON.parse(broken.body)).toThrow(SyntaxError);
  });

  test('can be slow and true', async () => {
    let isWaiting = true;
    let go = (): void => undefined;
    const answer = once(slow(() => new Promise<void>((resolve) => (go = resolve)))).then((given) => {
      isWaiting = false;
      return given;
    });
    await Promise.resolve();

    expect(isWaiting).toBe(true);
    go();
    expect((await answer).body).toBe('{"id":1}');
  });

  test('can be errors under 200 instead of data', async () => {
    const answer = await once(errorsUnder200({ type: 'SERVICE_UNAVAILABLE', message: 'Try again.' }), aQueryCall('{ viewer { login } }'));

    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({ data: null, errors: [{ type: 'SERVICE_UNAVAILABLE', message: 'Try again.' }] });
  });

  test('can take parts out of true data, and name each that was there', async () => {
    const data = { repository: { pullRequests: { nodes: [{ id: 1, reviews: { nodes: [1] } }, { id: 2, reviews: { nodes: [2] } }] } } };

    const answer = await once(resourceLimits(['repository', 'pullRequests', 'nodes', 1, 'reviews'], ['nothing', 'there']), aQueryCall('{ viewer { login } }'), json({ data }));

    expect(JSON.parse(answer.body)).toEqual({
      data: { repository: { pullRequests: { nodes: [{ id: 1, reviews: { nodes: [1] } }, { id: 2, reviews: null }] } } },
      errors: [{ type: 'RESOURCE_LIMITS_EXCEEDED', path: ['repository', 'pullRequests', 'nodes', 1, 'reviews'], message: 'Resource limits for this query exceeded.' }],
    });
  });
});
