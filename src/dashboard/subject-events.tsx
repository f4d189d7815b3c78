import type { ReactElement } from 'react';

import { dayText, timeText, type Reader } from '#src/wording/date-text.ts';
import { eventText } from '#src/wording/event-text.ts';

import type { EventView } from './subject-view.ts';
import { Foreign, Time } from './text.tsx';

/** The events of a subject in order, a group a day. */
export function SubjectEvents({ events, reader, labelledBy }: { readonly events: readonly EventView[]; readonly reader: Reader; readonly labelledBy: string }): ReactElement {
  return (
    <table className="events" aria-labelledby={labelledBy}>
      <thead>
        <tr>
          <th scope="col" colSpan={2}>
            When
          </th>
          <th scope="col">What</th>
          <th scope="col">Who</th>
          <th scope="col">Time from</th>
        </tr>
      </thead>
      {days(events, reader).map((day) => (
        <tbody key={`${day.name} ${String(day.events[0]?.at ?? 0)}`}>
          {day.events.map((event, index) => (
            <tr key={index}>
              {index === 0 && (
                <th scope="rowgroup" rowSpan={day.events.length} className="day">
                  {day.name}
                </th>
              )}
              <td className="time">
                <Time at={event.at}>{timeText(event.at, reader.zone)}</Time>
              </td>
              <td>{eventText(event)}</td>
              <td className="who">{event.actor !== null && <Foreign text={event.actor} instead="unknown" />}</td>
              <td className="from">{event.timeFrom}</td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}

interface Day {
  readonly name: string;
  readonly events: EventView[];
}

function days(events: readonly EventView[], reader: Reader): readonly Day[] {
  const groups: Day[] = [];
  for (const event of events) {
    const name = dayText(event.at, reader);
    const last = groups.at(-1);
    if (last?.name === name) last.events.push(event);
    else groups.push({ name, events: [event] });
  }
  return groups;
}
