import { failure, json, type FakeAnswer, type FakeCall, type MakeMiddleware } from './hooks.ts';
import { LOG_SECONDS, type DeliveryAttempt, type DeliveryRecord } from './delivery-record.ts';

/** What the log is, for the routes that show it. */
export interface DeliveryLogOptions {
  readonly record: DeliveryRecord;
}

const DETAIL = 'GET /app/hook/deliveries/{delivery_id}';
const REDELIVER = 'POST /app/hook/deliveries/{delivery_id}/attempts';
const LIST = 'GET /app/hook/deliveries';

/** A cursor says before which attempt its page begins. */
const CURSOR = /^v1_(\d+)$/;

/** The App's deliveries of the last three days, for the App alone: the list, newest first; one with what was sent; and sending again. */
export const deliveryLog: MakeMiddleware<DeliveryLogOptions> = (_parts, { record }) => ({
  routes: [LIST, DETAIL, REDELIVER],
  async answer(call, next) {
    if (![LIST, DETAIL, REDELIVER].includes(call.name)) return next(call);
    if (call.caller.kind !== 'app') return failure(401, 'A JSON web token could not be decoded');
    const since = call.at - LOG_SECONDS * 1000;
    if (call.name === LIST) return list(call, record.since(since));
    const id = /deliveries\/(\d+)/.exec(call.path)?.[1];
    const attempt = record.since(since).find((one) => one.id === id);
    if (attempt === undefined) return failure(404, 'Not Found');
    if (call.name === DETAIL) return rawJson(detailOf(attempt));
    record.redeliver(attempt.guid);
    return json({}, 202);
  },
});

function list(call: FakeCall, attempts: readonly DeliveryAttempt[]): FakeAnswer {
  const perPage = Math.min(100, Math.max(1, Number(call.query.get('per_page') ?? 30) || 30));
  const cursor = call.query.get('cursor');
  const before = cursor === null ? null : CURSOR.exec(cursor)?.[1];
  if (before === undefined) return failure(422, 'Invalid cursor');
  const wanted = attempts
    .filter((attempt) => isWanted(attempt, call.query))
    .filter(({ id }) => before === null || BigInt(id) < BigInt(before))
    .sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? 1 : -1));
  const page = wanted.slice(0, perPage);
  const last = page.at(-1);
  const query = new URLSearchParams(call.query);
  if (last !== undefined) query.set('cursor', `v1_${last.id}`);
  const url = `${call.root}${call.path}?${query.toString()}`;
  return rawJson(`[${page.map(listed).join(',')}]`, wanted.length > page.length ? { link: `<${url}>; rel="next"` } : {});
}

function isWanted(attempt: DeliveryAttempt, query: URLSearchParams): boolean {
  const [status, redelivery] = [query.get('status'), query.get('redelivery')];
  const isSuccess = attempt.statusCode >= 200 && attempt.statusCode < 300;
  return (status === null || (status === 'success') === isSuccess) && (redelivery === null || (redelivery === 'true') === attempt.isRedelivery);
}

/** Ids go beyond 2^53, which `JSON.stringify` cannot write: the texts of objects are put together instead. */
function listed(attempt: DeliveryAttempt): string {
  return `{"id":${attempt.id},${JSON.stringify(partsOf(attempt)).slice(1)}`;
}

function partsOf(attempt: DeliveryAttempt): Readonly<Record<string, unknown>> {
  const { guid, event, action, statusCode, isRedelivery } = attempt;
  return {
    guid,
    delivered_at: new Date(attempt.deliveredAt).toISOString(),
    redelivery: isRedelivery,
    duration: attempt.durationSeconds,
    status: attempt.status,
    status_code: statusCode,
    event,
    action,
    installation_id: attempt.installationId === null ? null : Number(attempt.installationId),
    repository_id: attempt.repositoryId,
    throttled_at: attempt.throttledAt === null ? null : new Date(attempt.throttledAt).toISOString(),
  };
}

/** The payload is an object here, not the bytes that were sent: whitespace and the form it came in are gone. */
function detailOf(attempt: DeliveryAttempt): string {
  const response = JSON.stringify({ headers: attempt.response === null ? null : attempt.response.headers, payload: attempt.response?.body ?? null });
  const request = `{"headers":${JSON.stringify(attempt.request.headers)},"payload":${attempt.request.payload ?? 'null'}}`;
  return `${listed(attempt).slice(0, -1)},"url":${JSON.stringify(attempt.url)},"request":${request},"response":${response}}`;
}

function rawJson(body: string, headers: Readonly<Record<string, string>> = {}): FakeAnswer {
  return { status: 200, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body };
}
