import type { Generated } from 'kysely';
import type { AccountType } from '#src/domain/account.ts';
import type { CollectedState, Installation } from '#src/domain/collection.ts';
import type { BodyFormat, Channel, Outcome } from '#src/domain/delivery.ts';
import type { TimeSource } from '#src/domain/event-kind.ts';
import type { Stage } from '#src/domain/wait.ts';
import type { MailState } from '#src/domain/outbox.ts';
import type {
  CollectionGapTable,
  CollectionHistoryTable,
  ExpectedCountTable,
  ListedPartsTable,
  LoggedDayTable,
  LoggedDeliveryTable,
  MissingDeliveryTable,
} from './completeness-tables.ts';

/** A value as a column holds it: instants are epoch ms, booleans 0 and 1, JSON is text. */
export type ColumnValue = string | number | null | Uint8Array;

/** Deliveries as they came; the inbox. */
export interface DeliveryTable {
  readonly id: Generated<number>;
  readonly guid: string;
  readonly channel: Channel;
  readonly event: string;
  readonly delivered_at: number;
  readonly taken_at: number | null;
  readonly format: BodyFormat;
  /** How the body is kept: as it came, until it was compressed. */
  readonly encoding: 'identity' | 'deflate';
  readonly body: Uint8Array;
  /** When it was put here: what retention counts from. */
  readonly stored_at: number;
}

/** Deliveries to be read once more although they were folded. */
export interface RereadTable {
  readonly id: Generated<number>;
  readonly delivery_id: number;
}

/** Named places in a sequence, and counters. */
export interface MarkTable {
  readonly name: string;
  readonly value: number;
}

/** What became of a delivery when it was last folded. */
export interface DeliveryOutcomeTable {
  readonly delivery_id: number;
  readonly event: string;
  readonly outcome: Outcome;
  readonly reason: string | null;
  readonly folded_at: number;
}

/** The greatest time at which an account was seen with a login and a type (`''`: none was said). */
export interface AccountSightingTable {
  readonly account_id: string;
  readonly login: string;
  readonly login_key: string;
  readonly type: AccountType | '';
  readonly seen_at: number;
}

/** Every name under which a repository was told of; `repository_id` is the key of the telling, so it may be `name:…`. */
export interface RepositoryNameTable {
  readonly repository_id: string;
  readonly full_name: string;
  readonly name_key: string;
  /** Null while the name was only mentioned, at no known time. */
  readonly first_seen_at: number | null;
  readonly last_seen_at: number | null;
  readonly deleted_at: number | null;
}

/** Which id a name belongs to; a name without a row here belongs to no id yet. */
export interface NameOwnerTable {
  readonly name_key: string;
  readonly repository_id: string;
}

/** Repositories as today's facts know them. */
export interface RepositoryTable {
  readonly id: string;
  readonly full_name: string;
  readonly name_key: string;
  readonly deleted_at: number | null;
}

/** One row a pull request (`docs/adr/0003-a-pull-request-is-one-row.md`). The plain columns follow from `attributes`. */
export interface PullRequestTable {
  readonly repository_id: string;
  readonly number: number;
  readonly author: string | null;
  readonly state: 'open' | 'closed' | 'merged';
  readonly draft: number | null;
  readonly title: string | null;
  readonly created_at: number | null;
  readonly closed_at: number | null;
  readonly merged_at: number | null;
  readonly updated_at: number | null;
  readonly additions: number | null;
  readonly deletions: number | null;
  readonly changed_files: number | null;
  readonly commits: number | null;
  readonly base_ref: string | null;
  readonly head_ref: string | null;
  readonly head_sha: string | null;
  readonly head_repository_id: string | null;
  /** All attributes known, as `evidence-codec.ts` writes them. */
  readonly attributes: string;
  /** All listings, sightings and deletions known, as `evidence-codec.ts` writes them. */
  readonly timeline: string;
  /** The evidence by the key it was told under, where that is not the row's own alone (`told-parts.ts`); else null. */
  readonly parts: string | null;
}

/** Pushes to branches, one row for each second in which a branch went from one commit to another. */
export interface PushTable {
  /** The key of the telling, so it may be `name:…`. */
  readonly repository_id: string;
  readonly branch: string;
  readonly before_sha: string;
  readonly after_sha: string;
  readonly pushed_second: number;
  readonly pushed_at: number;
  readonly at_from: TimeSource;
  readonly forced: number;
  readonly actor: string | null;
  /** JSON: the commits' shas. */
  readonly commits: string;
  readonly known_at: number;
  readonly known_by: string;
}

/** Teams as they were seen last. */
export interface TeamTable {
  readonly id: string;
  readonly organization: string;
  readonly slug: string;
  readonly name: string;
  readonly parent_id: string | null;
  readonly seen_at: number;
  readonly deleted_at: number | null;
}

/** What every transition says of its time. */
interface TransitionColumns {
  readonly changed_at: number;
  readonly at_from: TimeSource;
  readonly known_at: number;
  readonly known_by: string;
}

/** Who joined or left a team, and when. */
export interface TeamMembershipTable extends TransitionColumns {
  readonly team_id: string;
  readonly account: string;
  readonly is_member: number;
}

/** Which repository was given to a team or taken from it, and when. */
export interface TeamRepositoryTable extends TransitionColumns {
  readonly team_id: string;
  /** The key of the telling, so it may be `name:…`. */
  readonly repository_id: string;
  readonly has_access: number;
  readonly permission: string | null;
}

/** Who was made a collaborator of a repository, changed or removed, and when. */
export interface CollaboratorTable extends TransitionColumns {
  /** The key of the telling, so it may be `name:…`. */
  readonly repository_id: string;
  readonly account: string;
  readonly is_collaborator: number;
  readonly permission: string | null;
}

/** What was listed whole at one instant: the members of a team, the repositories it reaches, or the teams of an organisation. */
export interface TeamListingTable {
  /** The team's id; for `teams` the organisation's login in lower case. */
  readonly subject: string;
  readonly kind: 'members' | 'repositories' | 'teams';
  readonly taken_at: number;
  /** JSON, in order: account references; `[key of the telling, permission]`; ids of teams. */
  readonly content: string;
  readonly known_by: string;
}

/** Pull requests whose waits are to be computed again; `counter` is the number of the latest transaction that asked for it. */
export interface DirtySubjectTable {
  readonly repository_id: string;
  readonly number: number;
  readonly counter: number;
}

/** Pull requests that ask a team for a review: who is in a team matters to them alone. */
export interface TeamRequestTable {
  readonly repository_id: string;
  readonly number: number;
}

/** Waits as they were computed last. */
export interface WaitTable {
  readonly stage: Stage;
  readonly repository_id: string;
  readonly number: number;
  /** `''` where it waits on nobody in particular: part of the key. */
  readonly waits_on: string;
  readonly round: number;
  readonly started_at: number;
  readonly started_from: TimeSource;
  readonly ended_at: number | null;
  readonly ended_from: TimeSource | null;
  readonly paused_ms: number;
  /** JSON: the pauses with their times; null where there is none. */
  readonly pauses: string | null;
  readonly outcome: string | null;
  readonly reason: string | null;
  /** 1 where the policy leaves the pull request out of all figures. */
  readonly ignored: number;
}

/** How pull requests lived, as it was computed last. */
export interface PullRequestLifeTable {
  readonly repository_id: string;
  readonly number: number;
  readonly title: string | null;
  readonly author: string;
  readonly is_by_human: number;
  readonly ignored_for: string | null;
  readonly opened_at: number;
  readonly ended_at: number | null;
  readonly ended_by: 'merged' | 'closed' | null;
  /** JSON: `[place of the phase, entered at, left at]`. */
  readonly stays: string;
  /** JSON: `[from, to]`. */
  readonly moving: string;
  readonly policy_digest: string;
  /** Of life and waits together: what did not change is not written again. */
  readonly digest: string;
}

/** What was said of an account when waits were computed that rest on it. */
export interface AccountAnswerTable {
  readonly ref: string;
  readonly identity: string;
  readonly is_human: number;
}

/** The policy that waits were computed under. */
export interface ComputedPolicyTable {
  readonly name: string;
  readonly digest: string;
}

/** Mails on their way and those that have arrived; one row for a team, a recipient and a week. */
export interface OutboxTable {
  readonly team: string;
  readonly recipient: string;
  readonly week: string;
  readonly message_id: string;
  readonly sender: string;
  /** Null once it was sent. */
  readonly message: Uint8Array | null;
  readonly state: MailState;
  readonly attempts: number;
  readonly due_at: number | null;
  /** Until when whoever sends it may take; null while nobody does. */
  readonly held_until: number | null;
  readonly queued_at: number;
  readonly changed_at: number;
  readonly reason: string | null;
}

/** What one process at a time does, and who does it. */
export interface LeaseTable {
  readonly name: string;
  readonly holder: string;
  readonly until_at: number;
}

/** Who gives access to repositories. */
export interface CollectedInstallationTable {
  readonly id: string;
  readonly account: string;
  readonly account_type: 'Organization' | 'User';
  readonly state: Installation['state'];
  readonly state_at: number;
  /** JSON: levels by permission. */
  readonly permissions: string;
  /** JSON: event names. */
  readonly events: string;
}

/** Repositories that are collected from, or were. */
export interface CollectedRepositoryTable {
  readonly id: string;
  readonly node_id: string;
  readonly full_name: string;
  readonly installation_id: string;
  readonly state: CollectedState;
  readonly state_at: number;
}

/** How far a kind is collected in a repository. */
export interface CollectionProgressTable {
  readonly repository_id: string;
  readonly kind: string;
  readonly cursor: string | null;
  readonly done: number;
  readonly total: number | null;
  readonly collected_from_at: number | null;
  readonly wanted_from_at: number | null;
  readonly is_done: number;
  readonly swept_until_at: number | null;
}

/** What was seen last of each thing that is fetched whole. */
export interface SeenThingTable {
  readonly kind: string;
  readonly id: string;
  /** `''` where it belongs to no repository. */
  readonly repository_id: string;
  readonly version: string | null;
  readonly taken_at: number;
  readonly checked_at: number;
  readonly is_unfinished: number;
}

/** Steps that were applied to a database. */
export interface SchemaStepTable {
  readonly name: string;
  readonly breaking: number;
  readonly applied_at: number;
}

/** Every table of both databases; on SQLite the inbox's own (`deliveries`, `rereads`, `inbox_marks`, `outbox`, `leases`, `schedule_marks`, what the collector remembers and what is missing) live in a file of their own. */
export interface Schema {
  readonly schema_steps: SchemaStepTable;
  readonly deliveries: DeliveryTable;
  readonly rereads: RereadTable;
  readonly inbox_marks: MarkTable;
  readonly outbox: OutboxTable;
  readonly leases: LeaseTable;
  readonly schedule_marks: MarkTable;
  readonly collected_installations: CollectedInstallationTable;
  readonly collected_repositories: CollectedRepositoryTable;
  readonly collection_progress: CollectionProgressTable;
  readonly seen_things: SeenThingTable;
  readonly expected_counts: ExpectedCountTable;
  readonly listed_parts: ListedPartsTable;
  readonly collection_gaps: CollectionGapTable;
  readonly collection_histories: CollectionHistoryTable;
  readonly logged_deliveries: LoggedDeliveryTable;
  readonly logged_days: LoggedDayTable;
  readonly missing_deliveries: MissingDeliveryTable;
  readonly fact_marks: MarkTable;
  readonly delivery_outcomes: DeliveryOutcomeTable;
  readonly account_sightings: AccountSightingTable;
  readonly repository_names: RepositoryNameTable;
  readonly name_owners: NameOwnerTable;
  readonly repositories: RepositoryTable;
  readonly pull_requests: PullRequestTable;
  readonly pushes: PushTable;
  readonly teams: TeamTable;
  readonly team_memberships: TeamMembershipTable;
  readonly team_repositories: TeamRepositoryTable;
  readonly collaborators: CollaboratorTable;
  readonly team_listings: TeamListingTable;
  readonly dirty_subjects: DirtySubjectTable;
  readonly team_requests: TeamRequestTable;
  readonly waits: WaitTable;
  readonly pull_request_lives: PullRequestLifeTable;
  readonly account_answers: AccountAnswerTable;
  readonly computed_policy: ComputedPolicyTable;
}
