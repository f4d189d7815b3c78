import type { PageId, SampleView } from '../frame-view.ts';

/** What is the same on every page of an installation. */
export interface Site {
  readonly version: string;
  /** The organisation's login; null while none is connected. */
  readonly organization: string | null;
  /** What sample data is shown in place of an organisation's own; null when none is. */
  readonly sample: SampleView | null;
  /** `https://github.com`; null where pull requests are not to be found on GitHub. */
  readonly githubUrl: string | null;
  /** Pages of the navigation that do not exist here. */
  readonly without?: readonly PageId[];
  readonly stylesheetHref: string;
}
