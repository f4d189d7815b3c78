/** What was stored in a stretch of time. */
export interface StoredVolume {
  readonly deliveries: number;
  /** Of their bodies as they are kept now, compressed or not. */
  readonly bytes: number;
}

/** What a store says about itself, for whoever looks after it. */
export interface StoreHealth {
  /** What the engine finds damaged, in its own words; empty where all is well, null where the engine has no such check. Reads everything there is. */
  damage(): Promise<readonly string[] | null>;
  /** How large the databases are on disk, bytes. */
  size(): Promise<number>;
  /** What was stored since an instant (epoch ms) and is still kept. */
  storedSince(at: number): Promise<StoredVolume>;
}
