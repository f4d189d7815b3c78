/** What says where a page's connection goes on. */
interface Page {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/**
 * Asks for page after page, each with the cursor of the one before, to the last one. A page that says there is more but
 * not where is the last one too: its `hasNextPage` tells. Null, where there is nothing to be paged, ends it as well.
 */
export async function everyPage<P extends Page>(ask: (after: string | null) => Promise<P | null>): Promise<readonly P[]> {
  const pages: P[] = [];
  let after: string | null = null;
  for (;;) {
    const page: P | null = await ask(after);
    if (page === null) return pages;
    pages.push(page);
    const { hasNextPage, endCursor }: Page['pageInfo'] = page.pageInfo;
    if (!hasNextPage || endCursor === null || endCursor === after) return pages;
    after = endCursor;
  }
}
