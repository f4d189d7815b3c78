import type { Clock } from '#src/core/clock.ts';
import type { ClaimedMail, MailKey, MailResult, NewMail, Outbox, OutboxLine } from '#src/domain/outbox.ts';
import type { Database } from './database.ts';
import type { Handle } from './dialect.ts';
import type { OutboxTable } from './schema.ts';

const LINE_COLUMNS = ['team', 'recipient', 'week', 'message_id', 'state', 'attempts', 'due_at', 'changed_at', 'reason'] as const;

/** The outbox in a table. Every change of a state names the state it comes from, so that of two that try at once one fails. */
export class DatabaseOutbox implements Outbox {
  readonly #database: Database;
  readonly #swift: () => Promise<Database>;
  readonly #clock: Clock;

  /**
   * `swift` is the same database by a connection whose commits survive the end of the process and need not
   * survive a power cut: between that commit and the last line of a mail there must be as little time as can be.
   */
  constructor(database: Database, swift: () => Promise<Database>, clock: Clock) {
    this.#database = database;
    this.#swift = swift;
    this.#clock = clock;
  }

  async enqueue(mail: NewMail): Promise<boolean> {
    const nowAt = this.#clock.now();
    const row = {
      ...keyOf(mail),
      message_id: mail.messageId,
      sender: mail.sender,
      message: mail.message,
      state: 'queued',
      attempts: 0,
      due_at: nowAt,
      held_until: null,
      queued_at: nowAt,
      changed_at: nowAt,
      reason: null,
    } as const;
    return this.#database.transact(async (transaction) => {
      const result = await transaction
        .insertInto('outbox')
        .values(row)
        .onConflict((conflict) => conflict.columns(['team', 'recipient', 'week']).doNothing())
        .executeTakeFirst();
      return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
    });
  }

  async line(key: MailKey): Promise<OutboxLine | null> {
    const row = await whereKey(this.#database.handle.selectFrom('outbox').select(LINE_COLUMNS), key).executeTakeFirst();
    return row === undefined ? null : lineOf(row);
  }

  async lines(sinceAt: number): Promise<OutboxLine[]> {
    const rows = await this.#database.handle
      .selectFrom('outbox')
      .select(LINE_COLUMNS)
      .where((where) => where.or([where('changed_at', '>=', sinceAt), where('state', 'in', ['queued', 'sending', 'handing-over'])]))
      .orderBy('changed_at')
      .orderBy('team')
      .orderBy('recipient')
      .orderBy('week')
      .execute();
    return rows.map(lineOf);
  }

  async claim(seconds: number, only?: MailKey): Promise<ClaimedMail | null> {
    const nowAt = this.#clock.now();
    return this.#database.transact(async (transaction) => {
      let query = transaction
        .selectFrom('outbox')
        .select(['team', 'recipient', 'week', 'message_id', 'sender', 'message', 'state', 'attempts'])
        .where((where) =>
          where.or([
            where.and([where('state', '=', 'queued'), where('due_at', '<=', nowAt)]),
            where.and([where('state', '=', 'sending'), where('held_until', '<=', nowAt)]),
          ]),
        );
      if (only !== undefined) query = whereKey(query, only);
      const found = await query.orderBy('due_at').orderBy('team').orderBy('recipient').orderBy('week').limit(1).executeTakeFirst();
      if (found?.message == null) return null;
      const attempt = found.attempts + 1;
      const held = await this.#move(transaction, found, [found.state], found.attempts, { state: 'sending', attempts: attempt, held_until: nowAt + seconds * 1000 });
      return held ? { ...keyOf(found), messageId: found.message_id, sender: found.sender, message: found.message, attempt } : null;
    });
  }

  async handOver(mail: ClaimedMail, seconds: number): Promise<boolean> {
    const heldUntil = this.#clock.now() + seconds * 1000;
    const swift = await this.#swift();
    return swift.transact((transaction) => this.#move(transaction, mail, ['sending'], mail.attempt, { state: 'handing-over', held_until: heldUntil }));
  }

  async settle(mail: ClaimedMail, result: MailResult): Promise<void> {
    const change = {
      state: result.state,
      due_at: result.state === 'queued' ? result.dueAt : null,
      held_until: null,
      reason: result.state === 'sent' ? null : result.reason,
      ...(result.state === 'sent' ? { message: null } : {}),
    };
    await this.#database.transact((transaction) => this.#move(transaction, mail, ['sending', 'handing-over', 'unconfirmed'], mail.attempt, change));
  }

  async giveUp(reason: string): Promise<OutboxLine[]> {
    const nowAt = this.#clock.now();
    return this.#database.transact(async (transaction) => {
      const overdue = await transaction
        .selectFrom('outbox')
        .select(LINE_COLUMNS)
        .where('state', '=', 'handing-over')
        .where('held_until', '<=', nowAt)
        .orderBy('changed_at')
        .execute();
      const marked: OutboxLine[] = [];
      for (const row of overdue) {
        const change = { state: 'unconfirmed', due_at: null, held_until: null, reason } as const;
        if (await this.#move(transaction, row, ['handing-over'], row.attempts, change)) marked.push(lineOf({ ...row, ...change, changed_at: nowAt }));
      }
      return marked;
    });
  }

  async again(key: MailKey): Promise<boolean> {
    const nowAt = this.#clock.now();
    return this.#database.transact(async (transaction) => {
      const found = await whereKey(transaction.selectFrom('outbox').select(['attempts', 'team', 'recipient', 'week']), key).executeTakeFirst();
      if (found === undefined) return false;
      return this.#move(transaction, found, ['failed', 'unconfirmed'], found.attempts, { state: 'queued', due_at: nowAt, held_until: null, reason: null });
    });
  }

  /** Changes a line that is in one of these states and was tried so often; whether it was. */
  async #move(transaction: Handle, key: MailKey, from: readonly OutboxTable['state'][], attempts: number, change: Partial<OutboxTable>): Promise<boolean> {
    const result = await transaction
      .updateTable('outbox')
      .set({ ...change, changed_at: this.#clock.now() })
      .where('team', '=', key.team)
      .where('recipient', '=', key.recipient)
      .where('week', '=', key.week)
      .where('state', 'in', from)
      .where('attempts', '=', attempts)
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  }
}

function whereKey<T extends { where(column: 'team' | 'recipient' | 'week', operator: '=', value: string): T }>(query: T, key: MailKey): T {
  return query.where('team', '=', key.team).where('recipient', '=', key.recipient).where('week', '=', key.week);
}

function keyOf({ team, recipient, week }: MailKey): MailKey {
  return { team, recipient, week };
}

function lineOf(row: Pick<OutboxTable, (typeof LINE_COLUMNS)[number]>): OutboxLine {
  return {
    ...keyOf(row),
    messageId: row.message_id,
    state: row.state,
    attempts: row.attempts,
    dueAt: row.due_at,
    changedAt: row.changed_at,
    reason: row.reason,
  };
}
