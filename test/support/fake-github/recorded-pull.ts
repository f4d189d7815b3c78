/** An account as REST writes it. Null, or the login `ghost`, for a deleted one. */
export interface RecordedAccount {
  readonly login: string;
  readonly id: number;
  readonly type: 'User' | 'Bot' | 'Organization' | 'Mannequin';
}

/** One item of a recorded timeline: what REST gives, text removed. Other fields stand as they were recorded. */
export interface RecordedEvent {
  readonly event: string;
  readonly id?: number;
  readonly sha?: string;
  /** ISO 8601, as all times of a recording. */
  readonly created_at?: string;
  readonly submitted_at?: string | null;
  readonly author_date?: string;
  readonly committer_date?: string;
  readonly actor?: RecordedAccount | null;
  readonly user?: RecordedAccount | null;
  readonly state?: string;
  readonly commit_id?: string | null;
  readonly requested_reviewer?: string | RecordedAccount;
  readonly requested_team?: string | { readonly slug: string; readonly id?: number };
  readonly assignee?: string | RecordedAccount;
  readonly label?: string | { readonly name: string };
  readonly milestone?: string | { readonly title: string };
  readonly lock_reason?: string | null;
  readonly reason?: string | null;
  readonly dismissed_review?: { readonly state?: string; readonly review_id?: number };
}

/** A comment on a line. */
export interface RecordedComment {
  readonly id: number;
  readonly created_at: string;
  readonly user?: RecordedAccount | null;
  readonly pull_request_review_id?: number | null;
  readonly in_reply_to_id?: number;
}

/** A line of `pulls.ndjson.gz`: a pull request as it was at last, with its whole timeline. */
export interface RecordedPull {
  readonly kind: 'pr' | 'issue';
  readonly number: number;
  readonly id: number;
  readonly title?: string;
  readonly user?: RecordedAccount | null;
  readonly state: 'open' | 'closed';
  readonly draft?: boolean;
  readonly created_at: string;
  readonly updated_at: string;
  readonly closed_at?: string | null;
  readonly merged_at?: string | null;
  readonly merge_commit_sha?: string | null;
  readonly additions?: number;
  readonly deletions?: number;
  readonly changed_files?: number;
  readonly commits?: number;
  readonly comments?: number;
  readonly base_ref?: string;
  readonly head_ref?: string;
  readonly head_sha?: string;
  readonly events: readonly RecordedEvent[];
  readonly review_comment_list?: readonly RecordedComment[];
}
