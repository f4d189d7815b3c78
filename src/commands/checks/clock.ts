import type { Check } from '../contract/check.ts';

/** GitHub refuses the token of an App whose clock is further ahead, ms; ours allows for a minute. */
const WRONG_MS = 60_000;

/** Times of our own are then visibly beside GitHub's, ms. */
const NOTED_MS = 10_000;

/** A `Date` is cut to whole seconds, ms. */
const CUT_MS = 1_000;

/** This machine's clock against GitHub's: tokens and the times of deliveries rest on it. */
const check: Check = {
  place: 4,
  title: 'Clock',
  async run({ github }) {
    const reach = await github();
    if (!reach.isReached) return [reach.finding];
    if (reach.heard === null) return [{ verdict: 'unknown', text: `${reach.host} answers and says no time` }];
    const { saidAt, askedAt, cameAt } = reach.heard;
    const ahead = askedAt > saidAt + CUT_MS ? askedAt - saidAt - CUT_MS : Math.min(0, cameAt - saidAt);
    const seconds = (Math.abs(ahead) / 1_000).toFixed(0);
    if (Math.abs(ahead) < NOTED_MS) return [{ verdict: 'ok', text: `${reach.host} answers, and the clocks agree` }];
    const text = `this machine's clock is ${seconds} s ${ahead > 0 ? 'ahead of' : 'behind'} that of ${reach.host}`;
    const todo = 'Have it set by NTP (timedatectl set-ntp true). Beyond a minute GitHub refuses the App, and waits that end here are measured wrongly.';
    return [{ verdict: Math.abs(ahead) >= WRONG_MS ? 'wrong' : 'note', text, todo }];
  },
};

export default check;
