import { createElement } from 'react';
import { formatInstant } from '#src/core/instant.ts';
import { NarrowsError } from '#src/core/errors.ts';
import { readQuery } from '#src/core/query.ts';
import type { SubjectFigure } from '#src/domain/figures.ts';
import type { CsvCell } from '#src/core/csv.ts';
import { SubjectPage } from '../subject-page.tsx';
import { standingEvents, subjectView, targetOf } from '../views/subject.ts';
import { askedFormat, sendCsv, sendPage } from './answer.ts';
import { frameFor, type PageRoute } from './page-route.ts';

const EVENT_COLUMNS = ['repository', 'number', 'event', 'event_id', 'actor', 'at', 'at_from', 'state', 'target', 'sha'];

/** `/pull-requests/OWNER/NAME/NUMBER`: what happened to this one? */
export const pullRequestRoute: PageRoute = {
  path: '/pull-requests/:owner/:name/:number',
  parameters: ['format'],
  async serve(request, response, viewer, context) {
    const { figures, policy, site } = context;
    const format = askedFormat(readQuery(request.url, this.parameters));
    const { owner, name, number } = request.params;
    const subject = /^[1-9]\d{0,14}$/.test(String(number)) ? await figures.subject(viewer, `${String(owner)}/${String(name)}`, Number(number)) : null;
    if (subject === null) throw new NarrowsError('not-found', 'There is no such pull request that you may see.');
    if (format === 'csv') {
      sendCsv(response, 'events', EVENT_COLUMNS, eventRows(subject, policy.names));
      return;
    }
    const frame = await frameFor(viewer, context, { current: null, zone: figures.zone({ kind: 'repository', fullName: subject.repository.fullName }), bar: null });
    sendPage(response, createElement(SubjectPage, { view: subjectView({ frame, site, subject }) }));
  },
};

function eventRows({ repository, pullRequest, names }: SubjectFigure, withPersons: boolean): CsvCell[][] {
  return standingEvents(pullRequest).map((event) => {
    const { detail, actor } = event;
    const isTeam = detail.target?.startsWith('%') === true;
    const isPerson = detail.target !== undefined && names.has(detail.target);
    return [
      repository.fullName,
      pullRequest.number,
      event.kind,
      event.id,
      withPersons && actor !== null ? (names.get(actor)?.login ?? null) : null,
      formatInstant(event.at),
      event.atFrom,
      detail.state ?? null,
      isTeam || (isPerson && withPersons) ? targetOf(event, names) : null,
      detail.sha ?? null,
    ];
  });
}
