import type { AccountDirectory } from '../account.ts';
import { distinction, type PullRequestEvidence, type Sighting, type TargetRef } from './evidence.ts';
import type { TimelineEvent } from './event.ts';
import { pairInOrder } from './pairing.ts';
import { goneSince } from './standing.ts';

/**
 * The events that sightings amount to: those with an id stand for themselves; of the others two at one
 * second are one, and an observed one within 60 s of a listed one of its kind and target is that one.
 */
export function meetSightings(evidence: PullRequestEvidence, accounts: AccountDirectory): TimelineEvent[] {
  const events: TimelineEvent[] = [];
  const groups = new Map<string, TimelineEvent[]>();
  for (const [key, raw] of Object.entries(evidence.sightings)) {
    const sighting = canonicalSighting(raw, accounts);
    const event = toEvent(sighting, goneSince(sighting, evidence.listings, evidence.deletions[key] ?? null));
    if (sighting.id !== null) {
      events.push(event);
      continue;
    }
    const side = sighting.listed === null ? 'observed' : 'listed';
    const group = `${side}|${sighting.kind}|${distinction(sighting)}`;
    const members = groups.get(group);
    if (members === undefined) groups.set(group, [event]);
    else members.push(event);
  }
  for (const [group, members] of groups) {
    if (group.startsWith('observed|')) continue;
    const observed = `observed|${group.slice('listed|'.length)}`;
    events.push(...meetObserved(onePerSecond(members), onePerSecond(groups.get(observed) ?? [])));
    groups.delete(observed);
  }
  for (const [group, members] of groups) {
    if (group.startsWith('observed|')) events.push(...onePerSecond(members));
  }
  return events;
}

function canonicalSighting(sighting: Sighting, accounts: AccountDirectory): Sighting {
  const actor = sighting.actor === null ? null : accounts.canonical(sighting.actor);
  const target = sighting.detail.target;
  if (target === undefined) return actor === sighting.actor ? sighting : { ...sighting, actor };
  return { ...sighting, actor, detail: { ...sighting.detail, target: canonicalTarget(target, accounts) } };
}

/** A target that names an account is compared by account. */
function canonicalTarget(target: TargetRef, accounts: AccountDirectory): TargetRef {
  return target.startsWith('@') ? accounts.canonical(target) : target;
}

function toEvent(sighting: Sighting, goneAt: number | null): TimelineEvent {
  const { kind, id, actor, at, atFrom, knownAt, knownBy } = sighting;
  return { kind, id, actor, at, atFrom, detail: eventDetail(sighting), knownAt, knownBy, goneAt };
}

function eventDetail(sighting: Sighting): TimelineEvent['detail'] {
  const state = sighting.givenState ?? sighting.detail.state;
  return state === undefined ? sighting.detail : { ...sighting.detail, state };
}

/** In order of time, one a second: the standing one, else the one known first. */
function onePerSecond(events: readonly TimelineEvent[]): TimelineEvent[] {
  if (events.length === 1) return [...events];
  const bySecond = new Map<number, TimelineEvent>();
  for (const event of events) {
    const second = Math.floor(event.at / 1000);
    const other = bySecond.get(second);
    bySecond.set(second, other === undefined ? event : oneOf(other, event));
  }
  return [...bySecond.values()].sort((a, b) => a.at - b.at);
}

function oneOf(a: TimelineEvent, b: TimelineEvent): TimelineEvent {
  if ((a.goneAt === null) !== (b.goneAt === null)) return withEarlierKnowledge(a.goneAt === null ? a : b, a.goneAt === null ? b : a);
  const order = a.at - b.at || a.knownAt - b.knownAt || (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
  return order <= 0 ? withEarlierKnowledge(a, b) : withEarlierKnowledge(b, a);
}

function withEarlierKnowledge(event: TimelineEvent, other: TimelineEvent): TimelineEvent {
  const earlier = other.knownAt < event.knownAt;
  return earlier ? { ...event, knownAt: other.knownAt, knownBy: other.knownBy } : event;
}

/** Pairs observed events with listed ones, standing ones first; the listed one stands, the rest are their own. */
function meetObserved(listed: readonly TimelineEvent[], observed: readonly TimelineEvent[]): TimelineEvent[] {
  const standing = listed.filter((event) => event.goneAt === null);
  const gone = listed.filter((event) => event.goneAt !== null);
  const first = pairWith(standing, observed);
  const second = pairWith(gone, first.rest);
  return [...first.met, ...second.met, ...second.rest];
}

function pairWith(listed: readonly TimelineEvent[], observed: readonly TimelineEvent[]): { met: TimelineEvent[]; rest: TimelineEvent[] } {
  const met = [...listed];
  const rest: TimelineEvent[] = [];
  const partners = pairInOrder(
    observed.map((event) => event.at),
    listed.map((event) => event.at),
  );
  observed.forEach((event, index) => {
    const partner = partners[index] ?? null;
    const target = partner === null ? undefined : met[partner];
    if (partner === null || target === undefined) rest.push(event);
    else met[partner] = withEarlierKnowledge(target, event);
  });
  return { met, rest };
}
