/**
 * Makes the recording that stands under `data/recordings/bitcoin-core-gui` from the raw one, so that a fresh clone can
 * test against the real world without carrying anybody's words or names.
 *
 *   node scripts/derive-recording.mjs RAW_FOLDER [TARGET_FOLDER]
 *
 * RAW_FOLDER holds `pulls.ndjson.gz`, `issues.ndjson.gz`, `history/pulls.DATE.ndjson.gz` and the values that three peers
 * computed from them (`expected_*`). What is kept: times, ids, counts, states. Accounts, labels and milestones become
 * numbers (`account-17`, whose id is 17 too); an account seen with an older login keeps its number and gets a second
 * login (`account-17-earlier`). A ghost stays a ghost, null stays null, the type of an account stays.
 *
 * The older snapshots are stored without the pull requests that say the same in the next one: whoever wants the whole
 * snapshot takes those from there, among the pull requests created by then, less those that `about.json` says it
 * lacked (GitHub hides a pull request while its author is suspended). The script checks that this gives the snapshot
 * back, line by line, and that no raw login is left in what it wrote.
 */
import { Buffer } from 'node:buffer';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv, exit, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';

const REPOSITORY = 'bitcoin-core/gui';
const [raw, target = fileURLToPath(new URL('../data/recordings/bitcoin-core-gui/', import.meta.url))] = argv.slice(2);
if (raw === undefined) {
  stdout.write('usage: node scripts/derive-recording.mjs RAW_FOLDER [TARGET_FOLDER]\n');
  exit(2);
}

/** Numbers in order of first sight, so that the same input gives the same output. */
class Numbers {
  #prefix;
  #known = new Map();

  constructor(prefix) {
    this.#prefix = prefix;
  }

  number(key) {
    if (!this.#known.has(key)) this.#known.set(key, this.#known.size + 1);
    return this.#known.get(key);
  }

  name(key) {
    return `${this.#prefix}-${String(this.number(key))}`;
  }
}

/** Accounts by GitHub's id; logins that only ever stood alone are accounts of their own. */
class Accounts {
  #numbers = new Numbers('account');
  #idOfLogin = new Map();
  #newest = new Map();
  #earlier = new Map();

  /** Learns that `id` used `login` on something last changed at `at`. */
  see({ id, login }, at) {
    if (isGhost(login)) return;
    this.#idOfLogin.set(login.toLowerCase(), id);
    const known = this.#newest.get(id);
    if (known === undefined || at > known.at) this.#newest.set(id, { login, at });
  }

  /** Learns that two logins are one account, by a peer's own table. */
  alias(older, newer) {
    const id = this.#idOfLogin.get(newer.toLowerCase()) ?? this.#idOfLogin.get(older.toLowerCase());
    if (id === undefined) return;
    this.#idOfLogin.set(older.toLowerCase(), id);
    this.#idOfLogin.set(newer.toLowerCase(), id);
  }

  login(login) {
    if (isGhost(login)) return 'ghost';
    const id = this.#idOfLogin.get(login.toLowerCase());
    const name = this.#numbers.name(id ?? login.toLowerCase());
    const newest = id === undefined ? undefined : this.#newest.get(id);
    return newest === undefined || newest.login.toLowerCase() === login.toLowerCase() ? name : `${name}${this.#earlierSuffix(id, login)}`;
  }

  /** The account's newest name, whichever of its logins is given: how peers that know the rename write it. */
  newestName(login) {
    return isGhost(login) ? 'ghost' : this.#numbers.name(this.#idOfLogin.get(login.toLowerCase()) ?? login.toLowerCase());
  }

  object(account) {
    if (account === null) return null;
    if (isGhost(account.login)) return { login: 'ghost', id: account.id, type: account.type };
    return { login: this.login(account.login), id: this.#numbers.number(account.id), type: account.type };
  }

  #earlierSuffix(id, login) {
    const earlier = this.#earlier.get(id) ?? [];
    this.#earlier.set(id, earlier);
    if (!earlier.includes(login.toLowerCase())) earlier.push(login.toLowerCase());
    const place = earlier.indexOf(login.toLowerCase());
    return place === 0 ? '-earlier' : `-earlier-${String(place + 1)}`;
  }
}

function isGhost(login) {
  return login.toLowerCase() === 'ghost';
}

const readJsonLines = (path) => gunzipSync(readFileSync(join(raw, path))).toString('utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
const readText = (path) => gunzipSync(readFileSync(join(raw, path))).toString('utf8');

const SNAPSHOT = /^pulls\.\d{4}-\d{2}-\d{2}\.ndjson\.gz$/;
const final = readJsonLines('pulls.ndjson.gz');
const older = readdirSync(join(raw, 'history')).filter((name) => SNAPSHOT.test(name)).sort().map((name) => ({ name, pulls: readJsonLines(join('history', name)) }));
const issues = readJsonLines('issues.ndjson.gz');

const accounts = new Accounts();
for (const pulls of [final, ...older.map(({ pulls }) => pulls), issues]) {
  for (const pull of pulls) for (const account of accountsOf(pull)) accounts.see(account, pull.updated_at);
}
accounts.alias('MarcoFalke', 'maflcko');
accounts.alias('TheCharlatan', 'sedited');
const labels = new Numbers('label');
const milestones = new Numbers('milestone');

function accountsOf({ user, events, review_comment_list: comments = [] }) {
  const all = [user, ...events.flatMap((event) => [event.user, event.actor, event.assignee, event.requested_reviewer]), ...comments.map((comment) => comment.user)];
  return all.filter((account) => typeof account === 'object' && account !== null);
}

/** Copies the members of `source` that are there. */
function pick(source, keys) {
  return Object.fromEntries(keys.filter((key) => source[key] !== undefined).map((key) => [key, source[key]]));
}

function person(value) {
  return typeof value === 'string' ? accounts.login(value) : accounts.object(value);
}

/** A pull request without a word of anyone. */
function derivedPull(pull) {
  const sizes = ['additions', 'deletions', 'changed_files', 'commits', 'comments', 'base_ref', 'head_sha'];
  return {
    ...pick(pull, ['kind', 'number', 'id']),
    user: person(pull.user),
    ...pick(pull, ['state', 'draft', 'created_at', 'updated_at', 'closed_at', 'merged_at', 'merge_commit_sha', ...sizes]),
    events: pull.events.map(derivedEvent),
    review_comment_list: pull.review_comment_list.map((comment) => ({ ...pick(comment, ['id', 'created_at', 'pull_request_review_id']), user: person(comment.user) })),
  };
}

/** Kinds whose `commit_id` is part of what happened. */
const ABOUT_A_COMMIT = ['head_ref_force_pushed', 'merged', 'referenced'];

/** Kinds that GitHub gives an id which outlives a listing. */
const WITH_ID = ['commented', 'reviewed'];

function derivedEvent(event) {
  const kept = pick(event, ['event', 'sha', 'author_date', 'committer_date', 'created_at', 'submitted_at', 'state', 'lock_reason', 'dismissed_review']);
  if (WITH_ID.includes(event.event)) kept.id = event.id;
  if (ABOUT_A_COMMIT.includes(event.event) && event.commit_id !== undefined) kept.commit_id = event.commit_id;
  for (const key of ['user', 'actor', 'requested_reviewer', 'assignee']) if (event[key] !== undefined) kept[key] = person(event[key]);
  if (event.requested_team !== undefined) throw new Error('a team was asked: teams need a number of their own');
  if (event.label !== undefined) kept.label = labels.name(event.label.toLowerCase());
  if (event.milestone !== undefined) kept.milestone = milestones.name(event.milestone);
  return kept;
}

function largestUpdate(pulls) {
  return pulls.map((pull) => pull.updated_at).sort().at(-1);
}

/** The lines that the next snapshot does not repeat, and the numbers it has too many; throws unless the rest can be taken from it. */
function changedLines(lines, next, takenAt) {
  const changed = new Map([...lines].filter(([number, line]) => next.get(number) !== line));
  const created = [...next].filter(([, line]) => JSON.parse(line).created_at <= takenAt);
  const lacking = created.map(([number]) => number).filter((number) => !lines.has(number));
  const rebuilt = created.filter(([number]) => !lacking.includes(number)).map(([number, line]) => changed.get(number) ?? line);
  if (rebuilt.join('\n') !== [...lines.values()].join('\n')) throw new Error(`the snapshot taken at ${takenAt} cannot be rebuilt from the next one`);
  return { stored: [...changed.values()], lacking };
}

const linesOf = (pulls) => new Map(pulls.map((pull) => [pull.number, JSON.stringify(derivedPull(pull))]));
const finalLines = linesOf(final);
const snapshots = [{ file: 'pulls.ndjson.gz', takenAt: largestUpdate(final), pullRequests: final.length, lines: finalLines, stored: [...finalLines.values()], lacking: [] }];
for (const { name, pulls } of older.toReversed()) {
  const takenAt = largestUpdate(pulls);
  const lines = linesOf(pulls);
  snapshots.unshift({ file: name, takenAt, pullRequests: pulls.length, lines, ...changedLines(lines, snapshots[0].lines, takenAt) });
}

/** Rows of a peer's CSV, the given columns only. */
function csvColumns(path, columns, isKept) {
  const [header, ...rows] = readText(path).trim().split(/\r?\n/).map((line) => line.split(','));
  const kept = rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index]]))).filter(isKept);
  return `${[columns, ...kept.map((row) => columns.map((column) => row[column]))].map((row) => row.join(',')).join('\n')}\n`;
}

/** A peer's value with every login and label in it replaced: `place` is the path of keys to it. */
function anonymous(value, place = []) {
  const inTimeframe = place[0] === 'timeframes' ? place[2] : place[0];
  if (Array.isArray(value)) return value.map((item) => (PEOPLE_LISTS.has(inTimeframe) ? accounts.newestName(item) : item));
  if (typeof value === 'string') return place[0] === 'pr_activity' && place[2] === 'author' ? accounts.newestName(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  const names = namesOfKeys(inTimeframe, place.length);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [names(key), anonymous(member, [...place, key])]));
}

const PEOPLE_LISTS = new Set(['merge_access_users', 'unique_authors', 'no_merge_authors', 'first_time_authors']);
const PEOPLE_BY_PERIOD = new Set(['prolific_commenter_details', 'merges_by_actor', 'prs_by_author']);
const LABELS_BY_PERIOD = new Set(['label_counts_pr', 'label_counts_issue']);

function namesOfKeys(topic, depth) {
  if (topic === 'contributor_stats' && depth === 3) return (login) => accounts.newestName(login);
  if (PEOPLE_BY_PERIOD.has(topic) && depth === 4) return (login) => accounts.newestName(login);
  if (LABELS_BY_PERIOD.has(topic) && depth === 4) return (label) => labels.name(label.toLowerCase());
  return (key) => key;
}

/** How often whom commented on issues, by month: the share of a peer's cells that pull requests cannot give. */
function issueComments() {
  const counts = new Map();
  for (const event of issues.flatMap((issue) => issue.events)) {
    if (event.event !== 'commented' || event.user === null) continue;
    const key = `${event.created_at.slice(0, 7)},${accounts.newestName(event.user.login)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const rows = [...counts].map(([key, count]) => `${key},${String(count)}`).sort();
  return `month,account,comments\n${rows.join('\n')}\n`;
}

const dergoegge = anonymous(JSON.parse(readText('expected_peer_dergoegge.json.gz')));
const ISSUE_METRICS = ['number', 'time_to_first_response_s', 'time_to_first_response_ignoring_DrahtBot_s', 'time_to_close_s', 'time_to_merge_s', 'ready_for_review_at', 'time_in_draft_s', 'note'];
const DEVLAKE = ['pr', 'pr_coding_time_min', 'pr_pickup_time_min', 'pr_review_time_min', 'pr_cycle_time_min_no_deploy', 'has_ghost_user'];
const summary = JSON.parse(readFileSync(join(raw, 'expected_github_issue_metrics_summary.json'), 'utf8'))[`${REPOSITORY} pr`];
const about = {
  repository: REPOSITORY,
  snapshots: snapshots.map(({ file, takenAt, pullRequests, stored, lacking }) => ({ file, taken_at: takenAt, pull_requests: pullRequests, stored: stored.length, lacking })),
  peers: { ignored_bot: accounts.newestName('DrahtBot'), renamed: [accounts.newestName('maflcko'), accounts.newestName('sedited')] },
};

const written = [
  ...snapshots.map(({ file, stored }) => [file, `${stored.join('\n')}\n`]),
  ['expected/issue-metrics.csv.gz', csvColumns('expected_github_issue_metrics.csv.gz', ISSUE_METRICS, (row) => row.kind === 'pr').replace('_ignoring_DrahtBot_s', '_ignoring_bot_s')],
  ['expected/issue-metrics-summary.json', `${JSON.stringify(summary, null, 2)}\n`],
  ['expected/devlake.csv.gz', csvColumns('expected_devlake_formula.csv.gz', DEVLAKE, () => true)],
  ['expected/dergoegge.json.gz', `${JSON.stringify(dergoegge)}\n`],
  ['expected/issue-comments.csv.gz', issueComments()],
  ['about.json', `${JSON.stringify(about, null, 2)}\n`],
];

const everyone = new Set([final, ...older.map(({ pulls }) => pulls), issues].flatMap((pulls) => pulls.flatMap(accountsOf)).map(({ login }) => login));
const everything = written.map(([, text]) => text).join('\n');
const words = new Set(everything.replaceAll(REPOSITORY, '').match(/[\w-]+/g));
const leaked = [...everyone].filter((login) => words.has(login) && !isGhost(login));
if (leaked.length > 0) throw new Error(`these logins are left in the output: ${leaked.join(', ')}`);

mkdirSync(join(target, 'expected'), { recursive: true });
let size = 0;
for (const [file, text] of written) {
  const bytes = file.endsWith('.gz') ? gzipSync(text, { level: 9 }) : Buffer.from(text);
  writeFileSync(join(target, file), bytes);
  size += bytes.length;
  stdout.write(`${file.padEnd(40)} ${String(bytes.length).padStart(8)} bytes\n`);
}
stdout.write(`${'together'.padEnd(40)} ${String(size).padStart(8)} bytes\n`);
