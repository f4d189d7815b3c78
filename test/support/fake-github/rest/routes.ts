import { failure } from '../hooks.ts';
import { APP_ROUTES } from './app-routes.ts';
import { ISSUE_ROUTES } from './issue-routes.ts';
import { ORGANIZATION_ROUTES } from './organization-routes.ts';
import { PULL_ROUTES } from './pull-routes.ts';
import { REPOSITORY_ROUTES } from './repository-routes.ts';
import type { Route } from './router.ts';
import { USER_ROUTES } from './user-routes.ts';

/** What an Enterprise Server says that keeps no limits; where the fake keeps them, they answer before it. */
const RATE_LIMIT: Route = { name: 'GET /rate_limit', answer: () => failure(404, 'Rate limiting is not enabled.') };

/** The routes of REST that the fake answers; those of its layers are theirs. */
export const ROUTES: readonly Route[] = [...APP_ROUTES, ...REPOSITORY_ROUTES, ...PULL_ROUTES, ...ISSUE_ROUTES, ...ORGANIZATION_ROUTES, ...USER_ROUTES, RATE_LIMIT];
