import { loadCatalogue } from '#src/core/catalogue.ts';
import { isReportSection, type ReportSection } from './report-section.ts';

/** The report's sections by their names in the policy. */
export type Sections = ReadonlyMap<string, ReportSection>;

/** Reads the sections there are. */
export function loadSections(): Promise<Sections> {
  return loadCatalogue(new URL('./sections/', import.meta.url), isReportSection);
}

/** The sections that a recipient gets, in order: those chosen, else all by their places. A chosen one that does not exist is left out. */
export function chosenSections(sections: Sections, chosen: readonly string[] | null): readonly ReportSection[] {
  if (chosen !== null) return chosen.flatMap((name) => sections.get(name) ?? []);
  return [...sections.values()].sort((a, b) => a.place - b.place);
}
