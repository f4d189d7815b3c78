import { createElement } from 'react';
import { NarrowsError } from '#src/core/errors.ts';
import { readQuery } from '#src/core/query.ts';
import { ORGANIZATION } from '#src/domain/scope.ts';
import { SettingsPage } from '../settings-page.tsx';
import { settingsView } from '../views/settings.ts';
import { sendPage } from './answer.ts';
import { frameFor, type PageRoute } from './page-route.ts';

/**
 * `/settings`: how is this installation set, and what does each rule match? For a viewer who sees everything alone:
 * rules and recipients name repositories and people of everybody.
 */
export const settingsRoute: PageRoute = {
  path: '/settings',
  parameters: [],
  async serve(request, response, viewer, context) {
    const { figures, clock, settings = null } = context;
    readQuery(request.url, this.parameters);
    if (settings === null || viewer.sees !== 'everything') throw new NarrowsError('not-found', 'There is nothing at /settings that you may see.');
    const [matches, installations, mails, heardAt, frame] = await Promise.all([
      figures.policyMatches(viewer),
      settings.installations(),
      settings.mails(),
      figures.heardAt(viewer),
      frameFor(viewer, context, { current: 'settings', zone: figures.zone(ORGANIZATION), bar: null }),
    ]);
    sendPage(response, createElement(SettingsPage, { view: settingsView({ frame, source: settings, matches, installations, mails, heardAt, nowAt: clock.now() }) }));
  },
};
