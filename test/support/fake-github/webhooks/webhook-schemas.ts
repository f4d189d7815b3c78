import { PublishedValidation, readPublished } from '../published-schemas.ts';
import { SchemaFilling, type Partly } from '../schema-filling.ts';

const published = readPublished('webhook-schemas.json.gz');
const filling = new SchemaFilling(published.components.schemas);
const validation = new PublishedValidation(published);

/** A payload of an event in GitHub's published shape, made of what is known of it. Events that the published selection lacks are refused. */
export function webhookPayload(event: string, known: Partly): Record<string, unknown> {
  return filling.fill(schemaName(event, known['action']), known);
}

/** What GitHub's published schema of an event finds wrong with a payload; empty for a valid one. */
export function webhookProblems(event: string, payload: Partly): readonly string[] {
  return validation.ofSchema(schemaName(event, payload['action']), payload);
}

function schemaName(event: string, action: unknown): string {
  return ['webhook', event, ...(typeof action === 'string' ? [action] : [])].join('-').replaceAll('_', '-');
}
