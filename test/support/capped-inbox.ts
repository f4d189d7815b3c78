import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { systemClock } from '#src/core/clock.ts';
import type { Inbox } from '#src/domain/store.ts';
import { Database } from '#src/store/database.ts';
import { sqliteDialect } from '#src/store/dialect.ts';
import { GroupedInbox } from '#src/store/grouped-inbox.ts';
import { DatabaseInbox } from '#src/store/inbox.ts';
import { migrate } from '#src/store/migrations/migrate.ts';

/** A real inbox on SQLite whose disk can be made full: the database refuses to grow, with the very error of a full disk. */
export interface CappedInbox {
  readonly inbox: Inbox;
  readonly setRoom: (room: 'none' | 'plenty') => Promise<void>;
}

/** Opens such an inbox in a folder. */
export async function cappedInbox(dataDir: string): Promise<CappedInbox> {
  mkdirSync(dataDir, { recursive: true });
  const database = new Database(await sqliteDialect({ path: join(dataDir, 'inbox.sqlite'), durability: 'full', pageSize: 4096 }));
  await migrate(database, ['inbox'], systemClock);
  return {
    inbox: new GroupedInbox(new DatabaseInbox(database, systemClock)),
    async setRoom(room) {
      await sql`pragma max_page_count = ${sql.lit(room === 'none' ? 1 : 1_000_000)}`.execute(database.handle);
    },
  };
}
