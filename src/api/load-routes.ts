import { loadCatalogue } from '#src/core/catalogue.ts';
import { isRoute, type Route } from './contract/route.ts';

/** The routes of the API: one file each under `routes/`. */
export function loadRoutes(): Promise<ReadonlyMap<string, Route>> {
  return loadCatalogue(new URL('./routes/', import.meta.url), isRoute);
}
