import type { ReactElement } from 'react';
import type { ReportFacts } from './report-facts.ts';

/** A picture of a report, without text in it and without a ground of its own. */
export interface ReportPicture {
  /** Its name in the report: `river`. */
  readonly id: string;
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** Where a picture is found: `cid:…` in a mail, data in a page. */
export type PictureSource = (picture: ReportPicture) => string;

/** A section with its words, once as HTML and once as plain text. */
export interface WrittenSection {
  readonly pictures: readonly ReportPicture[];
  readonly html: (source: PictureSource) => ReactElement;
  /** A paragraph a line; an empty one separates. */
  readonly text: readonly string[];
}

/** A section of the report: one file under `reports/sections/`, whose name is what the policy calls it. */
export interface ReportSection {
  /** Sections stand in the order of their places, unless the recipient has chosen another. */
  readonly place: number;
  /** Null where there is nothing to say: then the section is left out. */
  write(facts: ReportFacts): WrittenSection | null;
}

/** Whether a module's default export is a section. */
export function isReportSection(entry: unknown): entry is ReportSection {
  return typeof entry === 'object' && entry !== null && 'place' in entry && 'write' in entry && typeof entry.write === 'function';
}
