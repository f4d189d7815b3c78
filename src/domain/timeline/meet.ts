import type { AccountDirectory } from '../account.ts';
import { distinction, type Sighting, type TargetRef } from './evidence.ts';
import type { TimelineEvent } from './event.ts';
import { pairInOrder } from './pairing.ts';
import type { SightingList } from './sighting-list.ts';
import { goneSince } from './standing.ts';

/** Events without an id of one kind and target: those some listing holds, and those only observed. */
interface Alike {
  readonly listed: TimelineEvent[];
  readonly observed: TimelineEvent[];
}

/**
 * The events that sightings amount to: those with an id stand for themselves; of the others two at one
 * second are one, and an observed one within 60 s of a listed one of its kind and target is that one.
 */
export function meetSightings({ sightings, listings, deletions }: SightingList, accounts: AccountDirectory): TimelineEvent[] {
  const events: TimelineEvent[] = [];
  const groups = new Map<string, Alike>();
  for (const sighting of sightings) {
    const event = toEvent(sighting, accounts, goneSince(sighting, listings, deletions.get(sighting) ?? null));
    if (event.id === null) groupOf(event, groups)[sighting.listed === null ? 'observed' : 'listed'].push(event);
    else events.push(event);
  }
  for (const { listed, observed } of groups.values()) {
    if (listed.length === 0) events.push(...onePerSecond(observed));
    else if (observed.length === 0) events.push(...onePerSecond(listed));
    else events.push(...meetObserved(onePerSecond(listed), onePerSecond(observed)));
  }
  return events;
}

function groupOf(event: TimelineEvent, groups: Map<string, Alike>): Alike {
  const key = `${event.kind}|${distinction(event)}`;
  const known = groups.get(key);
  if (known !== undefined) return known;
  const group = { listed: [], observed: [] };
  groups.set(key, group);
  return group;
}

function toEvent(sighting: Sighting, accounts: AccountDirectory, goneAt: number | null): TimelineEvent {
  const { kind, id, at, atFrom, knownAt, knownBy } = sighting;
  const actor = sighting.actor === null ? null : accounts.canonical(sighting.actor);
  return { kind, id, actor, at, atFrom, detail: eventDetail(sighting, accounts), knownAt, knownBy, goneAt };
}

function eventDetail({ detail, givenState }: Sighting, accounts: AccountDirectory): TimelineEvent['detail'] {
  const target = detail.target === undefined ? undefined : canonicalTarget(detail.target, accounts);
  const state = givenState ?? detail.state;
  if (target === detail.target && state === detail.state) return detail;
  return { ...detail, ...(target !== undefined && { target }), ...(state !== undefined && { state }) };
}

/** A target that names an account is compared by account. */
function canonicalTarget(target: TargetRef, accounts: AccountDirectory): TargetRef {
  return target.startsWith('@') ? accounts.canonical(target) : target;
}

/** In order of time, one a second: the standing one, else the one known first. */
function onePerSecond(events: readonly TimelineEvent[]): readonly TimelineEvent[] {
  if (events.length === 1) return events;
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
