import { z } from 'zod';
import { savedQuery } from './saved-query.ts';

/** How many things a search (`search`) finds: `repo:octo/app is:pr created:2025-05-05..2025-05-11`. One point. */
export const searchCountQuery = savedQuery('search-count', z.object({ search: z.object({ issueCount: z.number().int().nonnegative() }) }));
