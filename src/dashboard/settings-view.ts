import type { PolicyMatches } from '#src/domain/policy-matches.ts';
import type { MailState } from '#src/domain/outbox.ts';
import type { FrameView } from './frame-view.ts';

/** A rule of the policy file with where it stands there: `line 12`, `default` for what the file does not say. */
export interface PlacedRuleView {
  readonly key: string;
  readonly rule: string;
  readonly where: string;
}

/** A rule and the names it matches. */
export interface RuleView extends PlacedRuleView {
  readonly names: readonly string[];
}

/** A rule that leaves pull requests out. */
export interface IgnoreRuleView extends PlacedRuleView {
  readonly by: string;
  readonly pullRequests: number;
}

/** A team and what is its own. */
export interface TeamView extends PlacedRuleView {
  readonly name: string;
  readonly rules: readonly RuleView[];
  readonly fromGitHub: readonly string[];
  readonly calendar: string | null;
}

/** A calendar and who keeps it. */
export interface CalendarView extends PlacedRuleView {
  readonly zone: string;
  readonly isOrganizations: boolean;
  readonly hours: string;
  readonly holidays: number;
  readonly repositories: readonly string[];
  readonly teams: readonly string[];
}

/** Who gets a team's mail, when, and what became of the last. */
export interface RecipientView extends PlacedRuleView {
  readonly team: string;
  readonly mail: string;
  readonly slot: string;
  readonly zone: string;
  /** When the next one goes out, epoch ms; null where no mail server is set. */
  readonly nextAt: number | null;
  /** What became of the last one; null before the first. */
  readonly last: { readonly week: string; readonly state: MailState; readonly at: number; readonly reason: string | null } | null;
}

/** A permission that an installation lacks, and what stays dark without it. */
export interface LackingView {
  readonly title: string;
  readonly without: string;
}

/** An installation of the App. */
export interface InstallationView {
  readonly id: string;
  readonly account: string;
  readonly state: 'active' | 'suspended' | 'removed';
  readonly stateAt: number;
  readonly granted: readonly string[];
  readonly lacking: readonly LackingView[];
  /** Where its owner looks after it on GitHub. */
  readonly href: string;
}

/** How Narrows is connected to GitHub. */
export interface ConnectionView {
  /** `app` by an App, `token` by somebody's token, `webhooks` where GitHub only delivers, `none` where nothing is connected. */
  readonly kind: 'app' | 'token' | 'webhooks' | 'none';
  /** The App's slug where it is known, and its page. */
  readonly app: { readonly slug: string; readonly href: string } | null;
  readonly host: string;
  /** Whether GitHub delivers webhooks. */
  readonly isDelivered: boolean;
  readonly installations: readonly InstallationView[];
  readonly heardAt: number | null;
}

/** The policy file. */
export interface PolicyFileView {
  readonly path: string;
  /** Whether it says something else by now than what is in use. */
  readonly hasChanged: boolean;
}

/** The page Settings. */
export interface SettingsView {
  readonly frame: FrameView;
  readonly connection: ConnectionView;
  readonly file: PolicyFileView | null;
  readonly include: readonly RuleView[];
  readonly exclude: readonly RuleView[];
  readonly repositories: Pick<PolicyMatches, 'collected' | 'notCollected'>;
  readonly ignore: readonly IgnoreRuleView[];
  readonly leftOut: number;
  /** Whether rules that leave pull requests out are applied already. */
  readonly isInForce: boolean;
  readonly teams: readonly TeamView[];
  readonly calendars: readonly CalendarView[];
  readonly production: readonly PlacedRuleView[];
  readonly bots: { readonly rules: readonly RuleView[]; readonly fromList: readonly string[]; readonly fromGitHub: readonly string[] };
  readonly recipients: readonly RecipientView[];
  readonly sendsMail: boolean;
}
