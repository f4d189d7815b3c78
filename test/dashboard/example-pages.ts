import { createElement, type ReactElement } from 'react';

import { DataQualityPage } from '#src/dashboard/data-quality-page.tsx';
import { BadRequestPage, ErrorPage, MissingPage } from '#src/dashboard/error-page.tsx';
import { FlowPage } from '#src/dashboard/flow-page.tsx';
import { ReviewsPage } from '#src/dashboard/reviews-page.tsx';
import { SettingsPage } from '#src/dashboard/settings-page.tsx';
import { StaysPage } from '#src/dashboard/stays-page.tsx';
import { SubjectPage } from '#src/dashboard/subject-page.tsx';
import { WaitsPage } from '#src/dashboard/waits-page.tsx';

import { aDataQualityView, anEmptyDataQualityView, hostileDataQualityView } from './example-data-quality.ts';
import { aSettingsView, anEmptySettingsView, hostileSettingsView } from './example-settings.ts';
import { aStaysView, aWaitsView, hostileStaysView, hostileWaitsView } from './example-explanations.ts';
import { aFrame } from './example-frame.ts';
import { anOpenSubjectView, aSubjectView } from './example-subject.ts';
import { aFirstFlowView, aFirstReviewsView, aFlowView, aQuietReviewsView, aReviewsView } from './examples.ts';
import { hostileFlowView, hostileReviewsView, hostileSubjectView } from './hostile-views.ts';

const COLLECTING = { repositoriesDone: 3, repositories: 41, backToAt: Date.parse('2025-08-12T00:00:00Z'), refreshHref: '/' };

/** Every page of the examples, by a name that is its path in the tests. */
export const EXAMPLE_PAGES: Readonly<Record<string, () => ReactElement>> = {
  flow: () => createElement(FlowPage, { view: aFlowView() }),
  'flow-first': () => createElement(FlowPage, { view: aFirstFlowView() }),
  'flow-two-bottlenecks': () => createElement(FlowPage, { view: aFlowView({ bottleneck: ['awaiting_first_response', 'awaiting_review'] }) }),
  'flow-empty': () => createElement(FlowPage, { view: aFlowView({ phases: [], bottleneck: [], flow: null }) }),
  'flow-collecting': () => createElement(FlowPage, { view: aFirstFlowView({ frame: aFrame({ collecting: COLLECTING, staleSinceAt: Date.parse('2025-11-24T03:00:00Z') }) }) }),
  'flow-hostile': () => createElement(FlowPage, { view: hostileFlowView() }),
  reviews: () => createElement(ReviewsPage, { view: aReviewsView() }),
  'reviews-first': () => createElement(ReviewsPage, { view: aFirstReviewsView() }),
  'reviews-quiet': () => createElement(ReviewsPage, { view: aQuietReviewsView() }),
  'reviews-empty': () => createElement(ReviewsPage, { view: aReviewsView({ waits: [] }) }),
  'reviews-hostile': () => createElement(ReviewsPage, { view: hostileReviewsView() }),
  subject: () => createElement(SubjectPage, { view: aSubjectView() }),
  'subject-open': () => createElement(SubjectPage, { view: anOpenSubjectView() }),
  'subject-hostile': () => createElement(SubjectPage, { view: hostileSubjectView() }),
  waits: () => createElement(WaitsPage, { view: aWaitsView() }),
  'waits-none': () => createElement(WaitsPage, { view: aWaitsView({ waits: [], explanation: null, nextHref: null }) }),
  'waits-hostile': () => createElement(WaitsPage, { view: hostileWaitsView() }),
  stays: () => createElement(StaysPage, { view: aStaysView() }),
  'stays-none': () => createElement(StaysPage, { view: aStaysView({ stock: 'bots', stays: [], standing: { value: 0, interval: null }, share: null, nextHref: null }) }),
  'stays-hostile': () => createElement(StaysPage, { view: hostileStaysView() }),
  'data-quality': () => createElement(DataQualityPage, { view: aDataQualityView() }),
  'data-quality-empty': () => createElement(DataQualityPage, { view: anEmptyDataQualityView() }),
  'data-quality-hostile': () => createElement(DataQualityPage, { view: hostileDataQualityView() }),
  settings: () => createElement(SettingsPage, { view: aSettingsView() }),
  'settings-empty': () => createElement(SettingsPage, { view: anEmptySettingsView() }),
  'settings-hostile': () => createElement(SettingsPage, { view: hostileSettingsView() }),
  error: () => createElement(ErrorPage, { frame: aFrame({ current: null, bar: null }), reference: '4f2a' }),
  missing: () => createElement(MissingPage, { frame: aFrame({ current: null, bar: null }) }),
  'bad-request': () => createElement(BadRequestPage, { frame: aFrame({ current: null, bar: null }), message: 'weeks is 7, and 4, 12, 26 or 52 are known.' }),
};
