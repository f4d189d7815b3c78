import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { SchemaFilling, type Partly, type Schema } from '../schema-filling.ts';

const published: { readonly source: string; readonly components: { readonly schemas: Readonly<Record<string, Schema>> } } = JSON.parse(
  gunzipSync(readFileSync(new URL('../published/webhook-schemas.json.gz', import.meta.url))).toString('utf8'),
);

const filling = new SchemaFilling(published.components.schemas);

/** A payload of an event in GitHub's published shape, made of what is known of it. Events that the published selection lacks are refused. */
export function webhookPayload(event: string, known: Partly): Record<string, unknown> {
  return filling.fill(schemaName(event, known['action']), known);
}

/** What GitHub's published schema of an event finds wrong with a payload; empty for a valid one. */
export function webhookProblems(event: string, payload: Partly): readonly string[] {
  const validate = validatorOf(schemaName(event, payload['action']));
  if (validate(payload)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

function schemaName(event: string, action: unknown): string {
  return ['webhook', event, ...(typeof action === 'string' ? [action] : [])].join('-').replaceAll('_', '-');
}

let ajv: Ajv2020 | null = null;

function validatorOf(name: string): ValidateFunction {
  if (ajv === null) {
    ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(ajv);
    ajv.addSchema({ $id: 'webhooks', components: published.components });
  }
  const validate = ajv.getSchema(`webhooks#/components/schemas/${name}`);
  if (validate === undefined) throw new Error(`GitHub describes no ${name}.`);
  return validate;
}
