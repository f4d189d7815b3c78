/** The way a delivery came. */
export type Channel = 'webhook' | 'recording' | 'archive' | 'api';

/** How the body is written: as JSON, or as GitHub's form with the JSON in its field `payload`. */
export type BodyFormat = 'json' | 'form';

/** One raw thing as it came, before anything was made of it. */
export interface Delivery {
  /**
   * Its identity: the webhook's GUID, or for everything else `sha256:` and the digest of what it
   * is about and says. The same GUID stored twice is stored once.
   */
  readonly guid: string;
  readonly channel: Channel;
  /** GitHub's event name for a webhook (`pull_request`), else the id of the source that reads it. */
  readonly event: string;
  /** The earliest instant at which GitHub or we knew of it, epoch ms. */
  readonly deliveredAt: number;
  /** For a listing: when its first page was asked for, epoch ms. */
  readonly takenAt: number | null;
  readonly format: BodyFormat;
  /** The bytes as they came. */
  readonly body: Uint8Array;
}

/** A delivery whose payload is at hand already: reading it again from its body would give the same. */
export interface HeldDelivery extends Delivery {
  readonly payload: unknown;
}

/** A delivery in the inbox. */
export interface StoredDelivery extends Delivery {
  /** Its place in the inbox; later ones are larger. */
  readonly id: number;
  /** The parsed payload, where whoever stored it still holds it. */
  readonly held?: HeldDelivery;
}

/** What became of a delivery. */
export type Outcome = 'facts' | 'ignored' | 'unknown' | 'dead';

/** A delivery's end, with the reason where it made no facts. */
export interface DeliveryOutcome {
  readonly deliveryId: number;
  readonly event: string;
  readonly outcome: Outcome;
  /** Why it was ignored, or why it cannot be read; null for facts and unknown events. */
  readonly reason: string | null;
}
