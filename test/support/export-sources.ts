import { DEFAULT_POLICY, type Policy } from '#src/config/policy.ts';
import type { Store } from '#src/domain/store.ts';
import type { ExportSources } from '#src/exports/rendering/dataset.ts';
import { subjectsAsOf } from '#src/figures/waits-as-of.ts';

/** Where exports of a store read, as the composition root puts it together. */
export function exportSources(store: Store, policy: Policy = DEFAULT_POLICY): ExportSources {
  const { reader, waitReader, waitWriter } = store;
  return {
    reader,
    waitReader,
    async *subjectsAsOf(viewer, at) {
      yield* subjectsAsOf({ reader, teamFacts: await waitWriter.teamFacts(), policy }, viewer, at);
    },
  };
}
