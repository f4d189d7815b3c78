import { WEBHOOK_PATH } from '#src/api/server.ts';
import { exchange } from '#src/github/exchange.ts';
import type { Check } from '../contract/check.ts';

const ANSWER_MS = 10_000;

/** Whether the public address leads here: asked from this machine, as GitHub would ask. */
const check: Check = {
  place: 5,
  title: 'Public address',
  async run({ app: { options } }) {
    const { publicUrl } = options;
    if (publicUrl === null) return [{ verdict: 'unknown', text: 'not asked: NARROWS_PUBLIC_URL is not set' }];
    const url = `${publicUrl}/healthz`;
    const came = await exchange({ method: 'GET', url, headers: {}, body: null }, { timeoutMs: ANSWER_MS, maxBytes: 100_000 }, new AbortController().signal);
    if (came.outcome === 'answer') {
      const { status, text } = came.answer;
      if (status === 200 && text.trim() === 'ok') return [{ verdict: 'ok', text: `${url} answers; GitHub delivers to ${publicUrl}${WEBHOOK_PATH}` }];
      if (status === 503) return [{ verdict: 'wrong', text: `${url} answers 503: deliveries cannot be stored now, or the proxy finds nobody behind it`, todo: 'See that narrows start runs, and what its log says of the storage.' }];
      return [{ verdict: 'wrong', text: `${url} answers ${String(status)}, which is not Narrows`, todo: `Have the proxy pass ${publicUrl}/ on to this service, path included, without a sign-in page before ${WEBHOOK_PATH} and /healthz.` }];
    }
    const why = came.outcome === 'broken' ? came.reason : came.outcome === 'timeout' ? `no answer within ${String(ANSWER_MS / 1_000)} s` : 'an answer without end';
    return [{ verdict: 'wrong', text: `${url} does not answer (${why})`, todo: 'Start narrows, and see that the name leads to the proxy and the proxy to PORT. From inside some networks a public address cannot be reached although GitHub can: then see Webhook below.' }];
  },
};

export default check;
