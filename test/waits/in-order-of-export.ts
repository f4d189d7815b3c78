import { compareText } from '#src/core/text.ts';
import type { Wait } from '#src/domain/wait.ts';

/** Waits of one pull request in the order of the export: by stage, whom they wait on, round. */
export function inOrderOfExport(waits: readonly Wait[]): Wait[] {
  return [...waits].sort((a, b) => compareText(a.stage, b.stage) || compareText(a.waitsOn ?? '', b.waitsOn ?? '') || a.round - b.round);
}
