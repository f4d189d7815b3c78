import { failure, json } from '../hooks.ts';
import { restEntity } from '../rest-schemas.ts';
import { accountPayload } from '../webhooks/entity-payloads.ts';
import type { Route } from './router.ts';

/** Whose personal tokens are. */
const HOLDER = { login: 'narrows-operator', id: 583_231_001, type: 'User' } as const;

/** The person behind a personal token; an App and its installations are nobody. */
export const USER_ROUTES: readonly Route[] = [
  {
    name: 'GET /user',
    answer: ({ call }) => (call.caller.kind === 'token' ? json(restEntity('public-user', { ...accountPayload(HOLDER), user_view_type: 'public' })) : failure(403, 'Resource not accessible by integration')),
  },
];
