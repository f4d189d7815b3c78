/**
 * Who reads, and so what may be read. Every reader takes one; the store filters by it. A viewer
 * that sees everything is made in the composition root and nowhere else.
 */
export type Viewer =
  | { readonly sees: 'everything' }
  | { readonly sees: 'repositories'; readonly repositoryIds: readonly string[] };

/** Whether the viewer may see a repository. */
export function maySee(viewer: Viewer, repositoryId: string): boolean {
  return viewer.sees === 'everything' || viewer.repositoryIds.includes(repositoryId);
}
