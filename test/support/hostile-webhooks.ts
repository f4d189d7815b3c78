import type { Outcome } from '#src/domain/delivery.ts';
import { aPullRequestEvent } from './github-payloads.ts';
import { size } from './figures.ts';
import { FORM_TYPE, JSON_TYPE, webhookOf, type Webhook } from './signed-webhooks.ts';

/** A webhook that means harm, or might as well, and what must become of it. */
export interface HostileWebhook {
  readonly what: string;
  readonly webhook: Webhook;
  readonly outcome: Outcome;
  /** How the reason of a dead letter begins; null for every other outcome. */
  readonly reason: RegExp | null;
}

/** A payload that is read, with one more member, written by hand. */
function withMember(member: string, number = 1): string {
  return `${JSON.stringify(aPullRequestEvent('opened', { number })).slice(0, -1)},${member}}`;
}

function withTitle(json: string, number = 1): string {
  return JSON.stringify(aPullRequestEvent('opened', { number, title: '@@' })).replace('"@@"', json);
}

function bytes(text: string, ...inserted: number[]): Uint8Array {
  return Buffer.concat([Buffer.from(text), Uint8Array.from(inserted), Buffer.from('"}')]);
}

/** So much smaller are most bodies in `npm test`; in `npm run verify` they are as large as a delivery may be. */
const PART = size(0.1, 1);

const many = (text: string, count: number): string => text.repeat(Math.round(count * PART));

const NOT_JSON = /^the body is not JSON: /;
/** How reasons begin that name a place where something else was expected. */
const NO_PAYLOAD = /^[\w.]+: Invalid input: expected /;

/** What is sent as `pull_request`, and the dead letters among them. */
const BODIES: readonly (readonly [what: string, body: () => string | Uint8Array, outcome: Outcome, reason?: RegExp | null, contentType?: string])[] = [
  ['objects far down in each other', () => `${many('{"a":', 1_000_000)}1${many('}', 1_000_000)}`, 'dead', NO_PAYLOAD],
  ['arrays far down in each other', () => many('[', 12_000_000) + many(']', 12_000_000), 'dead', NO_PAYLOAD],
  ['arrays in each other that never end', () => many('[', 12_000_000), 'dead', NOT_JSON],
  ['a payload with arrays in each other beside it', () => withMember(`"extra":${many('[', 1_000_000)}${many(']', 1_000_000)}`), 'facts'],
  ['keys of prototypes', () => withMember('"__proto__":{"polluted":true,"action":"closed"},"constructor":{"prototype":{"polluted":true}},"toString":1,"hasOwnProperty":null'), 'facts'],
  ['keys of prototypes alone', () => '{"__proto__":{"action":"opened"},"constructor":null}', 'dead', NO_PAYLOAD],
  ['invalid UTF-8', () => bytes('{"action":"', 0xff, 0xfe), 'dead', /^the body is not valid UTF-8$/],
  ['half a character of UTF-8', () => bytes('{"action":"', 0xe2, 0x82), 'dead', /^the body is not valid UTF-8$/],
  ['NUL in a text', () => withTitle('"a\\u0000b"'), 'facts'],
  ['millions of NUL in a text', () => withTitle(`"${many('\\u0000', 3_000_000)}"`, 2), 'facts'],
  ['half a surrogate pair in a text', () => withTitle('"\\ud800"'), 'facts'],
  ['a NUL byte', () => '{"action":"\u0000"}', 'dead', NOT_JSON],
  ['an array of twenty megabytes', () => `[${'0,'.repeat(10_000_000)}0]`, 'dead', NO_PAYLOAD],
  ['twenty megabytes of an array beside a payload', () => withMember(`"extra":[${many('{},', 6_900_000)}{}]`), 'facts'],
  ['half a million keys', () => withMember(`"extra":{${Array.from({ length: 500_000 * PART }, (_, key) => `"k${String(key)}":0`).join(',')}}`), 'facts'],
  ['a number of a thousand digits where one is read', () => JSON.stringify(aPullRequestEvent('opened', { number: '@@' })).replace('"@@"', '9'.repeat(1_000)), 'dead', NO_PAYLOAD],
  ['a number of a thousand digits beside a payload', () => withMember(`"extra":${'9'.repeat(1_000)},"more":-0.${'1'.repeat(1_000)}e${'9'.repeat(1_000)}`), 'facts'],
  ['a number of twenty million digits', () => many('1', 20_000_000), 'dead', NO_PAYLOAD],
  ['a text of quotes that never ends, behind a long number', () => `[1234567890123456,"${many('\\"', 3_000_000)}`, 'dead', NOT_JSON],
  ['a text of millions of quotes beside a long number', () => withMember(`"id":1234567890123456789,"extra":"${many('\\"', 10_000_000)}"`), 'facts'],
  ['a form without payload', () => 'a=b&c=d', 'dead', /^the form has no field payload$/, FORM_TYPE],
  ['a form of JSON', () => JSON.stringify(aPullRequestEvent('opened')), 'dead', /^the form has no field payload$/, FORM_TYPE],
  ['a form of a million fields', () => many('a=b&', 1_000_000), 'dead', /^the form has no field payload$/, FORM_TYPE],
  ['a form whose payload ends in the middle', () => 'payload=%7B%22action%22', 'dead', NOT_JSON, FORM_TYPE],
  ['a form of broken escapes', () => 'payload=%7B%ZZ%FF', 'dead', NOT_JSON, FORM_TYPE],
  ['an empty object', () => '{}', 'dead', NO_PAYLOAD],
  ['an empty array', () => '[]', 'dead', NO_PAYLOAD],
  ['null', () => 'null', 'dead', NO_PAYLOAD],
  ['blanks', () => ' \n ', 'dead', NOT_JSON],
  ['XML', () => '<?xml version="1.0"?><action>opened</action>', 'dead', NOT_JSON, 'application/xml'],
  ['a payload called plain text', () => JSON.stringify(aPullRequestEvent('opened')), 'facts', null, 'text/plain; charset=latin1'],
  ['a payload of no type', () => JSON.stringify(aPullRequestEvent('opened')), 'facts', null, ''],
];

/** Events that nobody has, with bodies that can be read and that cannot. */
const EVENTS: readonly (readonly [event: string, body: string, outcome: Outcome, reason?: RegExp])[] = [
  ['__proto__', '{}', 'unknown'],
  ['constructor', '{"__proto__":1}', 'unknown'],
  ['not_invented_yet', JSON.stringify(aPullRequestEvent('opened')), 'unknown'],
  ['not_invented_yet', '{', 'dead', NOT_JSON],
];

/** Hostile webhooks, made one by one: together they take hundreds of megabytes. */
export function* hostileWebhooks(): Generator<HostileWebhook> {
  let count = 0;
  for (const [what, body, outcome, reason = null, contentType = JSON_TYPE] of BODIES) {
    yield { what, webhook: webhookOf(`hostile-${String(count++)}`, 'pull_request', body(), contentType), outcome, reason };
  }
  for (const [event, body, outcome, reason = null] of EVENTS) {
    yield { what: `the event ${event}`, webhook: webhookOf(`hostile-${String(count++)}`, event, body), outcome, reason };
  }
}
