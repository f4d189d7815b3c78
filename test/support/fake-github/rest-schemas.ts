import { PublishedValidation, readPublished } from './published-schemas.ts';
import { SchemaFilling, type Partly } from './schema-filling.ts';

const published = readPublished('rest-schemas.json.gz');
const filling = new SchemaFilling(published.components.schemas);
const validation = new PublishedValidation(published);

/** An entity of REST in GitHub's published shape (`pull-request`, `full-repository`), made of what is known of it. */
export function restEntity(name: string, known: Partly): Record<string, unknown> {
  return filling.fill(name, known);
}

/** What GitHub's description of a route (`GET /rate_limit`) finds wrong with an answer that succeeded; empty for a valid one. */
export function restProblems(route: string, body: unknown): readonly string[] {
  return validation.ofAnswer(route, body);
}
