import { APP_ROUTES } from './app-routes.ts';
import { REPOSITORY_ROUTES } from './repository-routes.ts';
import type { Route } from './router.ts';

/** The routes of REST that the fake answers; those of its layers are theirs. */
export const ROUTES: readonly Route[] = [...APP_ROUTES, ...REPOSITORY_ROUTES];
