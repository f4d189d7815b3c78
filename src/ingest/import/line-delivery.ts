import { createHash } from 'node:crypto';
import { parseInstant } from '#src/core/instant.ts';
import { parseJson } from '#src/core/json.ts';
import type { HeldDelivery } from '#src/domain/delivery.ts';
import { largestTime } from './largest-time.ts';

/** What a line of an import is read with. */
export interface LineContext {
  /** `owner/name` of the repository a recording is of; recordings do not name it themselves. */
  readonly repository: string | null;
  /** When the recordings of the file were taken, epoch ms. */
  readonly takenAt: number;
  /** For a delivery that names no time at all. */
  readonly receivedAt: number;
}

/** The shapes of line that can be imported. */
export type LineShape = 'recording' | 'archive' | 'delivery';

/** A line as a delivery, or why it is none. */
export type LineReading =
  | { readonly shape: LineShape; readonly delivery: HeldDelivery }
  | { readonly problem: string };

const encoder = new TextEncoder();

/**
 * Makes a delivery of one line: a recording (a pull request with its timeline), an event of GH Archive,
 * or `{event, payload, guid?, delivered_at?}`. Its identity is a digest of what it says, unless the line
 * names one; so the same line imported twice is stored once.
 */
export function lineDelivery(text: string, context: LineContext): LineReading {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    return { problem: `is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  if (!isRecord(value)) return { problem: 'is no JSON object' };
  if (typeof value['kind'] === 'string' && Array.isArray(value['events'])) return recordingDelivery(text, value, context);
  if (isRecord(value['repo']) && typeof value['type'] === 'string') return archiveDelivery(text, value);
  if (typeof value['event'] === 'string' && isRecord(value['payload'])) return plainDelivery(value['event'], value['payload'], value, context);
  return { problem: 'is neither a recording (kind, events), nor a GH Archive event (type, repo), nor a delivery (event, payload)' };
}

function recordingDelivery(text: string, value: Readonly<Record<string, unknown>>, context: LineContext): LineReading {
  const { repository, takenAt } = context;
  if (repository === null) return { problem: 'is a recording, which does not name its repository: add --repository OWNER/NAME' };
  const delivery: HeldDelivery = {
    payload: { repository, recording: value },
    guid: digest('recording', repository.toLowerCase(), String(takenAt), text),
    channel: 'recording',
    event: 'recording',
    deliveredAt: takenAt,
    takenAt,
    format: 'json',
    body: encoder.encode(`{"repository":${JSON.stringify(repository)},"recording":${text}}`),
  };
  return { shape: 'recording', delivery };
}

function archiveDelivery(text: string, value: Readonly<Record<string, unknown>>): LineReading {
  const deliveredAt = parseInstant(value['created_at']);
  if (deliveredAt === null) return { problem: 'is a GH Archive event without created_at' };
  const id = value['id'];
  const guid = typeof id === 'string' && id !== '' ? `archive:${id}` : digest('archive', text);
  return { shape: 'archive', delivery: { guid, channel: 'archive', event: 'archive', deliveredAt, takenAt: null, format: 'json', body: encoder.encode(text), payload: value } };
}

function plainDelivery(
  event: string,
  payload: Readonly<Record<string, unknown>>,
  line: Readonly<Record<string, unknown>>,
  context: LineContext,
): LineReading {
  const said = line['delivered_at'];
  const deliveredAt = said === undefined || said === null ? (largestTime(payload) ?? context.receivedAt) : parseInstant(said);
  if (deliveredAt === null) return { problem: `has a delivered_at that is no instant: ${JSON.stringify(said)}` };
  const guid = line['guid'];
  if (guid !== undefined && guid !== null && (typeof guid !== 'string' || guid === '')) return { problem: 'has a guid that is no text' };
  const body = written(payload);
  if (body === null) return { problem: 'has a payload that is nested too deeply' };
  return {
    shape: 'delivery',
    delivery: {
      guid: typeof guid === 'string' ? guid : digest('delivery', event, body),
      channel: 'webhook',
      event,
      deliveredAt,
      takenAt: null,
      format: 'json',
      body: encoder.encode(body),
      payload,
    },
  };
}

/** The text of a parsed value; null where it is nested deeper than it can be written: reading has no such limit. */
function written(value: unknown): string | null {
  try {
    return JSON.stringify(value);
  } catch {
    return null;
  }
}

function digest(...parts: readonly string[]): string {
  return `sha256:${createHash('sha256').update(parts.join('\n')).digest('hex')}`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
