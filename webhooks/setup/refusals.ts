import type { Connecting } from './setup.ts';

/** Why a step did not succeed, in words with what to do, and the status of the answer. */
export interface Refusal {
  readonly status: number;
  readonly title: string;
  readonly sentences: readonly string[];
  /** Whether it goes on at the first step, or at the page as it is now. */
  readonly next: 'anew' | 'on' | null;
}

/** The words for an App that was not connected. */
export function refusalOf(connecting: Exclude<Connecting, { readonly outcome: 'connected' }>): Refusal {
  switch (connecting.outcome) {
    case 'wrong-state':
      return {
        status: 403,
        title: 'This answer of GitHub does not belong to your set-up.',
        sentences: ['It was begun elsewhere, over an hour ago, or before Narrows was started again; nothing was connected.', 'Create the App from here. If GitHub shows one that you have just made, delete it there: nobody has its key.'],
        next: 'anew',
      };
    case 'replayed':
      return { status: 409, title: 'This answer of GitHub was used already.', sentences: ['It is good once, and the App that came with it is dealt with.'], next: 'on' };
    case 'expired':
      return {
        status: 410,
        title: 'GitHub does not know this code any more.',
        sentences: ['A code is good for an hour and once. The App was created, but its key is lost: delete it on GitHub, or make a new key there and connect it as an App that exists.'],
        next: 'anew',
      };
    case 'refused':
      return { status: 422, title: 'GitHub does not accept this key for this App.', sentences: ['Compare the App ID, and make a new key on the page of the App.'], next: 'anew' };
    case 'failed':
      return {
        status: 502,
        title: 'GitHub could not be asked.',
        sentences: [`The reason: ${connecting.reason}.`, 'Load this page once more in a moment: the code is good for an hour. If it stays so, see whether this machine reaches the address of the API.'],
        next: null,
      };
    case 'not-stored':
      return { status: 503, title: 'The App could not be stored.', sentences: [connecting.reason, 'Then try again.'], next: null };
    case 'not-active':
      return { status: 500, title: 'The App is stored, and Narrows cannot work with it yet.', sentences: ['The log says why. Start Narrows again: it then uses the App.'], next: null };
  }
}

/** The App was not created: whoever was asked on GitHub said no. */
export const DENIED: Refusal = { status: 403, title: 'GitHub says that the App was not created.', sentences: ['Somebody called it off, or you may not create Apps there: an owner of the organisation may, or can make you a manager of its Apps. Nothing was connected.'], next: 'anew' };

/** The browser came back without what it left with. */
export const NO_SESSION: Refusal = {
  status: 403,
  title: 'This browser has not opened the set-up.',
  sentences: ['It is open in the browser where the code was given, at the same address, for half an hour after the last click. If it is gone, start Narrows again and give the new code.'],
  next: null,
};

/** A form that no page of ours has sent. */
export const FOREIGN_FORM: Refusal = { status: 403, title: 'This form does not come from the set-up.', sentences: ['Nothing was changed. Open the set-up again and send it from there.'], next: 'anew' };

/** There is nothing to set up, or not for this reader: the same for everyone. */
export const CLOSED: Refusal = { status: 403, title: 'The set-up is shut.', sentences: ['GitHub is connected, or the set-up is open elsewhere. On the machine that runs Narrows, narrows status says what is collected and narrows doctor what is wrong.'], next: null };
