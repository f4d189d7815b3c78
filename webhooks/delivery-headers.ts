import type { IncomingHttpHeaders } from 'node:http';
import { NarrowsError } from '#src/core/errors.ts';
import type { BodyFormat } from '#src/domain/delivery.ts';

/** GitHub sends a UUID. What begins like the digest of another channel's delivery could pass for it. */
const GUID = /^(?!sha256:)[\w.:-]{1,128}$/;

/** GitHub's events are words of lower case with underscores; a new one may look a little different. */
const EVENT = /^[\w.-]{1,100}$/;

/** What the headers of a delivery say about it. */
export interface DeliveryHeaders {
  readonly guid: string;
  readonly event: string;
  readonly format: BodyFormat;
}

/**
 * Reads a delivery's headers. A header that is absent, empty, sent twice, too long or of other characters than
 * GitHub uses makes the delivery incomplete: `NarrowsError('delivery-incomplete')` names it.
 */
export function deliveryHeaders(headers: IncomingHttpHeaders): DeliveryHeaders {
  return {
    guid: required(headers, 'X-GitHub-Delivery', GUID),
    event: required(headers, 'X-GitHub-Event', EVENT),
    format: isForm(headers['content-type']) ? 'form' : 'json',
  };
}

function required(headers: IncomingHttpHeaders, name: string, pattern: RegExp): string {
  const value = headers[name.toLowerCase()];
  if (typeof value === 'string' && pattern.test(value)) return value;
  const what = value === undefined || value === '' ? 'is missing' : 'is not one that GitHub sends';
  throw new NarrowsError('delivery-incomplete', `The header ${name} ${what}. Send the delivery with its headers as GitHub wrote them.`);
}

/** Whatever is no form is taken as JSON: what cannot be read is found out later, and kept until then. */
function isForm(contentType: string | undefined): boolean {
  return contentType !== undefined && /^\s*application\/x-www-form-urlencoded\s*(?:;|$)/i.test(contentType);
}
